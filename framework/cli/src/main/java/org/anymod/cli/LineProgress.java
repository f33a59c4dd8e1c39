package org.anymod.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;
import org.anymod.core.Progress;

/** Progress as plain lines with a pause between them: for logs and pipes. */
final class LineProgress implements Progress {
  private static final long USUAL_PAUSE = 5_000_000_000L;

  private final PrintWriter out;
  private final LongSupplier nanos;
  private final long pause;

  private String task = "";
  private String unit = "";
  private long total;
  private long done;
  private long started;
  private long lastLine;
  private long doneAtLastLine;

  LineProgress(PrintWriter out, LongSupplier nanos) {
    this(out, nanos, USUAL_PAUSE);
  }

  /** Writes lines that are at least a number of nanoseconds apart. */
  LineProgress(PrintWriter out, LongSupplier nanos, long pause) {
    this.out = out;
    this.nanos = nanos;
    this.pause = pause;
  }

  @Override
  public synchronized void start(String task, long total, String unit) {
    this.task = task;
    this.total = total;
    this.unit = unit;
    done = 0;
    doneAtLastLine = 0;
    started = nanos.getAsLong();
    lastLine = started;
    line(task + (total > 0 ? ": " + total + " " + plural(total) : ""));
  }

  @Override
  public synchronized void advance(long done, String note) {
    this.done = done;
    long now = nanos.getAsLong();
    if (now - lastLine < pause) {
      return;
    }
    line(task + ": " + state(now) + (note.isEmpty() ? "" : ", " + note));
    lastLine = now;
    doneAtLastLine = done;
  }

  @Override
  public synchronized void finish() {
    long now = nanos.getAsLong();
    line(task + ": done, " + done + " " + plural(done) + " in " + Durations.text(now - started));
  }

  @Override
  public synchronized void message(String line) {
    line(line);
  }

  private String state(long now) {
    // Since the last line, so that units done before a resumption do not count as quick ones.
    double rate = (done - doneAtLastLine) * 1e9 / Math.max(1, now - lastLine);
    StringBuilder text = new StringBuilder().append(done);
    if (total > 0) {
      text.append('/').append(total);
    }
    text.append(' ').append(plural(Math.max(done, total)));
    text.append(", ").append(Durations.rate(rate, unit));
    if (total > done && rate > 0) {
      long left = (long) ((total - done) / rate * 1e9);
      text.append(", ").append(Durations.text(left)).append(" left");
    }
    return text.toString();
  }

  private String plural(long count) {
    return count == 1 ? unit : unit + "s";
  }

  private void line(String text) {
    out.println(text);
    out.flush();
  }
}
