package org.anymod.core.generation;

/** A request failed for a reason that lies not in the request. */
public final class GenerationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what happened
   * @param cause why
   */
  public GenerationException(String message, Throwable cause) {
    super(message, cause);
  }
}
