package org.anymod.torch.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The launchers that may be installed on this machine, beside each other too. */
public enum MpiLauncher {
  /** That of Open MPI, which refuses to start as root and to start more processes than cores. */
  OPEN_MPI(
      "Open MPI",
      "openmpi-bin",
      "libmpi.so.40",
      List.of("mpirun.openmpi", "mpirun"),
      List.of("--allow-run-as-root", "--oversubscribe")),

  /** That of MPICH, which is called Hydra. */
  MPICH(
      "HYDRA",
      "mpich",
      "libmpich.so.12",
      List.of("mpirun.mpich", "mpiexec.hydra", "mpirun"),
      List.of());

  private final String version;
  private final String debian;
  private final String library;
  private final List<String> names;
  private final List<String> options;
  private Optional<Path> program;

  MpiLauncher(
      String version, String debian, String library, List<String> names, List<String> options) {
    this.version = version;
    this.debian = debian;
    this.library = library;
    this.names = names;
    this.options = options;
  }

  /** Returns those that are there; a test is left out, with a message, where there are none. */
  public static List<MpiLauncher> installed() {
    List<MpiLauncher> found =
        Arrays.stream(values()).filter(launcher -> launcher.program().isPresent()).toList();
    assumeTrue(!found.isEmpty(), "there is no mpirun here (Debian: openmpi-bin or mpich)");
    return found;
  }

  /** Leaves a test out, with a message, where this launcher is not there. */
  public void assumeThere() {
    assumeTrue(
        program().isPresent(), "there is no " + names.get(0) + " here (Debian: " + debian + ")");
  }

  /** Returns the name of the library that belongs to this launcher. */
  public String library() {
    return library;
  }

  /** Returns the words that start some processes. */
  List<String> words(int ranks) {
    return Stream.of(
            List.of(program().orElseThrow().toString()),
            options,
            List.of("-np", Integer.toString(ranks)))
        .flatMap(List::stream)
        .toList();
  }

  /** A program of another launcher may have the same name, so each is asked what it is. */
  private synchronized Optional<Path> program() {
    if (program == null) {
      program = names.stream().flatMap(MpiLauncher::found).filter(this::isOurs).findFirst();
    }
    return program;
  }

  private static Stream<Path> found(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .map(folder -> Path.of(folder).resolve(name))
        .filter(Files::isExecutable);
  }

  private boolean isOurs(Path candidate) {
    try {
      Process asked =
          new ProcessBuilder(candidate.toString(), "--version").redirectErrorStream(true).start();
      asked.getOutputStream().close();
      return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .contains(version);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
