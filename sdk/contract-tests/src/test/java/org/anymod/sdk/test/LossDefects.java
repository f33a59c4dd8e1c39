package org.anymod.sdk.test;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.anymod.spi.Loss;
import org.anymod.torch.Autograd;

/** Losses with one defect each; run by {@link SeededDefectsTest}, not by JUnit. */
final class LossDefects {
  private LossDefects() {}

  private interface Formula {
    NDArray of(NDArray prediction, NDArray target);
  }

  private abstract static class Case extends LossContractTest {
    abstract Formula formula();

    @Override
    protected Loss loss() {
      return new Loss() {
        @Override
        public String name() {
          return "own";
        }

        @Override
        public NDArray evaluate(NDArray prediction, NDArray target) {
          return formula().of(prediction, target);
        }
      };
    }

    @Override
    protected LossInput input() {
      return LossInput.numbers(5, 2, 3, 2);
    }
  }

  static class NoScalar extends Case {
    @Override
    Formula formula() {
      return (p, t) -> p.sub(t).square();
    }
  }

  static class Sum extends Case {
    @Override
    Formula formula() {
      return (p, t) -> p.sub(t).square().sum();
    }
  }

  static class NoGradient extends Case {
    @Override
    Formula formula() {
      return (p, t) -> p.stopGradient().sub(t).square().mean();
    }
  }

  static class WrongGradient extends Case {
    @Override
    Formula formula() {
      return (p, t) -> p.sub(t).mul(p.stopGradient().sub(t)).mean();
    }
  }

  static class ChangesTheTarget extends Case {
    @Override
    Formula formula() {
      return (p, t) -> Autograd.pause(() -> t.addi(1)).sub(p).square().mean();
    }
  }

  static class Keeps extends Case {
    @Override
    Formula formula() {
      return (p, t) -> {
        NDManager outside = p.getManager().getParentManager();
        NDArray kept = t.duplicate();
        kept.attach(outside);
        return p.sub(t).square().mean();
      };
    }
  }
}
