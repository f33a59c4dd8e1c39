package org.anymod.torch.parallel;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.PointerByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The C interface of NCCL 2, found at run time: beside libtorch, where its CUDA builds bring it, or
 * wherever the system finds it.
 */
final class NcclLibrary {
  static final String OVERRIDE = "ANYMOD_NCCL_LIBRARY";
  static final int ID_BYTES = 128;

  private static final List<String> NAMES =
      List.of("libnccl.so.2", "libnccl.so", "libtorch_cuda.so");
  private static final List<String> RUNTIMES = List.of("libcudart.so.12", "libcudart.so");
  private static final int NOW_AND_GLOBAL = 0x102;
  private static final int SUM = 0;
  private static final int BYTE = 1;

  private final NativeLibrary library;
  private final NativeLibrary runtime;

  /** {@code ncclUniqueId}, which is passed by value. */
  @Structure.FieldOrder("bytes")
  public static final class UniqueId extends Structure implements Structure.ByValue {
    /** The id, opaque. */
    public byte[] bytes = new byte[ID_BYTES];
  }

  private NcclLibrary(NativeLibrary library, NativeLibrary runtime) {
    this.library = library;
    this.runtime = runtime;
  }

  /**
   * Finds the library.
   *
   * @param environment variables by name, of which {@value #OVERRIDE} names a library to use
   * @throws ParallelException if there is none; the message says what was looked for
   */
  static NcclLibrary open(Map<String, String> environment) {
    String own = environment.get(OVERRIDE);
    List<String> names = own == null ? NAMES : List.of(own);
    return new NcclLibrary(
        find(names, "ncclAllReduce", "NCCL 2 (Debian and Ubuntu: libnccl2)", OVERRIDE),
        find(RUNTIMES, "cudaSetDevice", "the CUDA runtime", "LD_LIBRARY_PATH"));
  }

  private static NativeLibrary find(
      List<String> names, String symbol, String what, String variable) {
    List<String> causes = new ArrayList<>();
    for (String name : names) {
      try {
        NativeLibrary library =
            NativeLibrary.getInstance(name, Map.of(Library.OPTION_OPEN_FLAGS, NOW_AND_GLOBAL));
        library.getFunction(symbol);
        return library;
      } catch (UnsatisfiedLinkError e) {
        causes.add(name + " is not found or has no " + symbol);
      }
    }
    throw new ParallelException(
        "several ranks train on GPUs, but "
            + what
            + " cannot be used: "
            + String.join(", ", causes)
            + ". Install it, or name its place in "
            + variable
            + ", or train with device: cpu");
  }

  private void call(String name, Object... arguments) {
    int code = library.getFunction(name).invokeInt(arguments);
    if (code != 0) {
      String text =
          library.getFunction("ncclGetErrorString").invokeString(new Object[] {code}, false);
      throw new ParallelException(name + " failed with code " + code + ": " + text);
    }
  }

  /** Makes a GPU that of the calling thread. */
  void choose(int device) {
    int code = runtime.getFunction("cudaSetDevice").invokeInt(new Object[] {device});
    if (code != 0) {
      throw new ParallelException("cudaSetDevice(" + device + ") failed with code " + code);
    }
  }

  void newId(Pointer id) {
    call("ncclGetUniqueId", id);
  }

  Pointer join(int size, byte[] id, int rank) {
    UniqueId value = new UniqueId();
    System.arraycopy(id, 0, value.bytes, 0, ID_BYTES);
    PointerByReference group = new PointerByReference();
    call("ncclCommInitRank", group, size, value, rank);
    return group.getValue();
  }

  /** Sums on the default stream, on which the engine computes too: what follows there waits. */
  void sum(Pointer numbers, long count, MpiType type, Pointer group) {
    call("ncclAllReduce", numbers, numbers, size(count), code(type), SUM, group, Pointer.NULL);
  }

  void broadcast(Pointer bytes, long count, int from, Pointer group) {
    call("ncclBroadcast", bytes, bytes, size(count), BYTE, from, group, Pointer.NULL);
  }

  void leave(Pointer group) {
    call("ncclCommDestroy", group);
  }

  private static Object size(long count) {
    return Native.SIZE_T_SIZE == 8 ? (Object) count : (Object) Math.toIntExact(count);
  }

  private static int code(MpiType type) {
    return switch (type) {
      case BYTE -> BYTE;
      case LONG -> 4;
      case FLOAT -> 7;
      case DOUBLE -> 8;
    };
  }
}
