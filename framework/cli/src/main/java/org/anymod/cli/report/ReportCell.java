package org.anymod.cli.report;

import java.awt.image.BufferedImage;

/** A place in a picture grid. */
public sealed interface ReportCell {

  /**
   * A picture.
   *
   * @param image the pixels
   * @param caption words under it; may be empty
   */
  record Picture(BufferedImage image, String caption) implements ReportCell {}

  /**
   * Words instead of a picture.
   *
   * @param text the words
   */
  record Words(String text) implements ReportCell {}

  /** Nothing to show here. */
  record Blank() implements ReportCell {}
}
