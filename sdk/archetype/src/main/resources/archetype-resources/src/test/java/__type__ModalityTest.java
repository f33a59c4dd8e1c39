package ${package};

import java.util.List;
#if($kind == "grid")
import java.util.Map;
#end
import org.anymod.sdk.test.ModalityContractTest;
import org.anymod.sdk.test.Samples;
#if($kind == "grid" || $kind == "sequence")
import org.anymod.sdk.test.TokenizerContractTest;
#end
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
#if($kind != "text")
import org.anymod.spi.ValueSpec;
#end
import org.junit.jupiter.api.Nested;

class ${type}ModalityTest {

  /** Values to try everything on; put some of your own here. */
  private static List<Value> values() {
#if($kind == "text")
    return Samples.texts(4, 1);
#elseif($kind == "grid")
    return Samples.rasters(new ValueSpec.RasterSpec(1, 0, 1), 32, 16, 3, 1);
#elseif($kind == "pixels")
    return Samples.rasters(new ValueSpec.RasterSpec(3, 0, 1), 32, 8, 3, 1);
#elseif($kind == "embedding")
    return Samples.vectors(new ValueSpec.VectorsSpec(32, 4, -1, 1), 3, 1);
#else
    return Samples.vectors(new ValueSpec.VectorsSpec(1, 32, 0, 1), 3, 1);
#end
  }

  @Nested
  class AsModality extends ModalityContractTest {
    @Override
    protected Modality modality() {
      return new ${type}Modality();
    }

    @Override
    protected List<Value> samples() {
      return values();
    }
  }
#if($kind == "grid" || $kind == "sequence")

  @Nested
  class AsTokens extends TokenizerContractTest {
    @Override
    protected Modality modality() {
      return new ${type}Modality();
    }

    @Override
    protected List<Value> samples() {
      return values();
    }
#if($kind == "grid")

    /** A network small enough for a test. */
    @Override
    protected Map<String, Object> settings() {
      return Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 8);
    }
#end
  }
#end
}
