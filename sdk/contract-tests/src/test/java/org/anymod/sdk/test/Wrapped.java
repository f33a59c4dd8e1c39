package org.anymod.sdk.test;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.spi.TrainingStep;
import org.anymod.spi.Value;

/** A good tokenizer; defects change one of its answers. */
class Wrapped implements TrainableTokenizer {
  private final TrainableTokenizer good;

  Wrapped(TrainableTokenizer good) {
    this.good = good;
  }

  @Override
  public int vocabulary() {
    return good.vocabulary();
  }

  @Override
  public int[][] encode(List<? extends Value> values) {
    return good.encode(values);
  }

  @Override
  public List<Value> decode(int[][] tokens) {
    return good.decode(tokens);
  }

  @Override
  public Map<String, NDArray> state() {
    return good.state();
  }

  @Override
  public void load(Map<String, NDArray> state) {
    good.load(state);
  }

  @Override
  public Map<String, Double> step(TrainingStep step) {
    return good.step(step);
  }

  @Override
  public Map<String, NDArray> trainingState() {
    return good.trainingState();
  }

  @Override
  public void loadTrainingState(Map<String, NDArray> state) {
    good.loadTrainingState(state);
  }

  @Override
  public void close() {
    good.close();
  }
}
