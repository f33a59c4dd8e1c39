package org.anymod.media;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/**
 * Mean cosine distance, 1 less the cosine, of vectors or of the vectors at the places of a map. A
 * vector of length 0 has the distance 1 from all others and 0 from another one of length 0.
 *
 * <p>Figures: {@code cosine_distance}, {@code cosine} (its mean over all vectors) and {@code rmse}
 * (root of the mean squared difference of all numbers).
 */
public final class CosineMetric implements Metric {
  private static final String NAME = "cosine_distance";

  /** Creates a metric. */
  public CosineMetric() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Accumulator start() {
    return new Sums();
  }

  /**
   * Returns the mean direction of the truths at each place, which has the smallest mean cosine
   * distance, at their mean length.
   *
   * @throws IllegalArgumentException if there is no truth or they differ in size
   */
  @Override
  public Value constant(List<? extends Value> truths) {
    Places first = Places.of(Subsample.<Value>evenly(truths, 1).get(0));
    double[] directions = new double[first.data.length];
    double[] lengths = new double[first.count];
    for (Value truth : truths) {
      Places places = Places.of(truth);
      first.checkSameSize(places);
      for (int i = 0; i < places.count; i++) {
        double length = Math.sqrt(places.dot(places, i));
        lengths[i] += length / truths.size();
        for (int d = 0; length > 0 && d < places.dim; d++) {
          directions[places.at(i, d)] += places.data[places.at(i, d)] / length;
        }
      }
    }
    float[] data = new float[directions.length];
    for (int i = 0; i < first.count; i++) {
      double square = 0;
      for (int d = 0; d < first.dim; d++) {
        square += directions[first.at(i, d)] * directions[first.at(i, d)];
      }
      double scale = square > 0 ? lengths[i] / Math.sqrt(square) : 0;
      for (int d = 0; d < first.dim; d++) {
        data[first.at(i, d)] = (float) (scale * directions[first.at(i, d)]);
      }
    }
    return first.with(data);
  }

  /** Vectors, or the vectors at the places of a map. */
  private record Places(Value value, int count, int dim, float[] data) {

    static Places of(Value value) {
      if (value instanceof Value.Raster map) {
        return new Places(map, map.height() * map.width(), map.channels(), map.data());
      }
      Value.Vectors vectors = ValueTypes.vectors(value);
      return new Places(vectors, vectors.count(), vectors.dim(), vectors.data());
    }

    /** Where number d of vector i lies. */
    int at(int i, int d) {
      return value instanceof Value.Raster ? d * count + i : i * dim + d;
    }

    double dot(Places other, int i) {
      double sum = 0;
      for (int d = 0; d < dim; d++) {
        sum += (double) data[at(i, d)] * other.data[at(i, d)];
      }
      return sum;
    }

    Value with(float[] numbers) {
      return value instanceof Value.Raster map
          ? new Value.Raster(map.channels(), map.height(), map.width(), numbers)
          : new Value.Vectors(count, dim, numbers);
    }

    void checkSameSize(Places found) {
      if (!size().equals(found.size())) {
        throw new IllegalArgumentException("the value is " + found.size() + ", must be " + size());
      }
    }

    private String size() {
      return value instanceof Value.Raster map
          ? "a map of " + map.channels() + " x " + map.height() + " x " + map.width()
          : count + " vectors of width " + dim;
    }
  }

  /** Sums over pairs. */
  private static final class Sums implements Accumulator {
    private long vectors;
    private long numbers;
    private double cosines;
    private double distances;
    private double squares;

    @Override
    public void add(Value prediction, Value truth) {
      Places found = Places.of(prediction);
      Places wanted = Places.of(truth);
      wanted.checkSameSize(found);
      for (int i = 0; i < wanted.count; i++) {
        double a = found.dot(found, i);
        double b = wanted.dot(wanted, i);
        boolean bothZero = a == 0 && b == 0;
        double product = Math.sqrt(a) * Math.sqrt(b);
        double cosine = product > 0 ? found.dot(wanted, i) / product : bothZero ? 1 : 0;
        cosines += cosine;
        // Rounding may leave a cosine a little above 1; an error is never negative.
        distances += Math.max(0, 1 - cosine);
      }
      for (int j = 0; j < wanted.data.length; j++) {
        double difference = (double) found.data[j] - wanted.data[j];
        squares += difference * difference;
      }
      vectors += wanted.count;
      numbers += wanted.data.length;
    }

    @Override
    public double error() {
      return distances / vectors;
    }

    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(NAME, error());
      figures.put("cosine", cosines / vectors);
      figures.put("rmse", Math.sqrt(squares / numbers));
      return figures;
    }
  }
}
