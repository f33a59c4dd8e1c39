package org.anymod.core.data;

import java.io.IOException;

/**
 * A dataset that is not as it should be. The message names the file, what was found, what is
 * allowed and what to do.
 */
public class DatasetException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was found where, and what is allowed
   */
  public DatasetException(String message) {
    super(message);
  }

  /**
   * Creates an exception with a cause.
   *
   * @param message what was found where, and what is allowed
   * @param cause what a library reported
   */
  public DatasetException(String message, Throwable cause) {
    super(message, cause);
  }
}
