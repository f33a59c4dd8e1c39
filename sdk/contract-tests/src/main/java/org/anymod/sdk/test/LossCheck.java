package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anymod.spi.Loss;
import org.anymod.torch.Autograd;
import org.anymod.torch.TensorScope;

/** What a loss gives and what flows back from it. */
final class LossCheck {
  private static final int PROBES = 24;
  private static final float STEP = 1e-2f;

  private LossCheck() {}

  static double value(Loss loss, LossInput input, int times) {
    try (TensorScope scope = TokenizerSubject.scope()) {
      return number(
          loss.evaluate(
              input.prediction(scope.manager(), times), input.target(scope.manager(), times)));
    }
  }

  private static double number(NDArray result) {
    if (result.getShape().dimension() != 0 || result.getDataType() != DataType.FLOAT32) {
      fail(
          "evaluate(): gives %s of shape %s, must be a float32 scalar of shape ()",
          result.getDataType(), result.getShape());
    }
    double value = result.getFloat();
    if (!Double.isFinite(value)) {
      fail("evaluate(): gives %s, must be finite", value);
    }
    return value;
  }

  static void isAFiniteScalarAndTheSameAgain(Loss loss, LossInput input) {
    double first = value(loss, input, 1);
    double again = value(loss, input, 1);
    if (first != again) {
      fail("evaluate(): gives %s and then %s for the same tensors", first, again);
    }
  }

  static void isAMeanOverSamples(Loss loss, LossInput input) {
    double once = value(loss, input, 1);
    double twice = value(loss, input, 2);
    if (!(Math.abs(once - twice) <= 1e-4 * (1 + Math.abs(once)))) {
      fail(
          "evaluate(): gives %s for samples and %s where each comes twice, must be a mean",
          once, twice);
    }
  }

  static void thePerfectAnswerIsNoWorse(Loss loss, LossInput input) {
    if (input.classes()) {
      return;
    }
    try (TensorScope scope = TokenizerSubject.scope()) {
      NDManager manager = scope.manager();
      double perfect = number(loss.evaluate(input.target(manager, 1), input.target(manager, 1)));
      double other = value(loss, input, 1);
      if (!(perfect <= other)) {
        fail("evaluate(): the target itself has the loss %s, another answer %s", perfect, other);
      }
    }
  }

  static void leavesItsArgumentsAlone(Loss loss, LossInput input) {
    try (TensorScope scope = TokenizerSubject.scope()) {
      NDArray prediction = input.prediction(scope.manager(), 1);
      NDArray target = input.target(scope.manager(), 1);
      NDArray kept = target.duplicate();
      float[] before = prediction.toFloatArray();
      loss.evaluate(prediction, target);
      if (!Arrays.equals(before, prediction.toFloatArray()) || !target.contentEquals(kept)) {
        fail("evaluate(): changes the tensors that it is given; use operations that make new ones");
      }
    }
  }

  /** The gradient of the prediction, alone and with garbage collected before the way back. */
  private static float[] gradient(Loss loss, LossInput input, boolean collect) {
    try (TensorScope scope = TokenizerSubject.scope()) {
      NDManager manager = scope.manager();
      NDArray prediction = input.prediction(manager, 1);
      prediction.setRequiresGradient(true);
      NDArray target = input.target(manager, 1);
      NDArray result = Autograd.record(() -> loss.evaluate(prediction, target));
      if (collect) {
        System.gc();
        List<ByteBuffer> others = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
          others.add(ByteBuffer.allocateDirect(16).putLong(0, Double.doubleToLongBits(i)));
        }
      }
      try {
        Autograd.backward(result);
      } catch (RuntimeException e) {
        throw new AssertionError(
            "evaluate(): no gradient flows back, compute with operations of NDArray: " + e, e);
      }
      return Autograd.gradient(prediction, manager).toFloatArray();
    }
  }

  static void gradientsAreFiniteAndStay(Loss loss, LossInput input) {
    float[] gradient = gradient(loss, input, false);
    boolean any = false;
    for (float g : gradient) {
      any |= g != 0;
      if (!Float.isFinite(g)) {
        fail("evaluate(): a gradient is %s, must be finite", g);
      }
    }
    if (!any) {
      fail("evaluate(): all gradients are 0, the prediction is cut off from the loss");
    }
    if (!Arrays.equals(gradient, gradient(loss, input, true))) {
      fail(
          "evaluate(): gradients change with garbage collections; do not multiply or divide by Java"
              + " numbers, see Loss.evaluate");
    }
  }

  static void gradientsEqualDifferences(Loss loss, LossInput input) {
    float[] gradient = gradient(loss, input, false);
    int stride = Math.max(1, gradient.length / PROBES);
    for (int i = 0; i < gradient.length; i += stride) {
      double slope =
          (value(loss, moved(input, i, STEP), 1) - value(loss, moved(input, i, -STEP), 1))
              / (2 * STEP);
      if (!(Math.abs(slope - gradient[i]) <= 2e-3 + 0.05 * Math.abs(slope))) {
        fail(
            "evaluate(): the gradient of element %d is %s, but the loss rises by %s for each 1",
            i, gradient[i], slope);
      }
    }
  }

  private static LossInput moved(LossInput input, int element, float by) {
    List<Float> prediction = new ArrayList<>(input.prediction());
    prediction.set(element, prediction.get(element) + by);
    return new LossInput(
        input.predictionShape(), prediction, input.targetShape(), input.target(), input.classes());
  }

  static void memoryStaysFlat(Loss loss, LossInput input) {
    try (TensorScope scope = TokenizerSubject.scope()) {
      NDArray prediction = input.prediction(scope.manager(), 1);
      NDArray target = input.target(scope.manager(), 1);
      int before = scope.liveTensors();
      for (int i = 0; i < 3; i++) {
        try (TensorScope step = scope.open()) {
          NDArray own = prediction.duplicate();
          own.attach(step.manager());
          loss.evaluate(own, target);
        }
      }
      if (scope.liveTensors() != before) {
        fail(
            "evaluate(): %d tensors outlive the prediction; make all with the prediction's manager",
            scope.liveTensors() - before);
      }
    }
  }
}
