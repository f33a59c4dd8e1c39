package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import org.anymod.torch.SafeTensors;

/** Recordings of the published system. */
final class Fixtures {
  private Fixtures() {}

  static Path file(String name) {
    try {
      return Path.of(Fixtures.class.getResource("/tokenizers/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Map<String, NDArray> read(String name, NDManager manager) {
    try {
      return SafeTensors.read(file(name + ".safetensors"), manager);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Largest difference between two tensors of one shape. */
  static double difference(NDArray a, NDArray b) {
    if (!a.getShape().equals(b.getShape())) {
      throw new AssertionError("shapes " + a.getShape() + " and " + b.getShape());
    }
    float[] x = a.toFloatArray();
    float[] y = b.toFloatArray();
    double most = 0;
    for (int i = 0; i < x.length; i++) {
      // Not Math.max: a number that is not one must not pass.
      double d = Math.abs((double) x[i] - y[i]);
      if (!(d <= most)) {
        most = d;
      }
    }
    return most;
  }
}
