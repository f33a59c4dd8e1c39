package org.anymod.media.embeddings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/**
 * One minus the cosine of the vectors at the same place of the first texts, averaged over all
 * vectors of the truths; 1 where the prediction has no vector. Its constant has the mean direction
 * at each place.
 */
final class SequenceDistance implements Metric {
  private static final String ERROR = "cosine_distance";

  @Override
  public String name() {
    return ERROR;
  }

  @Override
  public Accumulator start() {
    return new Sum();
  }

  @Override
  public Value constant(List<? extends Value> truths) {
    if (truths.isEmpty()) {
      throw new IllegalArgumentException("there are no truths, at least one is needed");
    }
    List<float[]> directions = new ArrayList<>();
    for (Value truth : truths) {
      List<float[]> vectors = first(truth);
      for (int i = 0; i < vectors.size(); i++) {
        float[] vector = vectors.get(i);
        if (i == directions.size()) {
          directions.add(new float[vector.length]);
        }
        double length = Math.sqrt(dot(vector, vector));
        for (int d = 0; d < vector.length && length > 0; d++) {
          directions.get(i)[d] += (float) (vector[d] / length);
        }
      }
    }
    return new EmbeddedTexts(List.of(directions), List.of()).toValue();
  }

  private static List<float[]> first(Value value) {
    return EmbeddedTexts.of(value).sequences().get(0);
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }

  private static double distance(float[] a, float[] b) {
    double lengths = Math.sqrt(dot(a, a)) * Math.sqrt(dot(b, b));
    if (lengths == 0) {
      return dot(a, a) == dot(b, b) ? 0 : 1;
    }
    // Rounding may leave a cosine a little above 1; an error is never negative.
    return Math.max(0, 1 - dot(a, b) / lengths);
  }

  private static final class Sum implements Accumulator {
    private long samples;
    private long vectors;
    private double distances;

    @Override
    public void add(Value prediction, Value truth) {
      List<float[]> predicted = first(prediction);
      List<float[]> actual = first(truth);
      for (int i = 0; i < actual.size(); i++) {
        distances += i < predicted.size() ? distance(predicted.get(i), actual.get(i)) : 1;
      }
      vectors += actual.size();
      samples++;
    }

    @Override
    public double error() {
      return samples > 0 && vectors == 0 ? 0 : distances / vectors;
    }

    @Override
    public Map<String, Double> figures() {
      return Map.of(ERROR, error());
    }
  }
}
