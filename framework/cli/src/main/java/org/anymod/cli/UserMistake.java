package org.anymod.cli;

/**
 * A request that cannot be carried out as it was put. The message says what was found and allowed.
 */
final class UserMistake extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserMistake(String message) {
    super(message);
  }
}
