package org.anymod.cli;

import org.anymod.core.Progress;

/** Passes progress on and notices whether there was any: a stage that is done already has none. */
final class NoticingProgress implements Progress {
  private final Progress shown;
  private boolean worked;

  NoticingProgress(Progress shown) {
    this.shown = shown;
  }

  boolean worked() {
    return worked;
  }

  @Override
  public void start(String task, long total, String unit) {
    worked = true;
    shown.start(task, total, unit);
  }

  @Override
  public void advance(long done, String note) {
    shown.advance(done, note);
  }

  @Override
  public void finish() {
    shown.finish();
  }

  @Override
  public void message(String line) {
    shown.message(line);
  }
}
