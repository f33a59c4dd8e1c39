package org.anymod.torch;

/** How AdamW treats a weight that a step may leave without any gradient, in part or altogether. */
public enum TableUpdate {
  /** It gets a gradient everywhere in each step. */
  WHOLE,
  /**
   * Updated everywhere in each step, as AdamW demands, but its gradient is known to be zero outside
   * of the rows that the step touched: these alone are measured, clipped and cleared.
   */
  SPARSE,
  /** Only touched rows are updated, each with a count of updates of its own. */
  ROWS,
  /** Updated everywhere, but only in steps that touch it. */
  TOUCHED
}
