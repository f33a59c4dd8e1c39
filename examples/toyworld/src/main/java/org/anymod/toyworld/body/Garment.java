package org.anymod.toyworld.body;

/** What covers a limb. */
public enum Garment {
  /** Nothing. */
  SKIN,
  /** Trunk and upper arms. */
  SHIRT,
  /** Hips and legs. */
  TROUSERS,
  /** Feet. */
  SHOES
}
