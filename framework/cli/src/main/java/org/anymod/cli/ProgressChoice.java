package org.anymod.cli;

import java.io.PrintWriter;
import org.anymod.core.Progress;

/** Picks how progress is shown. It goes to standard error, so that results stay clean. */
final class ProgressChoice {
  private ProgressChoice() {}

  /** Progress for a task with many quick steps: lines are at least some seconds apart. */
  static Progress on(PrintWriter err) {
    return isTerminal()
        ? new TerminalProgress(System.err)
        : new LineProgress(err, System::nanoTime);
  }

  /** Progress for a task that itself says when there is something worth a line. */
  static Progress eachStepOn(PrintWriter err) {
    return isTerminal()
        ? new TerminalProgress(System.err)
        : new LineProgress(err, System::nanoTime, 0);
  }

  private static boolean isTerminal() {
    return System.console() != null && !"dumb".equals(System.getenv("TERM"));
  }
}
