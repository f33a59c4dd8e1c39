package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Map;

/**
 * One weight with its gradient and the moments that AdamW keeps of it.
 *
 * @param name name of the weight
 * @param weight the weight
 * @param gradient where its gradient is added up
 * @param first mean of the gradients
 * @param second mean of their squares
 * @param steps updates so far, of shape (); for a table that is updated by rows, one for each row
 * @param kept whether the moments are kept here; without elements otherwise
 * @param byRows whether there are steps for each row
 */
record Moments(
    String name,
    NDArray weight,
    NDArray gradient,
    NDArray first,
    NDArray second,
    NDArray steps,
    boolean kept,
    boolean byRows) {

  /** All moments zero; the weight must have had a gradient. */
  static Moments of(String name, NDArray weight, boolean byRows, boolean kept, NDManager owner) {
    NDArray gradient = weight.getGradient();
    // Gradients are accumulated in place for the life of the weight, so one handle is enough.
    gradient.attach(owner);
    return new Moments(
        name,
        weight,
        gradient,
        kept ? owner.zeros(weight.getShape()) : TransformerKernel.none(owner),
        kept ? owner.zeros(weight.getShape()) : TransformerKernel.none(owner),
        kept ? owner.zeros(steps(weight, byRows)) : TransformerKernel.none(owner),
        kept,
        byRows);
  }

  private static Shape steps(NDArray weight, boolean byRows) {
    return byRows ? new Shape(weight.getShape().get(0)) : new Shape();
  }

  void putShapesInto(Map<String, Shape> shapes) {
    shapes.put("exp_avg." + name, weight.getShape());
    shapes.put("exp_avg_sq." + name, weight.getShape());
    shapes.put("step." + name, steps(weight, byRows));
  }

  void putInto(Map<String, NDArray> state) {
    state.put("exp_avg." + name, first);
    state.put("exp_avg_sq." + name, second);
    state.put("step." + name, steps);
  }
}
