package org.anymod.spi;

/**
 * Bytes or a value that do not fit their declaration. The message says what was found and what is
 * allowed.
 */
public class InvalidDataException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was found and what is allowed
   */
  public InvalidDataException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message what was found and what is allowed
   * @param cause what a library reported
   */
  public InvalidDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
