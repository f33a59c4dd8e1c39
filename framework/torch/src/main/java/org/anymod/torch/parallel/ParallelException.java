package org.anymod.torch.parallel;

/** Processes cannot work together: a library is missing or refuses, or ranks do not agree. */
public final class ParallelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what is wrong, what was found, and what to do
   */
  public ParallelException(String message) {
    super(message);
  }

  ParallelException(String message, Throwable cause) {
    super(message, cause);
  }
}
