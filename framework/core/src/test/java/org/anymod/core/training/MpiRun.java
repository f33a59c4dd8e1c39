package org.anymod.core.training;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Processes of this Java under {@code mpirun}, with the classes of the test. */
final class MpiRun {
  private final Process process;
  private final Path output;

  /** What came of it. */
  record Ended(int code, String output) {}

  private MpiRun(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Leaves a test out, with a message, where there is no {@code mpirun}. */
  static void assumeThere() {
    boolean there =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve("mpirun")));
    assumeTrue(there, "there is no mpirun here (Debian: openmpi-bin)");
  }

  static MpiRun of(int ranks, Class<?> program, String... arguments) throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                "mpirun",
                "--allow-run-as-root",
                "--oversubscribe",
                "-np",
                Integer.toString(ranks),
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-cp",
                classes,
                program.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("ranks", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    builder.environment().put("OMPI_MCA_mpi_yield_when_idle", "1");
    return new MpiRun(builder.start(), output);
  }

  /** Waits until something is so. */
  void await(Callable<Boolean> something, int seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!something.call()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IllegalStateException("nothing came of it: " + end(1).output());
      }
      Thread.sleep(50);
    }
  }

  /** The process of a rank. */
  long process(int rank) {
    List<ProcessHandle> children =
        process.descendants().filter(ProcessHandle::isAlive).sorted().toList();
    return children.get(rank).pid();
  }

  /** Waits for the end, but not for ever. */
  Ended end(int seconds) throws Exception {
    boolean ended = process.waitFor(seconds, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    String text = Files.readString(output);
    Files.delete(output);
    return new Ended(ended ? process.exitValue() : -1, text);
  }
}
