package org.anymod.core.training;

/** A training that cannot go on as it is; the message says at which step, why, and what to do. */
public final class TrainingException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message the step, what happened there, and what to do
   */
  public TrainingException(String message) {
    super(message);
  }
}
