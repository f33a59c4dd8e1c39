package org.anymod.core.training;

import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.torch.parallel.Communicator;

/** Asks the last of several ranks to stop once it has done its part of a task. */
final class StopAtTheEnd implements Progress {
  private final Communicator ranks;
  private final StopSignal stop;
  private long total;

  StopAtTheEnd(Communicator ranks, StopSignal stop) {
    this.ranks = ranks;
    this.stop = stop;
  }

  @Override
  public void start(String task, long total, String unit) {
    this.total = total;
    advance(0, "");
  }

  @Override
  public void advance(long done, String note) {
    if (done == total && ranks.rank() == ranks.size() - 1) {
      stop.request();
    }
  }

  @Override
  public void finish() {}

  @Override
  public void message(String line) {}
}
