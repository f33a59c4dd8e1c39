package org.anymod.torch.parallel;

/**
 * What a rank has exchanged with the others so far.
 *
 * @param bytes bytes of the tensors and numbers that took part, each counted once
 * @param busyNanos time in which something was under way, also beside computation
 * @param waitedNanos time in which computation waited for it
 */
public record Traffic(long bytes, long busyNanos, long waitedNanos) {
  /** Nothing. */
  public static final Traffic NONE = new Traffic(0, 0, 0);

  /**
   * Returns what came since an earlier point.
   *
   * @param earlier what had been exchanged then
   * @return the difference
   */
  public Traffic since(Traffic earlier) {
    return new Traffic(
        bytes - earlier.bytes, busyNanos - earlier.busyNanos, waitedNanos - earlier.waitedNanos);
  }
}
