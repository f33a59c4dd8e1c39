package org.anymod.core.pipeline;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;

/** A tokenizer that knows of no peers, and whose loss is no number at its third step. */
final class LonelyTokenizer implements TrainableTokenizer {
  private int steps;

  /** Pictures that have it. */
  static SquareModality modality(String name) {
    TokenizerFactory factory =
        new TokenizerFactory() {
          @Override
          public String family() {
            return "lonely";
          }

          @Override
          public LonelyTokenizer create(TokenizerContext context) {
            return new LonelyTokenizer();
          }
        };
    return new SquareModality(name, false) {
      @Override
      public TokenizerFactory representation() {
        return factory;
      }
    };
  }

  @Override
  public Map<String, Double> step(TrainingStep step) {
    return Map.of("loss", ++steps < 3 ? 0.5 : Double.NaN);
  }

  @Override
  public int vocabulary() {
    return 16;
  }

  @Override
  public int[][] encode(List<? extends Value> values) {
    return new int[values.size()][1];
  }

  @Override
  public List<Value> decode(int[][] tokens) {
    throw new UnsupportedOperationException("it gets no further than its training");
  }

  @Override
  public Map<String, NDArray> state() {
    return Map.of();
  }

  @Override
  public void load(Map<String, NDArray> state) {}

  @Override
  public Map<String, NDArray> trainingState() {
    return Map.of();
  }

  @Override
  public void loadTrainingState(Map<String, NDArray> state) {}

  @Override
  public void close() {}
}
