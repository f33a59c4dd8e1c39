package org.anymod.torch.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Processes of this Java under a launcher of MPI, with the classes of the test. */
public final class MpiProcesses {
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  private final Process process;
  private final Path output;

  /**
   * What came of it.
   *
   * @param code exit code of the launcher, -1 if it had to be killed
   * @param output what launcher and processes printed
   */
  public record Ended(int code, String output) {}

  private MpiProcesses(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /** Starts some. */
  public static MpiProcesses start(
      MpiLauncher launcher, int ranks, Class<?> program, String... arguments) throws IOException {
    return start(launcher, ranks, Map.of(), program, arguments);
  }

  /** Starts some with more variables in their environment. */
  public static MpiProcesses start(
      MpiLauncher launcher,
      int ranks,
      Map<String, String> environment,
      Class<?> program,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(launcher.words(ranks));
    command.add(JAVA);
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dai.djl.offline=true", "-cp", classes(), program.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("ranks", ".txt");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
    // There may be more processes than cores.
    builder.environment().put("OMPI_MCA_mpi_yield_when_idle", "1");
    builder.environment().put("MPIR_CVAR_POLLS_BEFORE_YIELD", "1");
    builder.environment().putAll(environment);
    return new MpiProcesses(builder.start(), output);
  }

  private static String classes() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  /** Waits until something is so. */
  public void await(Callable<Boolean> something, int seconds) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!something.call()) {
      if (System.nanoTime() > end || !process.isAlive()) {
        throw new IllegalStateException("nothing came of it: " + end(1).output());
      }
      Thread.sleep(50);
    }
  }

  /** Returns the process of a rank; there may be processes of the launcher between. */
  public ProcessHandle rank(int rank) {
    return process
        .descendants()
        .filter(child -> child.info().command().filter(c -> c.endsWith("/java")).isPresent())
        .sorted()
        .toList()
        .get(rank);
  }

  /** Waits for the end, but not for ever. */
  public Ended end(int seconds) throws Exception {
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
