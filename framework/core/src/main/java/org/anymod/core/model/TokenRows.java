package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.anymod.torch.TensorScope;

/**
 * Visible tokens or targets of a batch, modality by modality, those that look up a table first.
 * Everything is on its device before the first kernel runs, so that no kernel waits for a copy.
 *
 * @param modalities modalities with tokens in the batch, as indices in model order
 * @param tables how many of them, from the first, look up a table
 * @param counts tokens of each modality
 * @param kernelCounts the same on the CPU, for kernels
 * @param tableCount tokens of all modalities with a table
 * @param slots slot of each token
 * @param positions position of each token in its modality
 * @param ids ids of the tokens that look up a table
 * @param targets what is to be predicted in each slot
 * @param vectors for each modality without a table its vectors (tokens, width), if it has any
 * @param size slots of the whole batch, on the CPU
 */
record TokenRows(
    List<Integer> modalities,
    int tables,
    long[] counts,
    NDArray kernelCounts,
    long tableCount,
    NDArray slots,
    NDArray positions,
    NDArray ids,
    NDArray targets,
    List<NDArray> vectors,
    NDArray size) {

  /**
   * Collects and uploads tokens.
   *
   * @param parts tokens of each modality
   * @param all modalities in model order
   * @param looksUp which modalities look up a table
   * @param slotCount slots of the whole batch
   * @param step owner of the tensors
   */
  static TokenRows of(
      BatchPart[] parts,
      List<ModelModality> all,
      Predicate<ModelModality> looksUp,
      long slotCount,
      TensorScope step) {
    List<Integer> present = present(parts, all, looksUp);
    int others = (int) present.stream().filter(m -> !looksUp.test(all.get(m))).count();
    int tables = present.size() - others;
    IntBag slots = new IntBag();
    IntBag positions = new IntBag();
    IntBag ids = new IntBag();
    IntBag targets = new IntBag();
    List<NDArray> vectors = new ArrayList<>();
    long[] counts = new long[present.size()];
    NDManager manager = step.manager();
    for (int i = 0; i < counts.length; i++) {
      BatchPart part = parts[present.get(i)];
      counts[i] = part.slots.size();
      slots.addAll(part.slots);
      positions.addAll(part.positions);
      targets.addAll(part.targets);
      if (i < tables) {
        ids.addAll(part.ids);
      } else if (part.vectorCount > 0) {
        vectors.add(vectors(part, all.get(present.get(i)).inputWidth(), manager));
      }
    }
    return new TokenRows(
        present,
        tables,
        counts,
        step.host().create(counts),
        ids.size(),
        manager.create(slots.toArray()),
        manager.create(positions.toArray()),
        manager.create(ids.toArray()),
        manager.create(targets.toArray()),
        vectors,
        step.host().create(slotCount));
  }

  private static List<Integer> present(
      BatchPart[] parts, List<ModelModality> all, Predicate<ModelModality> looksUp) {
    List<Integer> present = new ArrayList<>();
    for (boolean table : new boolean[] {true, false}) {
      for (int m = 0; m < parts.length; m++) {
        if (parts[m].slots.size() > 0 && looksUp.test(all.get(m)) == table) {
          present.add(m);
        }
      }
    }
    return present;
  }

  private static NDArray vectors(BatchPart part, int width, NDManager manager) {
    FloatBuffer values = FloatBuffer.wrap(part.vectors, 0, part.vectorCount * width);
    return manager.create(values, new Shape(part.vectorCount, width), DataType.FLOAT32);
  }

  boolean isEmpty() {
    return modalities.isEmpty();
  }

  /** Number of tokens that look up no table. */
  long otherCount() {
    return slots.size() - tableCount;
  }
}
