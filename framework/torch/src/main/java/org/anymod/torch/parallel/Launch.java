package org.anymod.torch.parallel;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How this process was started: alone, or as one of several by {@code mpirun} or {@code srun}. Read
 * from the environment, before any library is loaded.
 *
 * @param rank number of this process, from 0
 * @param size number of processes, at least 1
 * @param localRank number of this process among those on the same machine, from 0
 */
public record Launch(int rank, int size, int localRank) {
  /** A process that was started alone. */
  public static final Launch ALONE = new Launch(0, 1, 0);

  private static final List<String> SIZES = List.of("OMPI_COMM_WORLD_SIZE", "PMI_SIZE");
  private static final List<String> RANKS =
      List.of("OMPI_COMM_WORLD_RANK", "PMI_RANK", "PMIX_RANK", "SLURM_PROCID");
  private static final List<String> LOCAL_RANKS =
      List.of("OMPI_COMM_WORLD_LOCAL_RANK", "MPI_LOCALRANKID", "SLURM_LOCALID");

  /**
   * Returns how this process was started.
   *
   * @return the launch
   */
  public static Launch current() {
    return of(System.getenv());
  }

  /**
   * Reads a launch from an environment: the variables of Open MPI, of PMI (MPICH, Intel MPI), or of
   * Slurm where it speaks PMIx. {@code SLURM_NTASKS} alone says nothing: a batch script has it too.
   *
   * @param environment variables by name
   * @return the launch, {@link #ALONE} where no launcher has left a trace
   */
  public static Launch of(Map<String, String> environment) {
    OptionalInt size = first(SIZES, environment);
    if (size.isEmpty() && environment.containsKey("PMIX_RANK")) {
      size = first(List.of("SLURM_STEP_NUM_TASKS", "SLURM_NTASKS"), environment);
    }
    OptionalInt rank = first(RANKS, environment);
    if (size.isEmpty() || rank.isEmpty() || rank.getAsInt() >= size.getAsInt()) {
      return ALONE;
    }
    return new Launch(rank.getAsInt(), size.getAsInt(), first(LOCAL_RANKS, environment).orElse(0));
  }

  private static OptionalInt first(List<String> names, Map<String, String> environment) {
    for (String name : names) {
      String value = environment.get(name);
      if (value != null && value.matches("\\d{1,9}")) {
        return OptionalInt.of(Integer.parseInt(value));
      }
    }
    return OptionalInt.empty();
  }

  /**
   * Returns whether there are other processes.
   *
   * @return true for a size above 1
   */
  public boolean isParallel() {
    return size > 1;
  }
}
