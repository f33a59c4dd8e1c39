package org.anymod.sdk.archetype;

import java.util.Locale;

/** Kinds of modality that a new project can start from. */
public enum PluginKind {
  /** Text in the shared vocabulary. */
  TEXT,
  /** A picture or map as a grid of tokens. */
  GRID,
  /** A picture that a model reads as patches of pixels. */
  PIXELS,
  /** A sequence of codes. */
  SEQUENCE,
  /** Vectors that a model reads. */
  EMBEDDING;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
