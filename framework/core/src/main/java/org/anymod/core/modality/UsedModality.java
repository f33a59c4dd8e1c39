package org.anymod.core.modality;

import org.anymod.spi.Declaration;
import org.anymod.spi.Modality;

/**
 * A modality as a run uses it.
 *
 * @param modality what the plugin brings
 * @param declaration key, kind and the roles that the recipe uses
 * @param resolution side of the square picture in pixels
 */
public record UsedModality(Modality modality, Declaration declaration, int resolution) {

  /**
   * Returns the model key.
   *
   * @return the key
   */
  public String key() {
    return declaration.key();
  }

  /**
   * Returns the folder name of its files.
   *
   * @return the source
   */
  public String source() {
    return modality.source();
  }
}
