package org.anymod.spi;

import java.awt.image.BufferedImage;

/** What a {@link Renderer} gives: a picture or a text. */
public sealed interface Rendering {

  /**
   * A picture.
   *
   * @param image the picture, of type {@code TYPE_INT_RGB}
   */
  record Picture(BufferedImage image) implements Rendering {
    /** Checks that the picture is present. */
    public Picture {
      Checks.present("image", image);
    }
  }

  /**
   * A text.
   *
   * @param text plain text, possibly of several lines
   */
  record Words(String text) implements Rendering {
    /** Checks that the text is present. */
    public Words {
      Checks.present("text", text);
    }
  }
}
