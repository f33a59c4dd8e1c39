package org.anymod.core.model;

import java.util.Arrays;
import java.util.List;
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
  private final int inputBudget;
  private final int targetBudget;
  private final Part[] inputs;
  private final Part[] targets;
  private final int[] inputCounts;
  private final int[] targetCounts;
  private final long[] group;
  private final long[] end;
  private int samples;
  private int dropped;

  /** What the samples of a batch contribute to one modality. */
  static final class Part {
    final IntBag slots = new IntBag();
    final IntBag positions = new IntBag();
    final IntBag ids = new IntBag();
    final IntBag targets = new IntBag();
    float[] vectors = new float[0];
    int vectorCount;

    void addVector(float[] source, int from, int width) {
      int needed = (vectorCount + 1) * width;
      if (needed > vectors.length) {
        vectors = Arrays.copyOf(vectors, Math.max(needed, vectors.length * 2));
      }
      System.arraycopy(source, from, vectors, vectorCount * width, width);
      vectorCount++;
    }

    void addZeroVector(int width) {
      addVector(new float[width], 0, width);
    }
  }

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
    this.inputBudget = inputBudget;
    this.targetBudget = targetBudget;
    this.inputs = parts(modalities.size());
    this.targets = parts(modalities.size());
    this.inputCounts = new int[capacity];
    this.targetCounts = new int[capacity];
    this.group = new long[capacity * targetBudget];
    this.end = new long[capacity * targetBudget];
    // Padding is a group of its own, so that no target attends to it.
    Arrays.fill(group, -1);
  }

  private static Part[] parts(int count) {
    Part[] parts = new Part[count];
    Arrays.setAll(parts, i -> new Part());
    return parts;
  }

  /** Starts the next sample. */
  public void nextSample() {
    samples++;
  }

  private int takeInput() {
    int sample = samples - 1;
    if (inputCounts[sample] == inputBudget) {
      dropped++;
      return -1;
    }
    return sample * inputBudget + inputCounts[sample]++;
  }

  private int takeTarget() {
    int sample = samples - 1;
    if (targetCounts[sample] == targetBudget) {
      dropped++;
      return -1;
    }
    return sample * targetBudget + targetCounts[sample]++;
  }

  /**
   * Shows tokens of a grid.
   *
   * @param modality index of the modality
   * @param tokens all tokens of the grid
   * @param visible places to show, in row-major order
   */
  public void showGrid(int modality, int[] tokens, int[] visible) {
    Part part = inputs[modality];
    for (int place : visible) {
      int slot = takeInput();
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
    Part part = inputs[modality];
    float[] patch = new float[kind.channels() * kind.patch() * kind.patch()];
    for (int place : visible) {
      int slot = takeInput();
      if (slot >= 0) {
        part.slots.add(slot);
        part.positions.add(place);
        cutPatch(kind, pixels, place, patch);
        part.addVector(patch, 0, patch.length);
      }
    }
  }

  /** Row in patch, column in patch, channel fastest: the order of published checkpoints. */
  private static void cutPatch(Kind.PixelPatches kind, float[] pixels, int place, float[] patch) {
    int p = kind.patch();
    int top = place / kind.columns() * p;
    int left = place % kind.columns() * p;
    int at = 0;
    for (int y = 0; y < p; y++) {
      for (int x = 0; x < p; x++) {
        for (int c = 0; c < kind.channels(); c++) {
          patch[at++] = pixels[(c * kind.height() + top + y) * kind.width() + left + x];
        }
      }
    }
  }

  /**
   * Shows ids of a sequence; positions count the visible ids.
   *
   * @param modality index of the modality
   * @param ids ids in order, sentinels included
   */
  public void showSequence(int modality, int[] ids) {
    Part part = inputs[modality];
    for (int i = 0; i < ids.length; i++) {
      int slot = takeInput();
      if (slot >= 0) {
        part.slots.add(slot);
        part.positions.add(i);
        part.ids.add(ids[i]);
      }
    }
  }

  /**
   * Shows vectors; positions count the visible ones.
   *
   * @param modality index of the modality
   * @param vectors all vectors of the sample
   * @param rows vectors to show in order; -1 is a sentinel, shown as zeros
   */
  public void showVectors(int modality, float[] vectors, int[] rows) {
    int width = ((Kind.EmbeddingSequence) modalities.get(modality).kind()).dim();
    Part part = inputs[modality];
    for (int i = 0; i < rows.length; i++) {
      int slot = takeInput();
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
    Part part = targets[modality];
    int first = targetCounts[samples - 1];
    for (int place : places) {
      int slot = takeTarget();
      if (slot >= 0) {
        part.slots.add(slot);
        part.positions.add(place);
        part.targets.add(tokens[place]);
        group[slot] = modality;
      }
    }
    // All targets of a grid attend to each other.
    int sample = samples - 1;
    for (int i = first; i < targetCounts[sample]; i++) {
      end[sample * targetBudget + i] = targetCounts[sample];
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
    Part part = targets[modality];
    int maxLength = modalities.get(modality).maxLength();
    for (int i = 0; i + 1 < ids.length; i++) {
      int slot = takeTarget();
      if (slot >= 0) {
        part.slots.add(slot);
        part.positions.add(i < maxLength ? i : 0);
        part.ids.add(ids[i]);
        part.targets.add(ids[i + 1]);
        group[slot] = modality;
        end[slot] = slot % targetBudget + 1;
      }
    }
  }

  List<ModelModality> modalities() {
    return modalities;
  }

  Part input(int modality) {
    return inputs[modality];
  }

  Part target(int modality) {
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
    return inputBudget;
  }

  int targetBudget() {
    return targetBudget;
  }

  long[] inputLengths() {
    return Arrays.stream(inputCounts, 0, samples).asLongStream().toArray();
  }

  long[] group() {
    return Arrays.copyOf(group, samples * targetBudget);
  }

  long[] end() {
    return Arrays.copyOf(end, samples * targetBudget);
  }

  /**
   * Returns the number of tokens that did not fit the budgets.
   *
   * @return number of tokens left out
   */
  public int dropped() {
    return dropped;
  }

  /**
   * Counts the visible tokens of all samples.
   *
   * @return number of tokens
   */
  public int inputTokens() {
    return Arrays.stream(inputCounts, 0, samples).sum();
  }

  /**
   * Counts the targets of all samples.
   *
   * @return number of predictions
   */
  public int targetTokens() {
    return Arrays.stream(targetCounts, 0, samples).sum();
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
}
