package org.anymod.torch.parallel;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The two kinds of MPI libraries. A library only finds the other ranks if a launcher of its own
 * kind has started them; under another one each process believes to be alone.
 */
enum MpiFlavor {
  /** Its predefined handles are addresses of its global variables. */
  OPEN_MPI("Open MPI", "openmpi-bin", List.of("libmpi.so.40")),

  /** MPICH and what shares its binary interface, whose predefined handles are fixed numbers. */
  MPICH("MPICH", "mpich", List.of("libmpich.so.12", "libmpi.so.12"));

  /** Names that either kind may have. */
  private static final List<String> EITHER = List.of("libmpi.so", "mpi");

  private final String title;
  private final String debian;
  private final List<String> libraries;

  MpiFlavor(String title, String debian, List<String> libraries) {
    this.title = title;
    this.debian = debian;
    this.libraries = libraries;
  }

  /**
   * Returns the kinds that can belong to the launcher, the likelier first. Open MPI's own launcher
   * and MPICH's leave no doubt; Slurm serves both, and what it sets only says which one is meant.
   *
   * @param environment variables by name
   */
  static List<MpiFlavor> of(Map<String, String> environment) {
    if (environment.containsKey("OMPI_COMM_WORLD_SIZE")) {
      return List.of(OPEN_MPI);
    }
    if (environment.containsKey("PMI_SIZE")) {
      boolean slurm = environment.containsKey("SLURM_PROCID");
      return slurm ? List.of(MPICH, OPEN_MPI) : List.of(MPICH);
    }
    return List.of(OPEN_MPI, MPICH);
  }

  /** Names of libraries in which some kinds are looked for; those that can be either come last. */
  static List<String> libraries(List<MpiFlavor> flavors) {
    return Stream.concat(flavors.stream().flatMap(f -> f.libraries.stream()), EITHER.stream())
        .toList();
  }

  /** The package of Debian that brings launcher and library. */
  String debian() {
    return debian;
  }

  @Override
  public String toString() {
    return title;
  }
}
