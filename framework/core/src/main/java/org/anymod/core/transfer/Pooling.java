package org.anymod.core.transfer;

/** How tokens become one vector for a whole picture. */
public enum Pooling {
  /** Mean of all patches. */
  MEAN,
  /** The first register; the model must have one. */
  FIRST_REGISTER,
  /** Mean of all patches, weighed by how well each matches a trained query. */
  ATTENTION
}
