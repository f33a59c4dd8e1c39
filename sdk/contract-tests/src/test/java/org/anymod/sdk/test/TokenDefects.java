package org.anymod.sdk.test;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;

/** Tokenizers with one defect each; run by {@link SeededDefectsTest}, not by JUnit. */
final class TokenDefects {
  private TokenDefects() {}

  static class Leak extends TokensCase {
    @Override
    Tokenizer around(TrainableTokenizer good, TokenizerContext context) {
      return new Wrapped(good) {
        @Override
        public int[][] encode(List<? extends Value> values) {
          context.manager().zeros(new Shape(4));
          return super.encode(values);
        }
      };
    }
  }

  static class SeesTheBatch extends TokensCase {
    @Override
    Tokenizer around(TrainableTokenizer good, TokenizerContext context) {
      return new Wrapped(good) {
        @Override
        public int[][] encode(List<? extends Value> values) {
          int[][] tokens = super.encode(values);
          for (int[] row : tokens) {
            row[0] = values.size() % vocabulary();
          }
          return tokens;
        }
      };
    }
  }

  static class OneTokenTooFew extends TokensCase {
    @Override
    Tokenizer around(TrainableTokenizer good, TokenizerContext context) {
      return new Wrapped(good) {
        @Override
        public int[][] encode(List<? extends Value> values) {
          return Arrays.stream(super.encode(values))
              .map(row -> Arrays.copyOf(row, row.length - 1))
              .toArray(int[][]::new);
        }
      };
    }
  }

  static class DecodesOutOfRange extends TokensCase {
    @Override
    Tokenizer around(TrainableTokenizer good, TokenizerContext context) {
      return new Wrapped(good) {
        @Override
        public List<Value> decode(int[][] tokens) {
          List<Value> values = super.decode(tokens);
          values.forEach(value -> Arrays.fill(((Value.Raster) value).data(), -0.25f));
          return values;
        }
      };
    }
  }

  static class TakesAnyToken extends TokensCase {
    @Override
    Tokenizer around(TrainableTokenizer good, TokenizerContext context) {
      return new Wrapped(good) {
        @Override
        public List<Value> decode(int[][] tokens) {
          int length = encodedLength();
          return super.decode(
              Arrays.stream(tokens)
                  .map(
                      row ->
                          Arrays.stream(Arrays.copyOf(row, length))
                              .map(token -> Math.floorMod(token, vocabulary()))
                              .toArray())
                  .toArray(int[][]::new));
        }

        private int encodedLength() {
          return context.declaration().kind().maxTokens();
        }
      };
    }
  }

  static class WeightsOfChance extends TokensCase {
    private static final AtomicInteger MADE = new AtomicInteger();

    @Override
    TokenizerContext changed(TokenizerContext c) {
      return new ContractContext(
          c.declaration(),
          c.value(),
          c.resolution(),
          c.settings(),
          c.seed() + MADE.incrementAndGet(),
          c.manager(),
          List.of());
    }
  }

  static class ForgetsItsMoments extends TokensCase {
    @Override
    Tokenizer around(TrainableTokenizer good, TokenizerContext context) {
      return new Wrapped(good) {
        @Override
        public Map<String, NDArray> trainingState() {
          return Map.of();
        }

        @Override
        public void loadTrainingState(Map<String, NDArray> state) {
          if (!state.isEmpty()) {
            super.loadTrainingState(state);
          }
        }
      };
    }
  }

  static class LearnsNothing extends TokensCase {
    @Override
    Tokenizer around(TrainableTokenizer good, TokenizerContext context) {
      return new Wrapped(good) {
        @Override
        public Map<String, Double> step(TrainingStep step) {
          return super.step(new TrainingStep(step.batches(), 0, step.random()));
        }
      };
    }
  }

  static class LeakInTraining extends TokensCase {
    @Override
    Tokenizer around(TrainableTokenizer good, TokenizerContext context) {
      return new Wrapped(good) {
        @Override
        public Map<String, Double> step(TrainingStep step) {
          context.manager().zeros(new Shape(4));
          return super.step(step);
        }
      };
    }
  }
}
