package org.anymod.networks.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anymod.networks.ScriptFile;
import org.anymod.torch.Autograd;
import org.anymod.torch.InitialValues;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PerceptualLossTest {
  private static final Shape SHAPE = new Shape(2, 3, 4, 4);
  private static final int SIZE = 96;

  @TempDir Path folder;

  private final TensorScope scope = TensorScope.on(Device.cpu());
  private final NDManager manager = scope.manager();
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("net.pt");
    ScriptFile.write(file);
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private PerceptualLoss loss(int size, PerceptualLoss.Distance distance) throws IOException {
    return PerceptualLoss.open(
        new PerceptualLoss.Settings(file, List.of(0.5, 0.4, 0.3), List.of(0.2), size, distance),
        manager);
  }

  private static float[] numbers(String name) {
    return new InitialValues(5).uniform(name, SIZE, 1);
  }

  private double value(PerceptualLoss loss, float[] x, float[] y) {
    try (TensorScope step = scope.open()) {
      NDManager m = step.manager();
      return loss.evaluate(m.create(x, SHAPE), m.create(y, SHAPE)).getFloat();
    }
  }

  /** Standardised pixel of a picture in [-1, 1]. */
  private static double pixel(float[] x, int b, int c, int row, int column) {
    double[] mean = {0.5, 0.4, 0.3};
    return ((x[((b * 3 + c) * 4 + row) * 4 + column] + 1) / 2 - mean[c]) / 0.2;
  }

  private static double[] pooled(float[] x, int b, int row, int column) {
    double[] feature = new double[3];
    for (int c = 0; c < 3; c++) {
      for (int k = 0; k < 4; k++) {
        feature[c] += pixel(x, b, c, 2 * row + k / 2, 2 * column + k % 2) / 4;
      }
    }
    return feature;
  }

  private static double[] line(float[] x, int b, int row) {
    double[] feature = new double[12];
    for (int j = 0; j < 12; j++) {
      feature[j] = pixel(x, b, j / 4, row, j % 4);
    }
    return feature;
  }

  private static double distance(double[] a, double[] b, PerceptualLoss.Distance distance) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    if (distance == PerceptualLoss.Distance.COSINE) {
      return 1 - ab / Math.sqrt(aa * bb);
    }
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] / Math.sqrt(aa) - b[i] / Math.sqrt(bb)) / a.length;
    }
    return sum;
  }

  @Test
  void sumsTheMeanDistancesOfAllFeatures() throws IOException {
    float[] x = numbers("x");
    float[] y = numbers("y");
    for (PerceptualLoss.Distance distance : PerceptualLoss.Distance.values()) {
      double expected = 0;
      for (int b = 0; b < 2; b++) {
        for (int i = 0; i < 4; i++) {
          expected +=
              distance(pooled(x, b, i / 2, i % 2), pooled(y, b, i / 2, i % 2), distance) / 8;
          expected += distance(line(x, b, i), line(y, b, i), distance) / 8;
        }
      }
      try (PerceptualLoss loss = loss(0, distance)) {
        assertThat(value(loss, x, y)).isCloseTo(expected, within(1e-5));
        assertThat(value(loss, x, x)).isCloseTo(0, within(1e-6));
      }
    }
  }

  @Test
  void resizesPicturesAndLetsGradientsThrough() throws IOException {
    float[] start = numbers("x");
    float[] y = numbers("y");
    try (PerceptualLoss loss = loss(8, PerceptualLoss.Distance.COSINE)) {
      NDArray x = manager.create(start, SHAPE);
      x.setRequiresGradient(true);
      Autograd.backward(Autograd.record(() -> loss.evaluate(x, manager.create(y, SHAPE))));
      float[] gradient = x.getGradient().toFloatArray();
      for (int i = 0; i < SIZE; i += 17) {
        float[] up = start.clone();
        float[] down = start.clone();
        up[i] += 1e-2f;
        down[i] -= 1e-2f;
        double slope = (value(loss, up, y) - value(loss, down, y)) / (up[i] - down[i]);
        assertThat((double) gradient[i]).isCloseTo(slope, within(5e-4));
      }
    }
  }

  @Test
  void freesWhatItTakes() throws IOException {
    int before = scope.liveTensors();
    try (PerceptualLoss loss = loss(0, PerceptualLoss.Distance.COSINE)) {
      int open = scope.liveTensors();
      value(loss, numbers("x"), numbers("y"));
      assertThat(scope.liveTensors()).isEqualTo(open);
    }
    assertThat(scope.liveTensors()).isEqualTo(before);
  }

  @Test
  void saysWhatIsWrongWithTheFile() throws IOException {
    assertThatThrownBy(
            () ->
                PerceptualLoss.open(
                    new PerceptualLoss.Settings(
                        folder.resolve("none.pt"),
                        List.of(0.0),
                        List.of(1.0),
                        0,
                        PerceptualLoss.Distance.L1),
                    manager))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("none.pt: no such file");
    Files.writeString(file, "no archive");
    assertThatThrownBy(() -> loss(0, PerceptualLoss.Distance.L1))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("net.pt: is no TorchScript archive");
    assertThatThrownBy(
            () ->
                new PerceptualLoss.Settings(
                    file, List.of(0.0), List.of(0.0), 0, PerceptualLoss.Distance.L1))
        .hasMessageContaining("deviations above 0");
  }
}
