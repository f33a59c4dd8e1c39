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
  private final BatchPart[] inputs;
  private final BatchPart[] targets;
  private final SlotBudget inputSlots;
  private final SlotBudget targetSlots;
  private final long[] group;
  private final long[] end;
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
    this.inputs = parts(modalities.size());
    this.targets = parts(modalities.size());
    this.inputSlots = new SlotBudget(inputBudget, capacity, modalities.size());
    this.targetSlots = new SlotBudget(targetBudget, capacity, modalities.size());
    this.group = new long[capacity * targetBudget];
    this.end = new long[capacity * targetBudget];
    // Padding is a group of its own, so that no target attends to it.
    Arrays.fill(group, -1);
  }

  private static BatchPart[] parts(int count) {
    BatchPart[] parts = new BatchPart[count];
    Arrays.setAll(parts, i -> new BatchPart());
    return parts;
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
    BatchPart part = inputs[modality];
    for (int place : visible) {
      int slot = inputSlots.take(samples - 1, modality);
      if (slot >= 0) {
        part.slots.add(slot);
        part.positions.add(place);
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
    BatchPart part = inputs[modality];
    float[] patch = new float[kind.channels() * kind.patch() * kind.patch()];
    for (int place : visible) {
      int slot = inputSlots.take(samples - 1, modality);
      if (slot >= 0) {
        part.slots.add(slot);
        part.positions.add(place);
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
    BatchPart part = inputs[modality];
    for (int i = 0; i < ids.length; i++) {
      int slot = inputSlots.take(samples - 1, modality);
      if (slot >= 0) {
        part.slots.add(slot);
        part.positions.add(i);
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
    BatchPart part = inputs[modality];
    for (int i = 0; i < rows.length; i++) {
      int slot = inputSlots.take(samples - 1, modality);
      if (slot >= 0) {
        part.slots.add(slot);
        part.positions.add(i);
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
    BatchPart part = targets[modality];
    int first = targetSlots.used(samples - 1);
    for (int place : places) {
      int slot = targetSlots.take(samples - 1, modality);
      if (slot >= 0) {
        part.slots.add(slot);
        part.positions.add(place);
        part.targets.add(tokens[place]);
        group[slot] = modality;
      }
    }
    // All targets of a grid attend to each other.
    int sample = samples - 1;
    for (int i = first; i < targetSlots.used(sample); i++) {
      end[sample * targetBudget() + i] = targetSlots.used(sample);
    }
  }

  /**
   * Asks for a sequence: each id is the input from which the next one is predicted, so {@code n}
   * ids give {@code n - 1} predictions.
   *
   * @param modality index of the modality
   * @param ids ids in order, sentinels included
   */
  public void predictSequence(int modality, int[] ids) {
    BatchPart part = targets[modality];
    int maxLength = modalities.get(modality).maxLength();
    for (int i = 0; i + 1 < ids.length; i++) {
      int slot = targetSlots.take(samples - 1, modality);
      if (slot >= 0) {
        part.slots.add(slot);
        part.positions.add(i < maxLength ? i : 0);
        part.ids.add(ids[i]);
        part.targets.add(ids[i + 1]);
        group[slot] = modality;
        end[slot] = slot % targetBudget() + 1;
      }
    }
  }

  List<ModelModality> modalities() {
    return modalities;
  }

  BatchPart[] inputs() {
    return inputs;
  }

  BatchPart[] targets() {
    return targets;
  }

  BatchPart target(int modality) {
    return targets[modality];
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
    return inputSlots.budget();
  }

  int targetBudget() {
    return targetSlots.budget();
  }

  long[] inputLengths() {
    return IntStream.range(0, samples).mapToLong(inputSlots::used).toArray();
  }

  /**
   * Group of each target slot: targets attend to their own group only. Padding is a group of its
   * own.
   *
   * @param separate whether each modality is a group; else a sample is one
   */
  long[] group(boolean separate) {
    long[] groups = Arrays.copyOf(group, samples * targetBudget());
    return separate ? groups : Arrays.stream(groups).map(g -> Math.min(g, 0)).toArray();
  }

  /**
   * End of what each target slot attends to, as a place in its sample.
   *
   * @param causal whether targets of a grid, too, attend to what comes before them only
   */
  long[] end(boolean causal) {
    long[] ends = Arrays.copyOf(end, samples * targetBudget());
    if (causal) {
      Arrays.setAll(ends, i -> Math.min(ends[i], i % targetBudget() + 1));
    }
    return ends;
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
      int count = inputSlots.dropped(m) + targetSlots.dropped(m);
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
    return inputSlots.usedByAll();
  }

  /**
   * Counts the targets of all samples.
   *
   * @return number of predictions
   */
  public int targetTokens() {
    return targetSlots.usedByAll();
  }

  /**
   * Counts the targets of each modality.
   *
   * @return numbers of predictions in model order
   */
  public int[] targetTokensByModality() {
    return Arrays.stream(targets).mapToInt(part -> part.slots.size()).toArray();
  }

  /**
   * Counts the targets of one modality.
   *
   * @param modality index of the modality
   * @return number of predictions
   */
  public int targetTokens(int modality) {
    return targets[modality].slots.size();
  }

  /** Whether all targets are of one grid. */
  boolean isOneGrid() {
    int[] present =
        IntStream.range(0, targets.length).filter(m -> targets[m].slots.size() > 0).toArray();
    return present.length == 1 && !modalities.get(present[0]).isSequence();
  }
}
