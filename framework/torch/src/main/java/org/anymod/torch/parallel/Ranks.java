package org.anymod.torch.parallel;

import ai.djl.Device;
import java.util.Map;

/**
 * The ranks that this process belongs to. A process can join MPI once, so there is one communicator
 * for its life.
 */
public final class Ranks {
  private static Communicator joined;

  private Ranks() {}

  /**
   * Joins the other ranks, if this process was started as one of several.
   *
   * @param device where the tensors live that will be exchanged
   * @return the communicator, the same at each call
   * @throws ParallelException if a library is missing or does not belong to the launcher; the
   *     message says what to install
   */
  public static synchronized Communicator join(Device device) {
    if (joined == null) {
      Launch launch = Launch.current();
      joined = launch.isParallel() ? join(launch, device, System.getenv()) : Communicator.single();
    }
    return joined;
  }

  private static Communicator join(Launch launch, Device device, Map<String, String> environment) {
    MpiCommunicator mpi = MpiCommunicator.join(MpiLibrary.open(environment), launch);
    return device.isGpu()
        ? NcclCommunicator.join(mpi, NcclLibrary.open(environment), device.getDeviceId())
        : mpi;
  }

  /**
   * Takes leave of the other ranks at the end of the process: in peace, or, after a failure that
   * they may not know of, by ending them too. Does nothing where nobody was joined.
   *
   * @param exitCode exit code of the process; 0 waits for the others
   * @param peaceful whether all ranks end this way
   */
  public static synchronized void leave(int exitCode, boolean peaceful) {
    if (joined == null) {
      return;
    }
    Communicator left = joined;
    joined = null;
    if (peaceful) {
      left.close();
    } else {
      left.abort("rank " + left.rank() + " has failed", exitCode);
    }
  }
}
