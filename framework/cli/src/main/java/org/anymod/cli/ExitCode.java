package org.anymod.cli;

/** What the process tells its caller. */
final class ExitCode {
  /** All went well. */
  static final int OK = 0;

  /** The command ran and found a fault, or broke. */
  static final int FAILED = 1;

  /** The request cannot be carried out as it was put: a bad option, recipe or file. */
  static final int USER_ERROR = 2;

  /** The command was told to stop before it was done; the same command goes on from there. */
  static final int STOPPED = 130;

  private ExitCode() {}
}
