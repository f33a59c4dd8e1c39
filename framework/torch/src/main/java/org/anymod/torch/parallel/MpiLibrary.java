package org.anymod.torch.parallel;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The C interface of the MPI library of this machine that belongs to the launcher, found at run
 * time. Only calls that block are made, so requests and statuses, whose layouts differ between
 * libraries, do not appear.
 */
final class MpiLibrary {
  static final String OVERRIDE = "ANYMOD_MPI_LIBRARY";

  /** RTLD_NOW and RTLD_GLOBAL: Open MPI's own plugins look for its symbols. */
  private static final int NOW_AND_GLOBAL = 0x102;

  private static final String UCX_SIGNALS = "UCX_ERROR_SIGNALS";

  private static final int MPICH_WORLD = 0x44000000;
  private static final int FUNNELED = 1;

  private final NativeLibrary library;
  private final String name;
  private final MpiFlavor flavor;

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

  private MpiLibrary(NativeLibrary library, String name, MpiFlavor flavor) {
    this.library = library;
    this.name = name;
    this.flavor = flavor;
  }

  /**
   * Finds the library.
   *
   * @param environment variables by name, which tell the launcher, and of which {@value #OVERRIDE}
   *     names a library to use whatever the launcher
   * @throws ParallelException if there is none; the message says what was looked for
   */
  static MpiLibrary open(Map<String, String> environment) {
    String own = environment.get(OVERRIDE);
    List<MpiFlavor> fitting = MpiFlavor.of(environment);
    List<String> causes = new ArrayList<>();
    leaveSignalsToJava(environment);
    for (String name : own == null ? MpiFlavor.libraries(fitting) : List.of(own)) {
      try {
        NativeLibrary library =
            NativeLibrary.getInstance(name, Map.of(Library.OPTION_OPEN_FLAGS, NOW_AND_GLOBAL));
        MpiFlavor flavor =
            has(library, "ompi_mpi_comm_world") ? MpiFlavor.OPEN_MPI : MpiFlavor.MPICH;
        if (!has(library, "MPI_Init_thread")) {
          causes.add(name + " is no MPI library: it has no MPI_Init_thread");
        } else if (own == null && !fitting.contains(flavor)) {
          causes.add(name + " is " + flavor + "'s");
        } else {
          return new MpiLibrary(library, name, flavor);
        }
        library.close();
      } catch (UnsatisfiedLinkError e) {
        causes.add(name + " is not found");
      }
    }
    throw new ParallelException(
        "this process was started as one of several by the launcher of %s, but no MPI library of that kind can be used: %s. Install it (Debian: %s), or name it in %s"
            .formatted(
                words(fitting, MpiFlavor::toString),
                String.join(", ", causes),
                words(fitting, MpiFlavor::debian),
                OVERRIDE));
  }

  private static String words(List<MpiFlavor> flavors, Function<MpiFlavor, String> word) {
    return flavors.stream().map(word).collect(Collectors.joining(" or "));
  }

  /**
   * UCX, through which Debian's MPICH and many Open MPIs speak, ends a process at a SIGSEGV. To
   * Java that is everyday business: it finds null pointers so and stops its threads.
   */
  private static void leaveSignalsToJava(Map<String, String> environment) {
    if (!Platform.isWindows() && !environment.containsKey(UCX_SIGNALS)) {
      NativeLibrary.getProcess().getFunction("setenv").invokeInt(new Object[] {UCX_SIGNALS, "", 0});
    }
  }

  private static boolean has(NativeLibrary library, String symbol) {
    try {
      library.getGlobalVariableAddress(symbol);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  private boolean isOpenMpi() {
    return flavor == MpiFlavor.OPEN_MPI;
  }

  private Object world() {
    return isOpenMpi() ? global("ompi_mpi_comm_world") : MPICH_WORLD;
  }

  private Object handle(MpiType type) {
    return isOpenMpi() ? global(type.openMpi()) : type.mpich();
  }

  private Object handle(Operation operation) {
    return isOpenMpi() ? global(operation.openMpi) : operation.mpich;
  }

  private Pointer global(String name) {
    return library.getGlobalVariableAddress(name);
  }

  private Pointer inPlace() {
    return isOpenMpi() ? new Pointer(1) : new Pointer(-1);
  }

  private void call(String name, Object... arguments) {
    int code = library.getFunction(name).invokeInt(arguments);
    if (code != 0) {
      throw new ParallelException(name + " failed with code " + code);
    }
  }

  /** What people call it. */
  String title() {
    return flavor + "'s library " + name;
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
