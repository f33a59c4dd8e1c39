package org.anymod.core.generation;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request that was handed to a generator. Safe for use by several threads. */
public final class Pending {
  private final Job job;

  Pending(Job job) {
    this.job = job;
  }

  /**
   * Waits for the answer.
   *
   * @return the answer
   * @throws InterruptedException if the waiting thread is interrupted; the request goes on
   * @throws RequestException if the request cannot be answered
   * @throws GenerationException if answering it failed
   * @throws CancellationException if it was cancelled, or the generator closed
   */
  public Result await() throws InterruptedException {
    try {
      return job.answer().get();
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  /**
   * Waits for the answer, but not for ever. The request goes on if the time is over; {@link
   * #cancel} ends it.
   *
   * @param most how long to wait
   * @return the answer
   * @throws InterruptedException if the waiting thread is interrupted
   * @throws TimeoutException if there is no answer in that time
   * @throws RequestException if the request cannot be answered
   * @throws GenerationException if answering it failed
   * @throws CancellationException if it was cancelled, or the generator closed
   */
  public Result await(Duration most) throws InterruptedException, TimeoutException {
    try {
      return job.answer().get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static RuntimeException failure(Throwable cause) {
    if (cause instanceof RequestException mistake) {
      return new RequestException(mistake.getMessage(), mistake);
    }
    return new GenerationException("the request failed: " + cause, cause);
  }

  /** Ends the request: between two steps, unless other requests are drawn together with it. */
  public void cancel() {
    job.cancel();
  }

  /**
   * Returns whether there is an answer, a failure or a cancellation.
   *
   * @return true if {@link #await()} does not wait
   */
  public boolean isDone() {
    return job.answer().isDone();
  }

  /**
   * Runs an action once the request is over, on the thread that ends it.
   *
   * @param action what to do; should be quick
   */
  public void whenDone(Runnable action) {
    job.answer().whenComplete((result, failure) -> action.run());
  }
}
