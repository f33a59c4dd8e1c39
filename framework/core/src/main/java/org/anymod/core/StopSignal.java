package org.anymod.core;

import java.util.concurrent.atomic.AtomicBoolean;

/** A request to stop a loop at the next safe point, made by another thread, such as on Ctrl-C. */
public final class StopSignal {
  private final AtomicBoolean requested = new AtomicBoolean();

  /** Asks the loop to stop. */
  public void request() {
    requested.set(true);
  }

  /**
   * Returns whether the loop should leave a checkpoint and stop.
   *
   * @return true after {@link #request()}
   */
  public boolean requested() {
    return requested.get();
  }
}
