package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.TrainingStep;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;

/** How a tokenizer learns; those without anything to learn are left out. */
final class LearningCheck {
  private static final double RATE = 1e-3;
  private static final int FEW = 4;

  private LearningCheck() {}

  private static Map<String, Double> step(
      TokenizerSubject subject, TrainableTokenizer tokenizer, int number) {
    return tokenizer.step(
        TrainingStep.of(
            subject.values(), RATE, StreamRandom.at(TokenizerSubject.SEED, "training", number)));
  }

  private static boolean learns(TokenizerSubject subject) {
    try (TensorScope scope = TokenizerSubject.scope();
        Tokenizer tokenizer = subject.create(scope)) {
      return tokenizer instanceof TrainableTokenizer;
    }
  }

  private static TrainableTokenizer create(TokenizerSubject subject, TensorScope scope) {
    return (TrainableTokenizer) subject.create(scope);
  }

  /** Gradients are finite and reach every array that asks for one. */
  static void everyWeightLearns(TokenizerSubject subject) {
    if (!learns(subject)) {
      return;
    }
    try (TensorScope scope = TokenizerSubject.scope();
        TrainableTokenizer tokenizer = create(subject, scope)) {
      Map<String, List<Integer>> before = TokenizerSubject.bits(tokenizer.state());
      for (int n = 0; n < FEW; n++) {
        requireFinite(step(subject, tokenizer, n));
      }
      Map<String, List<Integer>> after = TokenizerSubject.bits(tokenizer.state());
      Set<String> idle = new TreeSet<>();
      tokenizer
          .state()
          .forEach(
              (name, array) -> {
                if (array.hasGradient() && before.get(name).equals(after.get(name))) {
                  idle.add(name);
                }
                requireFinite(name, after.get(name));
              });
      if (!idle.isEmpty()) {
        fail(
            "step(): no gradient reaches %s; connect them to the loss, or do not ask for a gradient",
            idle);
      }
    }
  }

  private static void requireFinite(String name, List<Integer> bits) {
    if (!bits.stream().allMatch(b -> Float.isFinite(Float.intBitsToFloat(b)))) {
      fail("step(): %s holds numbers that are not finite after %d steps", name, FEW);
    }
  }

  private static void requireFinite(Map<String, Double> figures) {
    if (!figures.containsKey("loss")) {
      fail("step(): gives %s, must hold a figure 'loss'", figures);
    }
    figures.forEach(
        (name, figure) -> {
          if (!Double.isFinite(figure)) {
            fail("step(): the figure %s is %s, must be finite", name, figure);
          }
        });
  }

  static void theLossFalls(TokenizerSubject subject, int steps) {
    if (!learns(subject)) {
      return;
    }
    try (TensorScope scope = TokenizerSubject.scope();
        TrainableTokenizer tokenizer = create(subject, scope)) {
      List<Double> losses = new ArrayList<>();
      for (int n = 0; n < steps; n++) {
        losses.add(step(subject, tokenizer, n).get("loss"));
      }
      double best = losses.stream().skip(1).mapToDouble(Double::doubleValue).min().orElseThrow();
      if (!(best < losses.get(0))) {
        fail("step(): the loss never falls in %d steps on the same values: %s", steps, losses);
      }
    }
  }

  /** What is saved and loaded goes on to the same bits; so do two trainings of one seed. */
  static void aResumedTrainingIsTheSame(TokenizerSubject subject) {
    if (!learns(subject)) {
      return;
    }
    try (TensorScope scope = TokenizerSubject.scope();
        TrainableTokenizer straight = create(subject, scope);
        TrainableTokenizer first = create(subject, scope);
        TrainableTokenizer resumed = create(subject, scope)) {
      for (int n = 0; n < 2; n++) {
        step(subject, straight, n);
        step(subject, first, n);
      }
      if (!bits(straight).equals(bits(first))) {
        fail(
            "step(): the same seed and values train other weights; take chance from the step alone");
      }
      Map<String, NDArray> state = TokenizerSubject.copy(first.state(), scope.manager());
      Map<String, NDArray> more = TokenizerSubject.copy(first.trainingState(), scope.manager());
      resumed.load(state);
      resumed.loadTrainingState(more);
      for (int n = 2; n < FEW; n++) {
        step(subject, straight, n);
        step(subject, resumed, n);
      }
      if (!bits(straight).equals(bits(resumed))) {
        fail(
            "trainingState(): a training that was saved and loaded goes another way; everything that"
                + " step() changes must be in state() or trainingState()");
      }
    }
  }

  private static Map<String, List<Integer>> bits(TrainableTokenizer tokenizer) {
    return TokenizerSubject.bits(tokenizer.state());
  }

  static void memoryStaysFlat(TokenizerSubject subject) {
    if (!learns(subject)) {
      return;
    }
    try (TensorScope scope = TokenizerSubject.scope();
        TrainableTokenizer tokenizer = create(subject, scope)) {
      step(subject, tokenizer, 0);
      step(subject, tokenizer, 1);
      int before = scope.liveTensors();
      for (int n = 2; n < 2 + FEW; n++) {
        step(subject, tokenizer, n);
      }
      if (scope.liveTensors() != before) {
        fail(
            "step() leaves tensors behind: %d lived before %d steps, %d after; compute in a"
                + " sub-manager of %s.manager() and close it",
            before, FEW, scope.liveTensors(), TokenizerContext.class.getSimpleName());
      }
    }
  }
}
