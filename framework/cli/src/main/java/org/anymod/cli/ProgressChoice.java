package org.anymod.cli;

import java.io.PrintWriter;
import org.anymod.core.Progress;

/** Picks how progress is shown. It goes to standard error, so that results stay clean. */
final class ProgressChoice {
  private ProgressChoice() {}

  static Progress on(PrintWriter err) {
    boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    return terminal ? new TerminalProgress(System.err) : new LineProgress(err, System::nanoTime);
  }
}
