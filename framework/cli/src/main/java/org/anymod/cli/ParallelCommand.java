package org.anymod.cli;

import java.util.concurrent.Callable;

/**
 * A command that several processes may do together. Any other is done by the first process of a
 * launch alone.
 */
interface ParallelCommand extends Callable<Integer> {

  /** Whether it shares the work also with the options that were chosen. */
  default boolean isShared() {
    return true;
  }
}
