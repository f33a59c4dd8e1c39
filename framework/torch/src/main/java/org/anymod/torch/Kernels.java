package org.anymod.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Compute kernels: whole blocks of a network as single native calls with autograd, written in
 * TorchScript.
 *
 * <p>The sources lie beside this class as readable {@code kernels/*.py}; they are packed into one
 * archive and loaded once a process. Kernels hold no weights: arguments are tensors and lists of
 * tensors, results are tensors.
 */
public final class Kernels {
  private static final String[] SOURCES = {
    "transformer",
    "generation",
    "embedding",
    "optimizer",
    "quantizer",
    "tokenizer",
    "loss",
    "transfer",
    "storage",
    "diffusion",
    "labeling",
    "retrieval"
  };

  static final String ONEDNN = "linear_onednn";
  static final String PORTABLE = "linear_portable";

  private final PtSymbolBlock module;

  private Kernels(PtSymbolBlock module) {
    this.module = module;
  }

  /** Loads on first use, so that commands that compute nothing do not start the engine. */
  private static final class Holder {
    static final Kernels SHARED = load();

    private static Kernels load() {
      // Without the profiling executor: it recompiles for each new shape, which costs more than it
      // gains here.
      JniUtils.setGraphExecutorOptimize(false);
      try {
        return Kernels.load(ONEDNN);
      } catch (EngineException e) {
        // Some builds of the engine, such as those for Apple's processors, lack oneDNN.
        return Kernels.load(PORTABLE);
      }
    }
  }

  /** Loads all kernels with one of the two ways to compute linear layers without recording. */
  static Kernels load(String linear) {
    String[] sources = Arrays.copyOf(SOURCES, SOURCES.length + 1);
    sources[SOURCES.length] = linear;
    byte[] archive = KernelArchive.pack("Kernels", sources);
    try {
      return new Kernels(
          JniUtils.loadModule(
              (PtNDManager) Torch.baseManager(), new ByteArrayInputStream(archive), false, false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the kernels of this process.
   *
   * @return the kernels, safe for use by several threads as long as these pass different tensors
   */
  public static Kernels shared() {
    return Holder.SHARED;
  }

  /**
   * Calls a kernel that returns one tensor.
   *
   * @param scope owner of the result
   * @param kernel name of the kernel
   * @param arguments an {@link NDArray} or a non-empty {@code List} of them for each parameter
   * @return the result, attached to the scope
   */
  public NDArray call(NDManager scope, String kernel, Object... arguments) {
    return callAll(scope, kernel, arguments).get(0);
  }

  /**
   * Calls a kernel that returns several tensors.
   *
   * @param scope owner of the results
   * @param kernel name of the kernel
   * @param arguments an {@link NDArray} or a non-empty {@code List} of them for each parameter
   * @return the results, attached to the scope
   */
  public NDList callAll(NDManager scope, String kernel, Object... arguments) {
    NDList inputs = new NDList();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i] instanceof NDArray array) {
        NDArray own = seen.add(array) ? array : alias(array, scope);
        own.setName(null);
        inputs.add(own);
      } else {
        addList(inputs, kernel, i, (List<?>) arguments[i], seen, scope);
      }
    }
    try (NDArray method = scope.create(0)) {
      method.setName("module_method:" + kernel);
      inputs.add(method);
      // Training mode only means that autograd is left as the thread has it (see Autograd).
      NDList result = IValueUtils.forward(module, inputs, true);
      result.attach(scope);
      return result;
    }
  }

  private static void addList(
      NDList inputs, String kernel, int position, List<?> list, Set<Object> seen, NDManager scope) {
    if (list.isEmpty()) {
      throw new IllegalArgumentException(
          "argument " + position + " of kernel " + kernel + " is an empty list");
    }
    String name = "a" + position + "[]";
    for (Object element : list) {
      NDArray own = (NDArray) element;
      // The same list may hold a tensor twice, but not two arguments: the name says where it goes.
      if (!seen.add(own) && !name.equals(own.getName())) {
        own = alias(own, scope);
      }
      own.setName(name);
      inputs.add(own);
    }
  }

  private static NDArray alias(NDArray array, NDManager scope) {
    NDArray view = array.reshape(array.getShape());
    view.attach(scope);
    return view;
  }
}
