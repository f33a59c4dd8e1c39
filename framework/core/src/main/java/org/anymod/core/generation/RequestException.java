package org.anymod.core.generation;

/**
 * A request that a model cannot answer as it was put. The message says what was found and what is
 * allowed.
 */
public final class RequestException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was found and what is allowed
   */
  public RequestException(String message) {
    super(message);
  }

  /**
   * Creates an exception.
   *
   * @param message what was found and what is allowed
   * @param cause what noticed it
   */
  public RequestException(String message, Throwable cause) {
    super(message, cause);
  }
}
