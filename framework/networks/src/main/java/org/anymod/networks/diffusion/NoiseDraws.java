package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.anymod.spi.TrainingStep;
import org.anymod.torch.TransformerKernel;

/**
 * What chance decides about the pictures of a step. It is drawn for the whole step at once, so that
 * a picture gets the same whether it comes in one large batch or in one of several.
 *
 * @param times time step of each picture
 * @param keys key of each picture's noise
 * @param dropped which places of each picture's condition are hidden; empty for none at all
 */
record NoiseDraws(int[] times, long[] keys, boolean[] dropped) {

  static NoiseDraws of(TrainingStep step, DiffusionSettings settings, int rows) {
    RandomGenerator random = step.random();
    int count = step.allValues();
    int steps = settings.sampling().sampler().schedule().steps();
    int[] times = random.ints(count, 0, steps).toArray();
    long[] keys = random.longs(count).toArray();
    ConditionDropping dropping = settings.training().dropping();
    boolean[] dropped =
        dropping.share() == 0 ? new boolean[0] : dropping.draw(count, rows * rows, random);
    return new NoiseDraws(times, keys, dropped);
  }

  /** Those of some pictures. */
  NoiseDraws part(int from, int count) {
    int places = dropped.length / times.length;
    return new NoiseDraws(
        Arrays.copyOfRange(times, from, from + count),
        Arrays.copyOfRange(keys, from, from + count),
        Arrays.copyOfRange(dropped, from * places, (from + count) * places));
  }

  /** True where the condition is hidden, (batch, rows, rows); without elements for none. */
  NDArray hidden(int rows, NDManager manager) {
    return dropped.length == 0
        ? TransformerKernel.none(manager)
        : manager.create(dropped, new Shape(times.length, rows, rows));
  }
}
