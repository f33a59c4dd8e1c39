package org.anymod.core.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anymod.spi.Kind;

/**
 * Visible tokens and targets of several samples, selected before anything is embedded: the cost of
 * a step follows the token budget, not the number of modalities. Plain arrays, no tensors; built by
 * one thread, then read only.
 *
 * <p>Slots of sample {@code b} are {@code b * budget} to {@code (b + 1) * budget - 1}; tokens come
 * modality by modality in model order, and what is over the budget is dropped from the end (and
 * counted).
 */
public final class Batch {
  private final List<ModelModality> modalities;
  private final BatchSide inputs;
  private final BatchSide targets;
  private final TargetAttention attention;
  private int samples;

  /**
   * Creates an empty batch.
   *
   * @param modalities modalities in model order
   * @param capacity most samples it will hold
   * @param inputBudget most visible tokens a sample
   * @param targetBudget most targets a sample
   */
  public Batch(List<ModelModality> modalities, int capacity, int inputBudget, int targetBudget) {
    this.modalities = modalities;
    this.inputs = new BatchSide(modalities.size(), capacity, inputBudget);
    this.targets = new BatchSide(modalities.size(), capacity, targetBudget);
    this.attention = new TargetAttention(capacity, targetBudget);
  }

  /** Starts the next sample. */
  public void nextSample() {
    samples++;
  }

  /**
   * Shows tokens of a grid.
   *
   * @param modality index of the modality
   * @param tokens all tokens of the grid
   * @param visible places to show, in row-major order
   */
  public void showGrid(int modality, int[] tokens, int[] visible) {
    BatchPart part = inputs.part(modality);
    for (int place : visible) {
      int slot = inputs.take(samples - 1, modality, place);
      if (slot >= 0) {
        part.ids.add(tokens[place]);
      }
    }
  }

  /**
   * Shows patches of a picture.
   *
   * @param modality index of the modality
   * @param pixels scaled pixels in channel, row, column order
   * @param visible patches to show, in row-major order
   */
  public void showPixels(int modality, float[] pixels, int[] visible) {
    Kind.PixelPatches kind = (Kind.PixelPatches) modalities.get(modality).kind();
    BatchPart part = inputs.part(modality);
    float[] patch = new float[kind.channels() * kind.patch() * kind.patch()];
    for (int place : visible) {
      int slot = inputs.take(samples - 1, modality, place);
      if (slot >= 0) {
        PatchLayout.cut(kind, pixels, place, patch);
        part.addVector(patch, 0, patch.length);
      }
    }
  }

  /**
   * Shows ids of a sequence; positions count the visible ids.
   *
   * @param modality index of the modality
   * @param ids ids in order, sentinels included
   * @throws IllegalArgumentException if there are more ids than positions
   */
  public void showSequence(int modality, int[] ids) {
    checkPositions(modality, ids.length);
    BatchPart part = inputs.part(modality);
    for (int i = 0; i < ids.length; i++) {
      int slot = inputs.take(samples - 1, modality, i);
      if (slot >= 0) {
        part.ids.add(ids[i]);
      }
    }
  }

  private void checkPositions(int modality, int count) {
    int positions = modalities.get(modality).positions();
    if (count > positions) {
      throw new IllegalArgumentException(
          modalities.get(modality).key()
              + ": "
              + count
              + " visible tokens of one sample, but there are "
              + positions
              + " positions; raise the modality's max_tokens or show less");
    }
  }

  /**
   * Shows vectors; positions count the visible ones.
   *
   * @param modality index of the modality
   * @param vectors all vectors of the sample
   * @param rows vectors to show in order; -1 is a sentinel, shown as zeros
   * @throws IllegalArgumentException if there are more vectors than positions
   */
  public void showVectors(int modality, float[] vectors, int[] rows) {
    checkPositions(modality, rows.length);
    int width = ((Kind.EmbeddingSequence) modalities.get(modality).kind()).dim();
    BatchPart part = inputs.part(modality);
    for (int i = 0; i < rows.length; i++) {
      int slot = inputs.take(samples - 1, modality, i);
      if (slot >= 0) {
        if (rows[i] < 0) {
          part.addZeroVector(width);
        } else {
          part.addVector(vectors, rows[i] * width, width);
        }
      }
    }
  }

  /**
   * Asks for tokens of a grid.
   *
   * @param modality index of the modality
   * @param tokens all tokens of the grid; only those at {@code places} are read, as the truth to
   *     learn from
   * @param places places to predict, in row-major order
   */
  public void predictGrid(int modality, int[] tokens, int[] places) {
    BatchPart part = targets.part(modality);
    int sample = samples - 1;
    int first = targets.slots().used(sample);
    for (int place : places) {
      int slot = targets.take(samples - 1, modality, place);
      if (slot >= 0) {
        part.targets.add(tokens[place]);
      }
    }
    attention.mutual(modality, sample, first, targets.slots().used(sample));
  }

  /**
   * Asks for a sequence: each id is the input from which the next one is predicted, so {@code n}
   * ids give {@code n - 1} predictions.
   *
   * @param modality index of the modality
   * @param ids ids in order, sentinels included
   */
  public void predictSequence(int modality, int[] ids) {
    BatchPart part = targets.part(modality);
    int maxLength = modalities.get(modality).maxLength();
    for (int i = 0; i + 1 < ids.length; i++) {
      int slot = targets.take(samples - 1, modality, i < maxLength ? i : 0);
      if (slot >= 0) {
        part.ids.add(ids[i]);
        part.targets.add(ids[i + 1]);
        attention.causal(modality, slot);
      }
    }
  }

  List<ModelModality> modalities() {
    return modalities;
  }

  BatchPart[] inputs() {
    return inputs.parts();
  }

  BatchPart[] targets() {
    return targets.parts();
  }

  BatchPart target(int modality) {
    return targets.part(modality);
  }

  /**
   * Returns the number of samples.
   *
   * @return number of samples started so far
   */
  public int samples() {
    return samples;
  }

  int inputBudget() {
    return inputs.slots().budget();
  }

  int targetBudget() {
    return targets.slots().budget();
  }

  long[] inputLengths() {
    return IntStream.range(0, samples).mapToLong(inputs.slots()::used).toArray();
  }

  /** See {@link TargetAttention#group}. */
  long[] group(boolean separate) {
    return attention.group(samples, separate);
  }

  /** See {@link TargetAttention#end}. */
  long[] end(boolean causal) {
    return attention.end(samples, causal);
  }

  /**
   * Returns the number of tokens that did not fit the budgets.
   *
   * @return number of tokens left out, visible ones and targets
   */
  public int dropped() {
    return droppedByModality().values().stream().mapToInt(Integer::intValue).sum();
  }

  /**
   * Says which tokens did not fit the budgets: those of late modalities, since tokens are dropped
   * from the end.
   *
   * @return number of tokens left out by key, visible ones and targets together, without those that
   *     are complete
   */
  public Map<String, Integer> droppedByModality() {
    Map<String, Integer> dropped = new LinkedHashMap<>();
    for (int m = 0; m < modalities.size(); m++) {
      int count = inputs.slots().dropped(m) + targets.slots().dropped(m);
      if (count > 0) {
        dropped.put(modalities.get(m).key(), count);
      }
    }
    return dropped;
  }

  /**
   * Counts the visible tokens of all samples.
   *
   * @return number of tokens
   */
  public int inputTokens() {
    return inputs.slots().usedByAll();
  }

  /**
   * Counts the targets of all samples.
   *
   * @return number of predictions
   */
  public int targetTokens() {
    return targets.slots().usedByAll();
  }

  /**
   * Counts the targets of each modality.
   *
   * @return numbers of predictions in model order
   */
  public int[] targetTokensByModality() {
    return Arrays.stream(targets.parts()).mapToInt(part -> part.slots.size()).toArray();
  }

  /**
   * Counts the targets of one modality.
   *
   * @param modality index of the modality
   * @return number of predictions
   */
  public int targetTokens(int modality) {
    return targets.part(modality).slots.size();
  }

  /** Whether all targets are of one grid. */
  boolean isOneGrid() {
    int[] present =
        IntStream.range(0, modalities.size()).filter(m -> targetTokens(m) > 0).toArray();
    return present.length == 1 && !modalities.get(present[0]).isSequence();
  }
}
