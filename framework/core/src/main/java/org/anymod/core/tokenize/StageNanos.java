package org.anymod.core.tokenize;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How long the stages of a tokenization took, in nanoseconds. Safe for use by several threads. */
public final class StageNanos {
  /** What is timed. */
  public enum Stage {
    /** Reading, decoding and cropping, summed over the threads that do it. */
    PREPARE,
    /** Waiting for values that are not prepared yet. */
    WAIT,
    /** Encoding, from values to tokens. */
    ENCODE,
    /** Packing and writing files. */
    WRITE
  }

  private final Map<Stage, LongAdder> nanos = new EnumMap<>(Stage.class);

  /** Starts with nothing. */
  public StageNanos() {
    for (Stage stage : Stage.values()) {
      nanos.put(stage, new LongAdder());
    }
  }

  /**
   * Adds the time since a moment of {@link System#nanoTime()}, and returns the moment that is now.
   */
  long since(long start, Stage stage) {
    long now = System.nanoTime();
    nanos.get(stage).add(now - start);
    return now;
  }

  /**
   * Returns the time of a stage.
   *
   * @param stage the stage
   * @return seconds so far
   */
  public double seconds(Stage stage) {
    return nanos.get(stage).sum() / 1e9;
  }
}
