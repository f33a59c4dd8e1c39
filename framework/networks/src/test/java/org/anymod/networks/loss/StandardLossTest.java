package org.anymod.networks.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.anymod.spi.Loss;
import org.anymod.torch.Autograd;
import org.anymod.torch.InitialValues;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StandardLossTest {
  private static final Shape SHAPE = new Shape(2, 3, 2, 2);
  private static final int SIZE = 24;

  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final NDManager manager = scope.manager();

  @AfterEach
  void close() {
    scope.close();
  }

  private static Loss loss(String name) {
    return StandardLoss.all().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }

  private double value(String name, float[] x, float[] y) {
    try (TensorScope step = scope.open()) {
      NDManager m = step.manager();
      return loss(name).evaluate(m.create(x, SHAPE), m.create(y, SHAPE)).getFloat();
    }
  }

  private static float[] numbers(String name) {
    return new InitialValues(5).normal(name, SIZE, 1.3);
  }

  /** Numbers in [0, 1], some at the ends. */
  private static float[] targets() {
    float[] y = numbers("y");
    for (int i = 0; i < y.length; i++) {
      y[i] = i % 3 == 0 ? i % 2 : (float) (1 / (1 + Math.exp(-y[i])));
    }
    return y;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void agreesWithTheFormulasOfDifferences() {
    float[] x = numbers("x");
    float[] y = numbers("y");
    double squares = 0;
    double distances = 0;
    double smooth = 0;
    for (int i = 0; i < SIZE; i++) {
      double d = Math.abs((double) x[i] - y[i]);
      squares += d * d / SIZE;
      distances += d / SIZE;
      smooth += (d < 1 ? d * d / 2 : d - 0.5) / SIZE;
    }
    assertThat(value("mse", x, y)).isCloseTo(squares, within(1e-5));
    assertThat(value("l1", x, y)).isCloseTo(distances, within(1e-5));
    assertThat(value("smooth_l1", x, y)).isCloseTo(smooth, within(1e-5));
  }

  @Test
  void takesTheCosineOverPlacesOrOverChannels() {
    float[] x = numbers("x");
    float[] y = numbers("y");
    double overPlaces = 0;
    for (int row = 0; row < 6; row++) {
      overPlaces += cosine(x, y, row * 4, 1, 4) / 6;
    }
    double overChannels = 0;
    for (int b = 0; b < 2; b++) {
      for (int place = 0; place < 4; place++) {
        overChannels += cosine(x, y, b * 12 + place, 4, 3) / 8;
      }
    }
    assertThat(value("cosine", x, y)).isCloseTo(1 - overPlaces, within(1e-5));
    assertThat(value("cosine_1d", x, y)).isCloseTo(1 - overChannels, within(1e-5));
    assertThat(value("cosine_1d", x, x)).isCloseTo(0, within(1e-6));
  }

  private static double cosine(float[] x, float[] y, int from, int step, int count) {
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < count; i++) {
      double a = x[from + i * step];
      double b = y[from + i * step];
      xy += a * b;
      xx += a * a;
      yy += b * b;
    }
    return xy / Math.sqrt(xx * yy);
  }

  @Test
  void agreesWithTheFormulasOfBinaryCrossEntropy() {
    float[] x = numbers("x");
    float[] y = targets();
    double plain = 0;
    double published = 0;
    for (int i = 0; i < SIZE; i++) {
      double p = sigmoid(x[i]);
      plain -= (y[i] * Math.log(p) + (1 - y[i]) * Math.log(1 - p)) / SIZE;
      double norm = Math.log(Math.exp(p) + Math.exp(1 - p));
      published -= (y[i] * (p - norm) + (1 - y[i]) * (1 - p - norm)) / SIZE;
    }
    assertThat(value("bce", x, y)).isCloseTo(plain, within(1e-5));
    assertThat(value("bce_published", x, y)).isCloseTo(published, within(1e-5));
  }

  @Test
  void staysFiniteForExtremeLogitsAndKeepsThePublishedBounds() {
    float[] sure = InitialValues.constant(SIZE, 200);
    float[] ones = InitialValues.constant(SIZE, 1);
    float[] zeros = new float[SIZE];
    assertThat(value("bce", sure, ones)).isEqualTo(0);
    assertThat(value("bce", sure, zeros)).isEqualTo(200);
    assertThat(value("bce_published", sure, ones)).isCloseTo(0.3133, within(1e-4));
    assertThat(value("bce_published", sure, zeros)).isCloseTo(1.3133, within(1e-4));
  }

  @Test
  void hasTheGradientsOfItsDifferences() {
    for (String name :
        new String[] {"mse", "l1", "smooth_l1", "cosine", "cosine_1d", "bce", "bce_published"}) {
      float[] start = numbers("x");
      float[] y = name.startsWith("bce") ? targets() : numbers("y");
      NDArray x = manager.create(start, SHAPE);
      x.setRequiresGradient(true);
      Autograd.backward(Autograd.record(() -> loss(name).evaluate(x, manager.create(y, SHAPE))));
      float[] gradient = x.getGradient().toFloatArray();
      for (int i = 0; i < SIZE; i += 5) {
        float h = 1e-2f;
        float[] up = start.clone();
        float[] down = start.clone();
        up[i] += h;
        down[i] -= h;
        double slope = (value(name, up, y) - value(name, down, y)) / (up[i] - down[i]);
        assertThat((double) gradient[i]).as(name).isCloseTo(slope, within(3e-4));
      }
    }
  }
}
