package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;

/** The program inside this process, for tests in other packages. */
public final class ProgramOfTests {
  private ProgramOfTests() {}

  /**
   * Runs a command.
   *
   * @param out hears all that it says
   * @param words the command line
   * @return its exit code
   */
  public static int run(PrintWriter out, String... words) {
    return Anymod.run(out, out, words);
  }

  /**
   * Puts the plugins of this build into a folder, as an installation has them.
   *
   * @param home folder of the installation
   */
  public static void plugins(Path home) throws IOException {
    ShippedPlugins.in(home);
  }
}
