package com.example.sound;

import java.util.List;
import java.util.Map;
import org.anymod.sdk.test.ModalityContractTest;
import org.anymod.sdk.test.Samples;
import org.anymod.sdk.test.TokenizerContractTest;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.junit.jupiter.api.Nested;

class SoundModalityTest {
  private static final ValueSpec.RasterSpec SPEC = new ValueSpec.RasterSpec(1, 0, 1);

  static Modality sound() {
    return new SoundModality(new SoundConfig(List.of(0, 1)));
  }

  @Nested
  class AsModality extends ModalityContractTest {
    @Override
    protected Modality modality() {
      return sound();
    }

    @Override
    protected List<Value> samples() {
      return Samples.rasters(SPEC, Spectrum.BANDS, 8, 3, 1);
    }

    /** Sixteen bits and changes within a window cost that much of a level. */
    @Override
    protected double fileLoss() {
      return 0.05;
    }

    /** Rows are pitches, not places of the picture. */
    @Override
    protected boolean pixelAligned() {
      return false;
    }

    @Override
    protected Map<String, Value> labelerInputs() {
      return Map.of(
          "semseg", Samples.classMaps(6, 32, 1, 2).get(0),
          "depth", Samples.rasters(SPEC, 32, 16, 1, 2).get(0));
    }
  }

  @Nested
  class AsTokens extends TokenizerContractTest {
    @Override
    protected Modality modality() {
      return sound();
    }

    @Override
    protected List<Value> samples() {
      return Samples.rasters(SPEC, Spectrum.BANDS, 8, 3, 1);
    }

    @Override
    protected Map<String, Object> settings() {
      return Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 8);
    }
  }
}
