package org.anymod.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.StopSignal;

/** One accepted request on its way: what has become of it, and what has finished so far. */
final class Job {
  /** What has become of a request. */
  enum State {
    WAITING,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED,
    TIMED_OUT;

    boolean isEnd() {
      return this != WAITING && this != RUNNING;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Something that clients are told. */
  record Event(String name, Map<String, Object> data) {}

  private final String id;
  private final GenerateRequest request;
  private final StopSignal stop = new StopSignal();
  private final List<Event> events = new ArrayList<>();
  private final Map<String, List<ShownValue>> results = new LinkedHashMap<>();
  private final long accepted = System.nanoTime();
  private long started;
  private long ended;
  private State state = State.WAITING;
  private String reason = "";

  Job(String id, GenerateRequest request) {
    this.id = id;
    this.request = request;
  }

  String id() {
    return id;
  }

  GenerateRequest request() {
    return request;
  }

  /** Returns what the generator asks between steps. */
  StopSignal stopSignal() {
    return stop;
  }

  synchronized State state() {
    return state;
  }

  /** Begins to run, unless it was cancelled while it waited. */
  synchronized boolean begin() {
    if (state != State.WAITING) {
      return false;
    }
    state = State.RUNNING;
    started = System.nanoTime();
    tell(new Event("running", Map.of("id", id)));
    return true;
  }

  /** An output has finished for the next samples. */
  synchronized void finished(String key, List<ShownValue> values) {
    if (state.isEnd()) {
      return;
    }
    List<ShownValue> all = new ArrayList<>(results.getOrDefault(key, List.of()));
    all.addAll(values);
    results.put(key, List.copyOf(all));
    tell(new Event("result", JobView.output(this, key)));
  }

  /** Ends it, with results or a reason; later ends change nothing. */
  synchronized void end(State how, String why) {
    if (state.isEnd()) {
      return;
    }
    state = how;
    reason = why;
    ended = System.nanoTime();
    stop.request();
    tell(new Event("end", Map.of("id", id, "state", how.word(), "reason", why)));
  }

  private void tell(Event event) {
    events.add(event);
    notifyAll();
  }

  /**
   * Waits for something to tell.
   *
   * @param from number of events that were told already
   * @param patience how long to wait
   * @return the events after these; none if nothing happened
   */
  synchronized List<Event> await(int from, Duration patience) throws InterruptedException {
    long until = System.nanoTime() + patience.toNanos();
    long left = patience.toMillis();
    while (events.size() <= from && left > 0) {
      wait(left);
      left = Duration.ofNanos(until - System.nanoTime()).toMillis();
    }
    return List.copyOf(events.subList(Math.min(from, events.size()), events.size()));
  }

  synchronized Optional<List<ShownValue>> results(String key) {
    return Optional.ofNullable(results.get(key));
  }

  synchronized String reason() {
    return reason;
  }

  /** Returns how long it has run. */
  synchronized Duration running() {
    if (started == 0) {
      return Duration.ZERO;
    }
    return Duration.ofNanos((state.isEnd() ? ended : System.nanoTime()) - started);
  }

  /** Returns how long it waited before it ran, or was cancelled. */
  synchronized Duration waited() {
    long until = started != 0 ? started : state.isEnd() ? ended : System.nanoTime();
    return Duration.ofNanos(until - accepted);
  }
}
