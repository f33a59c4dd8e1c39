package org.anymod.sdk.test;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.anymod.media.text.TextChoice;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.networks.loss.StandardLoss;
import org.anymod.plugins.caption.CaptionConfig;
import org.anymod.plugins.caption.CaptionModality;
import org.anymod.plugins.clip.ClipConfig;
import org.anymod.plugins.clip.ClipModality;
import org.anymod.plugins.colorpalette.ColorPaletteModality;
import org.anymod.plugins.depth.DepthConfig;
import org.anymod.plugins.depth.DepthModality;
import org.anymod.plugins.rgb.RgbModality;
import org.anymod.plugins.semseg.SemsegConfig;
import org.anymod.plugins.semseg.SemsegModality;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.junit.jupiter.api.Nested;

/** Good modalities, shipped ones among them, pass. */
class ContractsHoldTest {
  private static final TorchScriptSettings NONE = TorchScriptSettings.none();

  @Nested
  class OfGoodTexts extends TextCase {}

  @Nested
  class OfGoodGrids extends GridCase {}

  @Nested
  class OfGoodTokens extends TokensCase {}

  @Nested
  class OfDepth extends ModalityContractTest {
    @Override
    protected Modality modality() {
      return new DepthModality(new DepthConfig(NONE));
    }

    @Override
    protected List<Value> samples() {
      return Samples.rasters(new ValueSpec.RasterSpec(1, 0, 1), 20, 16, 2, 3);
    }
  }

  @Nested
  class OfPixels extends ModalityContractTest {
    @Override
    protected Modality modality() {
      return new RgbModality();
    }

    @Override
    protected List<Value> samples() {
      return Samples.rasters(new ValueSpec.RasterSpec(3, 0, 1), 20, 8, 2, 3);
    }
  }

  @Nested
  class OfClassMaps extends ModalityContractTest {
    @Override
    protected Modality modality() {
      return new SemsegModality(
          new SemsegConfig(List.of("a", "b", "c"), OptionalInt.empty(), NONE));
    }

    @Override
    protected List<Value> samples() {
      return Samples.classMaps(3, 20, 2, 3);
    }
  }

  @Nested
  class OfClassTokens extends TokenizerContractTest {
    @Override
    protected Modality modality() {
      return new SemsegModality(
          new SemsegConfig(List.of("a", "b", "c"), OptionalInt.empty(), NONE));
    }

    @Override
    protected List<Value> samples() {
      return Samples.classMaps(3, 16, 2, 3);
    }

    @Override
    protected int resolution() {
      return 16;
    }

    @Override
    protected Map<String, Object> settings() {
      return Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 8, "class_width", 4);
    }
  }

  @Nested
  class OfFeatures extends ModalityContractTest {
    @Override
    protected Modality modality() {
      return new ClipModality(new ClipConfig(4, NONE));
    }

    @Override
    protected List<Value> samples() {
      return Samples.rasters(new ValueSpec.RasterSpec(4, -2, 2), 8, 16, 2, 3);
    }

    @Override
    protected boolean pixelAligned() {
      return false;
    }
  }

  @Nested
  class OfCaptions extends ModalityContractTest {
    @Override
    protected Modality modality() {
      return new CaptionModality(
          new CaptionConfig(List.of(), OptionalInt.empty(), "{classes}", 0, TextChoice.FIRST));
    }

    @Override
    protected List<Value> samples() {
      return Samples.texts(3, 3);
    }
  }

  @Nested
  class OfPalettes extends ModalityContractTest {
    @Override
    protected Modality modality() {
      return new ColorPaletteModality();
    }

    @Override
    protected List<Value> samples() {
      return List.of(palette(10, 200, 30), palette(90, 5, 255));
    }

    private static Value palette(int r, int g, int b) {
      return new Value.Structured(List.of(Map.of("1", List.of(List.of(r, g, b)))));
    }
  }

  @Nested
  class OfCrossEntropy extends LossContractTest {
    @Override
    protected Loss loss() {
      return named("cross_entropy");
    }

    @Override
    protected LossInput input() {
      return LossInput.classes(5, 6, 4);
    }
  }

  @Nested
  class OfAbsoluteDifference extends LossContractTest {
    @Override
    protected Loss loss() {
      return named("l1");
    }

    @Override
    protected LossInput input() {
      return LossInput.numbers(5, 2, 3, 4, 4);
    }
  }

  static Loss named(String name) {
    return StandardLoss.all().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }
}
