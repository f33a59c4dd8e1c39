package org.anymod.core.benchmark;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.networks.MatrixProduct;
import org.anymod.torch.Autograd;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;

/** How fast a device multiplies float32 matrices, measured. */
final class MatrixRate {
  private static final int FEWEST = 5;
  private static final int MOST = 200;
  private static final long LONG_ENOUGH = 200_000_000;

  private final Device device;

  MatrixRate(Device device) {
    this.device = device;
  }

  /** Operations a second in products of square matrices; a multiply-add counts as two. */
  double square(int size) {
    return 2.0 * size * size * size / seconds(size, size, size);
  }

  /**
   * Operations a second in the linear layers of an encoder block for so many tokens, forward, in
   * the proportion in which a block has them.
   */
  double block(ModelRecipe recipe, int tokens) {
    int dim = recipe.dim();
    int hidden = ModelCost.hidden(recipe);
    double inner = (recipe.gated() ? 2 : 1) * seconds(tokens, dim, hidden);
    double seconds =
        seconds(tokens, dim, 3 * dim)
            + seconds(tokens, dim, dim)
            + inner
            + seconds(tokens, hidden, dim);
    double products = 4.0 * dim * dim + (recipe.gated() ? 3.0 : 2.0) * dim * hidden;
    return 2.0 * tokens * products / seconds;
  }

  /**
   * Operations a second in a list of products for so many values at once; those of an attention
   * head are timed as one product of all rows. The speed of nothing is that of no waiting.
   */
  double products(List<MatrixProduct> products, int batch) {
    Map<List<Integer>, Double> known = new HashMap<>();
    double operations = 0;
    double seconds = 0;
    for (MatrixProduct product : products) {
      int rows = Math.multiplyExact(product.rows(), batch);
      List<Integer> shape = List.of(rows, product.inner(), product.columns());
      seconds +=
          product.times()
              * known.computeIfAbsent(shape, s -> seconds(s.get(0), s.get(1), s.get(2)));
      operations += 2 * batch * product.multiplyAdds();
    }
    return products.isEmpty() ? Double.POSITIVE_INFINITY : operations / seconds;
  }

  /** Median time of (rows, inner) times (inner, columns). */
  private double seconds(int rows, int inner, int columns) {
    InitialValues values = new InitialValues(1);
    Timings timings = new Timings();
    try (TensorScope scope = TensorScope.on(device)) {
      NDArray x = tensor(scope, values.uniform("x", (long) rows * inner, 1), rows, inner);
      NDArray w = tensor(scope, values.uniform("w", (long) columns * inner, 1), columns, inner);
      // The first call pays for memory and threads.
      multiply(scope, x, w);
      while (timings.count() < FEWEST
          || (timings.total() < LONG_ENOUGH && timings.count() < MOST)) {
        long start = System.nanoTime();
        multiply(scope, x, w);
        timings.add(System.nanoTime() - start);
      }
    }
    return timings.median() / 1e9;
  }

  private static NDArray tensor(TensorScope scope, float[] values, int rows, int columns) {
    return scope.manager().create(values, new Shape(rows, columns));
  }

  private void multiply(TensorScope scope, NDArray x, NDArray w) {
    try (TensorScope step = scope.open()) {
      NDArray product =
          Autograd.pause(() -> Kernels.shared().call(step.manager(), "product", x, w));
      if (device.isGpu()) {
        // Reading a number waits for the device.
        product.get(0, 0).getFloat();
      }
    }
  }
}
