package org.anymod.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.anymod.core.StopSignal;

/**
 * While open, turns Ctrl-C into a request to stop at the next safe point, and keeps the process
 * alive until the loop has got there or half a minute is over.
 */
final class Interruption implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final StopSignal stop = new StopSignal();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final PrintWriter err;
  private final Thread hook = new Thread(this::stopAndWait, "interruption");

  private Interruption(PrintWriter err) {
    this.err = err;
  }

  static Interruption open(PrintWriter err) {
    Interruption interruption = new Interruption(err);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** Returns what the loop asks. */
  StopSignal signal() {
    return stop;
  }

  /** What happens when the process is told to end. */
  void stopAndWait() {
    stop.request();
    err.println("anymod: stopping at the next safe point");
    err.flush();
    try {
      if (!closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        err.println("anymod: gave up waiting after " + PATIENCE_SECONDS + " s");
        err.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is already ending, which is what the hook waits for.
      return;
    }
  }
}
