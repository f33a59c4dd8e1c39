package org.anymod.torch.parallel;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.Buffer;

/**
 * Where the numbers of a tensor lie, on the CPU or on a GPU, for libraries that work on them in
 * place. The address holds as long as the tensor is open.
 */
final class TensorMemory {
  private static final String LIBRARY = "ai.djl.pytorch.jni.PyTorchLibrary";

  private TensorMemory() {}

  /** The door that the engine keeps to itself; its public one would copy from a GPU. */
  private static final class Door {
    static final Object LIBRARY_OBJECT;
    static final Method ADDRESS;
    static final Method CONTIGUOUS;

    static {
      try {
        Class<?> type = Class.forName(LIBRARY);
        Field field = type.getDeclaredField("LIB");
        field.setAccessible(true);
        LIBRARY_OBJECT = field.get(null);
        ADDRESS = method(type, "torchDirectByteBuffer");
        CONTIGUOUS = method(type, "torchIsContiguous");
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private static Method method(Class<?> type, String name) throws NoSuchMethodException {
      Method method = type.getDeclaredMethod(name, long.class);
      method.setAccessible(true);
      return method;
    }
  }

  /**
   * Returns the address of the first number.
   *
   * @throws IllegalArgumentException if the tensor is not contiguous: its numbers would not be
   *     those that follow the address
   */
  static Pointer of(NDArray tensor) {
    long handle = ((PtNDArray) tensor).getHandle();
    try {
      if (!(boolean) Door.CONTIGUOUS.invoke(Door.LIBRARY_OBJECT, handle)) {
        throw new IllegalArgumentException(
            "a tensor of shape " + tensor.getShape() + " is not contiguous");
      }
      return Native.getDirectBufferPointer(
          (Buffer) Door.ADDRESS.invoke(Door.LIBRARY_OBJECT, handle));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the engine does not tell where tensors lie", e);
    }
  }
}
