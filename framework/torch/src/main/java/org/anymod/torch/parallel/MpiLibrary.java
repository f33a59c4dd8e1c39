package org.anymod.torch.parallel;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The C interface of the MPI library of this machine, found at run time. Open MPI's predefined
 * handles are addresses of its global variables; those of MPICH, and of what shares its binary
 * interface, are fixed numbers.
 */
final class MpiLibrary {
  static final String OVERRIDE = "ANYMOD_MPI_LIBRARY";

  private static final List<String> NAMES =
      List.of("libmpi.so.40", "libmpi.so.12", "libmpich.so.12", "libmpi.so", "mpi");

  /** RTLD_NOW and RTLD_GLOBAL: Open MPI's own plugins look for its symbols. */
  private static final int NOW_AND_GLOBAL = 0x102;

  private static final int MPICH_WORLD = 0x44000000;
  private static final int FUNNELED = 1;

  private final NativeLibrary library;
  private final boolean openMpi;

  /** What numbers become. */
  enum Operation {
    SUM("ompi_mpi_op_sum", 0x58000003),
    BITWISE_OR("ompi_mpi_op_bor", 0x58000008);

    private final String openMpi;
    private final int mpich;

    Operation(String openMpi, int mpich) {
      this.openMpi = openMpi;
      this.mpich = mpich;
    }
  }

  private MpiLibrary(NativeLibrary library) {
    this.library = library;
    this.openMpi = has(library, "ompi_mpi_comm_world");
  }

  /**
   * Finds the library.
   *
   * @param environment variables by name, of which {@value #OVERRIDE} names a library to use
   * @throws ParallelException if there is none; the message says what was looked for
   */
  static MpiLibrary open(Map<String, String> environment) {
    String own = environment.get(OVERRIDE);
    List<String> names = own == null ? NAMES : List.of(own);
    List<String> causes = new ArrayList<>();
    for (String name : names) {
      try {
        NativeLibrary library =
            NativeLibrary.getInstance(name, Map.of(Library.OPTION_OPEN_FLAGS, NOW_AND_GLOBAL));
        if (has(library, "MPI_Init_thread")) {
          return new MpiLibrary(library);
        }
        causes.add(name + " is no MPI library: it has no MPI_Init_thread");
      } catch (UnsatisfiedLinkError e) {
        causes.add(name + " is not found");
      }
    }
    throw new ParallelException(
        "this process was started as one of several, but no MPI library can be used: "
            + String.join(", ", causes)
            + ". Install the one that belongs to the launcher (Debian: openmpi-bin), or name it in "
            + OVERRIDE);
  }

  private static boolean has(NativeLibrary library, String symbol) {
    try {
      library.getGlobalVariableAddress(symbol);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  private Object world() {
    return openMpi ? global("ompi_mpi_comm_world") : MPICH_WORLD;
  }

  private Object handle(MpiType type) {
    return openMpi ? global(type.openMpi()) : type.mpich();
  }

  private Object handle(Operation operation) {
    return openMpi ? global(operation.openMpi) : operation.mpich;
  }

  private Pointer global(String name) {
    return library.getGlobalVariableAddress(name);
  }

  private Pointer inPlace() {
    return openMpi ? new Pointer(1) : new Pointer(-1);
  }

  private void call(String name, Object... arguments) {
    int code = library.getFunction(name).invokeInt(arguments);
    if (code != 0) {
      throw new ParallelException(name + " failed with code " + code);
    }
  }

  /** Joins the other ranks; all later calls but {@link #abort} come from the same thread. */
  void begin() {
    call("MPI_Init_thread", null, null, FUNNELED, new IntByReference());
  }

  int rank() {
    IntByReference number = new IntByReference();
    call("MPI_Comm_rank", world(), number);
    return number.getValue();
  }

  int size() {
    IntByReference number = new IntByReference();
    call("MPI_Comm_size", world(), number);
    return number.getValue();
  }

  void reduce(Pointer numbers, int count, MpiType type, Operation operation) {
    call("MPI_Allreduce", inPlace(), numbers, count, handle(type), handle(operation), world());
  }

  void broadcast(Pointer bytes, int count, int from) {
    call("MPI_Bcast", bytes, count, handle(MpiType.BYTE), from, world());
  }

  void barrier() {
    call("MPI_Barrier", world());
  }

  void end() {
    call("MPI_Finalize");
  }

  /** Ends all ranks; may be called from any thread. */
  void abort(int exitCode) {
    call("MPI_Abort", world(), exitCode);
  }
}
