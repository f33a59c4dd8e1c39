package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TransformerKernel;

/**
 * Stochastic depth (Huang et al., 2016): in training a sample goes without a branch of a block with
 * a probability that grows linearly from block to block, and the branches that remain are scaled
 * up. What is dropped is a function of seed, step, layer and sample.
 *
 * @param purpose name of the stack in the stream of chance
 * @param rates probability of each layer
 * @param branches branches of a block
 */
record DropPath(String purpose, double[] rates, int branches) {

  /**
   * Rates of a stack.
   *
   * @param rate rate at the end of the ramp
   * @param first place of the stack's first layer on the ramp
   * @param layers layers of the stack
   * @param ramp layers of the whole ramp, which starts at 0
   */
  static double[] ramp(double rate, int first, int layers, int ramp) {
    double[] rates = new double[layers];
    for (int i = 0; i < layers; i++) {
      rates[i] = ramp == 1 ? 0 : rate * (first + i) / (ramp - 1);
    }
    return rates;
  }

  /**
   * Factors of all branches.
   *
   * @param values (layers, branches, samples); empty if nothing is dropped
   * @param layers layers of the stack
   * @param branches branches of a block
   */
  record Factors(float[] values, int layers, int branches) {
    /** Nothing is dropped. */
    static final Factors NONE = new Factors(new float[0], 0, 0);

    /** All layers, (layers, branches, samples) or without elements. */
    NDArray all(NDManager manager) {
      return tensor(values, layers, manager);
    }

    /** One layer, (1, branches, samples) or without elements. */
    NDArray layer(int layer, NDManager manager) {
      if (values.length == 0) {
        return all(manager);
      }
      int size = values.length / layers;
      return tensor(Arrays.copyOfRange(values, layer * size, (layer + 1) * size), 1, manager);
    }

    private NDArray tensor(float[] numbers, int rows, NDManager manager) {
      if (numbers.length == 0) {
        return TransformerKernel.none(manager);
      }
      Shape shape = new Shape(rows, branches, numbers.length / rows / branches);
      return manager.create(FloatBuffer.wrap(numbers), shape);
    }
  }

  /** Draws the factors of a pass over so many samples. */
  Factors draw(TrainingPass pass, int samples) {
    int whole = Math.max(pass.samples(), samples);
    Factors all = draw(pass.seed(), pass.step(), whole);
    if (whole == samples || all.values().length == 0) {
      return all;
    }
    int rows = rates.length * branches;
    float[] part = new float[rows * samples];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(all.values(), row * whole + pass.first(), part, row * samples, samples);
    }
    return new Factors(part, rates.length, branches);
  }

  /** Draws the factors of a step. */
  Factors draw(long seed, long step, int samples) {
    if (Arrays.stream(rates).allMatch(rate -> rate == 0)) {
      return Factors.NONE;
    }
    float[] values = new float[rates.length * branches * samples];
    int at = 0;
    for (int layer = 0; layer < rates.length; layer++) {
      StreamRandom random = StreamRandom.at(seed, purpose, step, layer);
      float kept = (float) (1 / (1 - rates[layer]));
      for (int i = 0; i < branches * samples; i++) {
        values[at++] = random.nextDouble() < rates[layer] ? 0 : kept;
      }
    }
    return new Factors(values, rates.length, branches);
  }
}
