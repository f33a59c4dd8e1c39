package org.anymod.host.recipe;

/** What a YAML text may cost to read, so that no file can exhaust the memory. */
final class Limits {
  /** Largest file in bytes. */
  static final int BYTES = 1 << 20;

  /** Deepest nesting of lists and mappings. */
  static final int DEPTH = 50;

  /** Largest number of aliases. */
  static final int ALIASES = 50;

  /** Largest number of values after aliases are replaced by what they stand for. */
  static final int VALUES = 100_000;

  private Limits() {}
}
