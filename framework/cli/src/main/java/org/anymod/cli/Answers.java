package org.anymod.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeoutException;
import org.anymod.core.StopSignal;
import org.anymod.core.generation.Generator;
import org.anymod.core.generation.OutputListener;
import org.anymod.core.generation.Pending;
import org.anymod.core.generation.Result;

/**
 * Asks a generator one request after the other, some ahead so that it can draw them together, and
 * takes the answers in order.
 */
final class Answers {
  private static final int AHEAD = 64;
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Generator generator;
  private final StopSignal stop;

  Answers(Generator generator, StopSignal stop) {
    this.generator = generator;
    this.stop = stop;
  }

  /** What is done with an answer. */
  interface Taker {
    void take(RequestMaker.Made made, Result result) throws IOException;
  }

  private record Asked(RequestMaker.Made made, Pending pending) {}

  /**
   * Asks everything.
   *
   * @throws StoppedException if the user wants to stop
   */
  void all(Iterator<RequestMaker.Made> requests, Taker taker)
      throws IOException, InterruptedException {
    Deque<Asked> asked = new ArrayDeque<>();
    try {
      while (requests.hasNext() || !asked.isEmpty()) {
        while (requests.hasNext() && asked.size() < AHEAD) {
          RequestMaker.Made made = requests.next();
          asked.add(new Asked(made, generator.submit(made.request(), OutputListener.NONE)));
        }
        Asked first = asked.getFirst();
        taker.take(first.made(), await(first.pending(), stop));
        asked.removeFirst();
      }
    } finally {
      asked.forEach(rest -> rest.pending().cancel());
    }
  }

  /**
   * Waits for an answer.
   *
   * @throws StoppedException if the user wants to stop
   */
  static Result await(Pending pending, StopSignal stop) throws InterruptedException {
    while (true) {
      if (stop.requested()) {
        throw new StoppedException();
      }
      try {
        return pending.await(LOOK);
      } catch (TimeoutException e) {
        // Time to look again whether the user wants to stop.
        continue;
      }
    }
  }
}
