package org.anymod.networks.labeling;

/** How pictures are brought to the size that a network takes. */
public enum Resampling {
  /** The nearest pixel. */
  NEAREST,
  /** Triangle filter, antialiased where the picture shrinks. */
  BILINEAR,
  /** Cubic filter, antialiased where the picture shrinks; overshoot is cut to [0, 1]. */
  BICUBIC
}
