package org.anymod.media.text;

/** Which text of a list is used. */
public enum TextChoice {
  /** The first. */
  FIRST,
  /** The one with the number of the crop: texts that are aligned with crops. */
  CROP,
  /** Any of them, drawn anew for each use. */
  RANDOM
}
