package org.anymod.cli;

/** A command was told to stop and has left everything so that the same command goes on. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("stopped; the same command goes on from there");
  }
}
