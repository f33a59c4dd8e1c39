package org.anymod.core.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.masking.Content;
import org.anymod.core.masking.Masked;
import org.anymod.core.masking.MaskedSample;
import org.anymod.core.masking.Masker;
import org.anymod.core.model.Batch;
import org.anymod.core.model.ModelModality;
import org.anymod.spi.Kind;
import org.anymod.torch.StreamRandom;

/**
 * Makes the batch of a step: which samples, which crops and what is hidden are functions of the
 * seed and the position in the stream. Safe for use by several threads.
 */
final class BatchMaker {
  private final TokenDataset data;
  private final List<ModelModality> modalities;
  private final Masker masker;
  private final int size;
  private final int inputBudget;
  private final int targetBudget;
  private final long seed;
  private long orderEpoch = -1;
  private int[] order;

  BatchMaker(
      TokenDataset data,
      List<ModelModality> modalities,
      Masker masker,
      int size,
      int inputBudget,
      int targetBudget,
      long seed) {
    this.data = data;
    this.modalities = modalities;
    this.masker = masker;
    this.size = size;
    this.inputBudget = inputBudget;
    this.targetBudget = targetBudget;
    this.seed = seed;
  }

  Batch at(long step) throws IOException {
    Batch batch = new Batch(modalities, size, inputBudget, targetBudget);
    for (int i = 0; i < size; i++) {
      add(batch, step * size + i);
    }
    return batch;
  }

  /** Names of the samples of a step, in the order of the batch. */
  List<String> names(long step) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long position = step * size + i;
      names.add(data.name(order(position / data.size())[(int) (position % data.size())]));
    }
    return names;
  }

  private void add(Batch batch, long position) throws IOException {
    int sample = order(position / data.size())[(int) (position % data.size())];
    StreamRandom random = StreamRandom.at(seed, "sample", position);
    int crop = data.crops() == 1 ? 0 : random.nextInt(data.crops());
    List<TokenDataset.Content> contents = data.read(sample, crop, random);
    Content[] shapes = new Content[contents.size()];
    for (int m = 0; m < shapes.length; m++) {
      shapes[m] = shape(modalities.get(m), contents.get(m));
    }
    MaskedSample masked = masker.mask(shapes, random);
    batch.nextSample();
    for (int m = 0; m < shapes.length; m++) {
      Masked part = masked.modalities().get(m);
      if (part != null) {
        show(batch, m, contents.get(m), part);
      }
    }
  }

  private static Content shape(ModelModality modality, TokenDataset.Content content) {
    if (content.chunks() != null) {
      return new Content.Sequence(content.chunks());
    }
    if (modality.kind() instanceof Kind.EmbeddingSequence vectors) {
      return new Content.Vectors(content.vectors().length / vectors.dim());
    }
    return new Content.Grid();
  }

  private static void show(Batch batch, int m, TokenDataset.Content content, Masked masked) {
    if (masked instanceof Masked.Sequence sequence) {
      batch.showSequence(m, sequence.input());
      batch.predictSequence(m, sequence.target());
    } else if (masked instanceof Masked.Vectors vectors) {
      batch.showVectors(m, content.vectors(), vectors.rows());
    } else if (masked instanceof Masked.Grid grid) {
      if (content.tokens() == null) {
        batch.showPixels(m, content.vectors(), grid.visible());
      } else {
        batch.showGrid(m, content.tokens(), grid.visible());
        batch.predictGrid(m, content.tokens(), grid.target());
      }
    }
  }

  private synchronized int[] order(long epoch) {
    if (orderEpoch != epoch) {
      order = StreamRandom.at(seed, "order", epoch).permutation(data.size());
      orderEpoch = epoch;
    }
    return order;
  }
}
