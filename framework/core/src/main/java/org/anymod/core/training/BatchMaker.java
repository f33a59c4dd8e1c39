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
import org.anymod.core.values.OrderedPrefetch;
import org.anymod.spi.Kind;

/**
 * Makes the batch of a step: which samples, which crops and what is hidden are functions of the
 * seed and the position in the stream, and a rank reads its own part of each. Safe for use by
 * several threads.
 */
final class BatchMaker {
  private final SampleStream samples;
  private final List<ModelModality> modalities;
  private final Masker masker;
  private final int size;
  private final int first;
  private final int count;
  private final int inputBudget;
  private final int targetBudget;
  private final int workers;

  BatchMaker(
      TokenDataset data,
      List<ModelModality> modalities,
      Masker masker,
      int size,
      int inputBudget,
      int targetBudget,
      long seed,
      StreamPart part) {
    this.samples = data.stream(seed);
    this.modalities = modalities;
    this.masker = masker;
    this.size = size;
    this.first = part.first(size);
    this.count = part.count(size, "training.batch");
    this.inputBudget = inputBudget;
    this.targetBudget = targetBudget;
    this.workers = data.settings().workers();
  }

  /** Makes the batches of steps ahead of their use; the same for any number of threads. */
  OrderedPrefetch<Batch> ahead(long start, long end, int least) {
    return new OrderedPrefetch<>(this::at, start, end, workers, Math.max(least, 2 * workers));
  }

  Batch at(long step) throws IOException {
    Batch batch = new Batch(modalities, count, inputBudget, targetBudget);
    for (int i = 0; i < count; i++) {
      add(batch, step * size + first + i);
    }
    return batch;
  }

  /** Names of the samples of a step, those of all ranks, in the order of the batch. */
  List<String> names(long step) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      names.add(samples.name(step * size + i));
    }
    return names;
  }

  private void add(Batch batch, long position) throws IOException {
    SampleStream.Drawn drawn = samples.at(position);
    List<TokenDataset.Content> contents = drawn.contents();
    Content[] shapes = new Content[contents.size()];
    for (int m = 0; m < shapes.length; m++) {
      shapes[m] = contents.get(m) == null ? null : shape(modalities.get(m), contents.get(m));
    }
    MaskedSample masked = masker.mask(shapes, drawn.source(), drawn.random());
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
}
