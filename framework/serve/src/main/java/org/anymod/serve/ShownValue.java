package org.anymod.serve;

import org.anymod.core.modality.UsedModality;
import org.anymod.media.Pictures;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/**
 * A value and how it is shown: as a picture or as words.
 *
 * @param modality what it is
 * @param value the value
 * @param picture a PNG; null where it is shown as words
 * @param words a text; null where it is shown as a picture
 */
record ShownValue(UsedModality modality, Value value, byte[] picture, String words) {

  static ShownValue of(UsedModality modality, Value value) {
    Rendering rendering = modality.modality().renderer().render(value);
    return rendering instanceof Rendering.Picture picture
        ? new ShownValue(modality, value, Pictures.encodePng(picture.image()), null)
        : new ShownValue(modality, value, null, ((Rendering.Words) rendering).text());
  }

  boolean isPicture() {
    return picture != null;
  }

  /** Returns the value as an ordinary file of its modality. */
  byte[] file() {
    return modality.modality().codec().encode(value);
  }

  String extension() {
    return modality.modality().codec().extensions().get(0);
  }
}
