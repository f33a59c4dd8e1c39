package org.anymod.core.sampling;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import org.anymod.core.benchmark.FixedTokens;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.ModelModality;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.torch.Precision;
import org.anymod.torch.StreamRandom;

/** A small model with one modality of each kind, and rows for it. */
final class TinySampling {
  static final SpecialTokens TEXT = new FixedTokens(20);
  static final int CODES = 0;
  static final int GRID = 1;
  static final int NOTES = 2;
  static final int PATH = 3;
  static final int PIXELS = 4;
  static final int SECOND = 5;
  static final int VECTORS = 6;
  static final int WORDS = 7;

  private static final List<ModelModality> MODALITIES =
      List.of(
          grid("codes", new Kind.TokenGrid(2, 2, 23, Kind.Positions.LEARNED)),
          grid("grid", new Kind.TokenGrid(4, 4, 50, Kind.Positions.SINE_COSINE)),
          new ModelModality(Declaration.inputAndOutput("notes", new Kind.TextSequence(9, 9)), 60),
          new ModelModality(
              Declaration.inputAndOutput("path", new Kind.TokenSequence(30, 12, 12)), 54),
          new ModelModality(Declaration.inputOnly("pixels", new Kind.PixelPatches(3, 8, 8, 2)), 0),
          grid("second", new Kind.TokenGrid(3, 3, 40, Kind.Positions.SINE_COSINE)),
          new ModelModality(Declaration.inputOnly("vectors", new Kind.EmbeddingSequence(5, 6)), 0),
          new ModelModality(
              Declaration.inputAndOutput("words", new Kind.TextSequence(12, 12)), 60));

  private TinySampling() {}

  private static ModelModality grid(String key, Kind.TokenGrid kind) {
    return new ModelModality(Declaration.inputAndOutput(key, kind), kind.vocabulary());
  }

  static AnyToAnyModel plain() {
    ModelRecipe recipe = new ModelRecipe(16, 2, 2, 2, 4, true, false, false, true, "published");
    return new AnyToAnyModel(recipe, MODALITIES, 5, Device.cpu(), Precision.FLOAT32);
  }

  /** With registers, biases, normalised queries and keys, and heads of its own. */
  static AnyToAnyModel everything(Precision precision) {
    ModelRecipe recipe =
        new ModelRecipe(
            Optional.empty(),
            16,
            3,
            3,
            2,
            4,
            true,
            "gelu",
            true,
            true,
            Optional.empty(),
            Optional.of(false),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            true,
            2,
            0.4,
            0.4,
            true,
            false,
            true,
            "published");
    return new AnyToAnyModel(recipe, MODALITIES, 5, Device.cpu(), precision);
  }

  /** A row with a picture, words of a length of its own, and part of a grid. */
  static Row row(int number) {
    StreamRandom random = StreamRandom.at(number, "tiny row");
    Row row = new Row(MODALITIES.size());
    float[] pixels = new float[3 * 8 * 8];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble();
    }
    boolean[] patches = Places.allOf(16);
    patches[number % 16] = false;
    row.set(PIXELS, new Known.Pixels(pixels, patches));
    int[] words = random.ints(2 + 2 * number, 24, 60).toArray();
    row.set(WORDS, new Known.Sequence(words));
    int[] tokens = random.ints(16, 0, 50).toArray();
    boolean[] visible = new boolean[16];
    for (int i = 0; i < 3 * number; i++) {
      visible[i] = true;
    }
    row.set(GRID, new Known.Grid(tokens, visible));
    return row;
  }

  static SamplingRecipe maskgit(int steps) {
    return new SamplingRecipe("maskgit", steps, "cosine", 1.0, "linear", 0, 0.9, 1.0);
  }

  static SamplingRecipe roar(int steps) {
    return new SamplingRecipe("roar", steps, "linear", 1.0, "constant", 0.5, 0, 1.0);
  }

  static SamplingRecipe together(SamplingRecipe base) {
    return new SamplingRecipe(
        base.scheme(),
        base.steps(),
        base.schedule(),
        base.temperature(),
        base.temperatureSchedule(),
        base.topK(),
        base.topP(),
        base.guidance(),
        base.confidenceNoise(),
        base.maxTokens(),
        true);
  }
}
