package org.anymod.core;

/** Hears how far a long task is. Implementations show it on a terminal, in a log, or nowhere. */
public interface Progress {

  /**
   * A task starts.
   *
   * @param task what is done, for people
   * @param total number of units to do; 0 if unknown
   * @param unit name of a unit, such as {@code step}
   */
  void start(String task, long total, String unit);

  /**
   * The task has come to a point.
   *
   * @param done units done so far
   * @param note a short text such as the current loss, or an empty one
   */
  void advance(long done, String note);

  /** The task has ended. */
  void finish();

  /**
   * Something is worth a line of its own.
   *
   * @param line the text
   */
  void message(String line);

  /**
   * Returns a listener that shows nothing.
   *
   * @return the listener
   */
  static Progress silent() {
    return new Progress() {
      @Override
      public void start(String task, long total, String unit) {}

      @Override
      public void advance(long done, String note) {}

      @Override
      public void finish() {}

      @Override
      public void message(String line) {}
    };
  }
}
