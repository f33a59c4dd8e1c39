package org.anymod.cli;

import java.io.PrintStream;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.anymod.core.Progress;

/** Progress as a bar with rate and time left, redrawn in place on a terminal. */
final class TerminalProgress implements Progress {
  private static final int REDRAW_MILLIS = 200;
  private static final String CLEAR_LINE = "\r\u001b[2K";

  private final PrintStream terminal;
  private ProgressBar bar;

  TerminalProgress(PrintStream terminal) {
    this.terminal = terminal;
  }

  @Override
  public synchronized void start(String task, long total, String unit) {
    finish();
    bar =
        new ProgressBarBuilder()
            .setTaskName(task)
            .setInitialMax(total > 0 ? total : -1)
            .setUnit(" " + unit + "s", 1)
            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BAR)
            .setUpdateIntervalMillis(REDRAW_MILLIS)
            .setConsumer(new ConsoleProgressBarConsumer(terminal))
            .showSpeed(new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
            .build();
  }

  @Override
  public synchronized void advance(long done, String note) {
    if (bar != null) {
      bar.stepTo(done);
      bar.setExtraMessage(note);
    }
  }

  @Override
  public synchronized void finish() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public synchronized void message(String line) {
    terminal.println((bar == null ? "" : CLEAR_LINE) + line);
    if (bar != null) {
      bar.refresh();
    }
  }
}
