package org.anymod.core.model;

import ai.djl.Device;
import java.util.List;
import java.util.Optional;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.torch.Precision;
import org.anymod.torch.StreamRandom;

/** Models and batches that are small but have every part. */
final class TinyModels {
  /** One modality of each kind, and one of global codes. Vocabularies differ. */
  static final List<ModelModality> MODALITIES =
      List.of(
          new ModelModality(
              Declaration.inputAndOutput(
                  "codes", new Kind.TokenGrid(2, 2, 23, Kind.Positions.LEARNED)),
              23),
          new ModelModality(
              Declaration.inputAndOutput(
                  "grid", new Kind.TokenGrid(4, 4, 50, Kind.Positions.SINE_COSINE)),
              50),
          new ModelModality(
              Declaration.inputAndOutput("path", new Kind.TokenSequence(30, 12, 12)), 40),
          new ModelModality(Declaration.inputOnly("pixels", new Kind.PixelPatches(3, 8, 8, 2)), 0),
          new ModelModality(Declaration.inputAndOutput("text", new Kind.TextSequence(12, 12)), 300),
          new ModelModality(Declaration.inputOnly("vectors", new Kind.EmbeddingSequence(5, 6)), 0));

  static final int CODES = 0;
  static final int GRID = 1;
  static final int PATH = 2;
  static final int PIXELS = 3;
  static final int TEXT = 4;
  static final int VECTORS = 5;

  private TinyModels() {}

  static ModelRecipe plain() {
    return new ModelRecipe(16, 2, 2, 2, 4, true, false, false, true, "published");
  }

  static ModelRecipe recipe(
      Optional<Boolean> qkv,
      Optional<Boolean> proj,
      Optional<Boolean> mlp,
      Optional<Boolean> norm) {
    return new ModelRecipe(
        Optional.empty(),
        16,
        2,
        2,
        2,
        4,
        true,
        "auto",
        false,
        true,
        qkv,
        proj,
        mlp,
        norm,
        true,
        true,
        false,
        0,
        0,
        0,
        false,
        false,
        true,
        "published");
  }

  /** Everything that is off in the default. */
  static ModelRecipe everything() {
    return withDropPath(0.4);
  }

  static ModelRecipe withDropPath(double rate) {
    return new ModelRecipe(
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
        true,
        false,
        true,
        2,
        rate,
        rate,
        true,
        false,
        true,
        "published");
  }

  static ModelRecipe withDecoder(boolean causal, boolean separate) {
    return new ModelRecipe(
        Optional.empty(),
        16,
        1,
        2,
        2,
        4,
        true,
        "auto",
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        false,
        true,
        false,
        0,
        0,
        0,
        false,
        causal,
        separate,
        "published");
  }

  static AnyToAnyModel model(ModelRecipe recipe, Precision precision) {
    return new AnyToAnyModel(recipe, MODALITIES, 5, Device.cpu(), precision);
  }

  /** Samples with tokens of all modalities, one of them with a single visible token. */
  static Batch batch(long seed) {
    Batch batch = new Batch(MODALITIES, 3, 24, 24);
    StreamRandom random = StreamRandom.at(seed, "tiny batch");
    for (int sample = 0; sample < 3; sample++) {
      batch.nextSample();
      int[] grid = ids(random, 16, 50);
      int[] path = ids(random, 6, 40);
      int[] text = ids(random, 7, 300);
      int[] codes = ids(random, 4, 23);
      if (sample < 2) {
        batch.showGrid(CODES, codes, new int[] {1, 3});
        batch.showGrid(GRID, grid, new int[] {0, 2, 5});
        batch.showSequence(PATH, path);
        batch.showPixels(PIXELS, floats(random, 3 * 8 * 8), new int[] {0, 7, 9});
        batch.showVectors(VECTORS, floats(random, 20), new int[] {0, -1, 2});
        batch.predictGrid(CODES, codes, new int[] {0, 2});
        batch.predictSequence(PATH, path);
        batch.predictGrid(GRID, grid, new int[] {1, 3, 4, 12});
      }
      batch.showSequence(TEXT, sample == 2 ? new int[] {7} : text);
      batch.predictSequence(TEXT, text);
    }
    return batch;
  }

  private static int[] ids(StreamRandom random, int count, int vocabulary) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = random.nextInt(vocabulary);
    }
    return ids;
  }

  private static float[] floats(StreamRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
