package org.anymod.core.training;

import java.util.concurrent.TimeUnit;
import org.anymod.core.Progress;

/** Lets a task do two parts and holds it in the second until its process is killed. */
final class Stuck implements Progress {
  private int parts;

  @Override
  public void start(String task, long total, String unit) {}

  @Override
  public void advance(long done, String note) {
    if (++parts == 2) {
      try {
        TimeUnit.MINUTES.sleep(2);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void finish() {}

  @Override
  public void message(String line) {}
}
