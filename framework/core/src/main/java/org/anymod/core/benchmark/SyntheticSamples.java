package org.anymod.core.benchmark;

import java.util.List;
import org.anymod.core.masking.Content;
import org.anymod.core.masking.Masked;
import org.anymod.core.masking.MaskedSample;
import org.anymod.core.masking.Masker;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.model.Batch;
import org.anymod.core.model.ModelModality;
import org.anymod.spi.Kind;
import org.anymod.torch.StreamRandom;

/**
 * Samples of random numbers that have something of every modality: whole grids and pictures,
 * sequences of half their longest length. A sample is a function of the seed and its number.
 */
final class SyntheticSamples {
  private final List<ModelModality> modalities;
  private final FixedTokens special;
  private final long seed;

  SyntheticSamples(List<ModelModality> modalities, FixedTokens special, long seed) {
    this.modalities = modalities;
    this.special = special;
    this.seed = seed;
  }

  /** What masking needs to know of a sample. */
  Content[] contents(long number) {
    StreamRandom random = StreamRandom.at(seed, "synthetic contents", number);
    Content[] contents = new Content[modalities.size()];
    for (int m = 0; m < contents.length; m++) {
      contents[m] = content(modalities.get(m), random);
    }
    return contents;
  }

  private Content content(ModelModality modality, StreamRandom random) {
    Kind kind = modality.kind();
    int half = Math.max(1, kind.maxTokens() / 2);
    if (kind instanceof Kind.EmbeddingSequence) {
      return new Content.Vectors(half);
    } else if (kind instanceof Kind.TextSequence || kind instanceof Kind.TokenSequence) {
      int[] ids = new int[half];
      for (int i = 0; i < half; i++) {
        ids[i] = special.first() + random.nextInt(modality.vocabulary() - special.first());
      }
      return new Content.Sequence(List.of(ids));
    }
    return new Content.Grid();
  }

  /** A batch as training makes it: masked, selected, not yet embedded. */
  Batch batch(long number, int size, MaskingPlan plan) {
    Masker masker = new Masker(plan, special);
    Batch batch = new Batch(modalities, size, plan.maxInput(), plan.maxTarget());
    for (int i = 0; i < size; i++) {
      long sample = number * size + i;
      StreamRandom random = StreamRandom.at(seed, "synthetic sample", sample);
      MaskedSample masked = masker.mask(contents(sample), random);
      batch.nextSample();
      for (int m = 0; m < modalities.size(); m++) {
        show(batch, m, masked.modalities().get(m), random);
      }
    }
    return batch;
  }

  private void show(Batch batch, int m, Masked masked, StreamRandom random) {
    Kind kind = modalities.get(m).kind();
    if (masked instanceof Masked.Sequence sequence) {
      batch.showSequence(m, sequence.input());
      batch.predictSequence(m, sequence.target());
    } else if (masked instanceof Masked.Vectors vectors) {
      int width = ((Kind.EmbeddingSequence) kind).dim();
      batch.showVectors(m, floats(kind.maxTokens() * width, random), vectors.rows());
    } else if (masked instanceof Masked.Grid grid) {
      if (kind instanceof Kind.PixelPatches pixels) {
        int size = pixels.channels() * pixels.height() * pixels.width();
        batch.showPixels(m, floats(size, random), grid.visible());
      } else {
        int[] tokens = tokens((Kind.TokenGrid) kind, random);
        batch.showGrid(m, tokens, grid.visible());
        batch.predictGrid(m, tokens, grid.target());
      }
    }
  }

  private static float[] floats(int count, StreamRandom random) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }

  private static int[] tokens(Kind.TokenGrid grid, StreamRandom random) {
    int[] tokens = new int[grid.maxTokens()];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] = random.nextInt(grid.vocabulary());
    }
    return tokens;
  }
}
