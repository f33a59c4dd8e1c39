package org.anymod.media;

import org.anymod.spi.Crop;

/**
 * A place in a picture: the top left corner is (0, 0), pixel i covers the numbers from i to i + 1.
 *
 * @param x to the right
 * @param y down
 */
public record Point(double x, double y) {

  /**
   * Returns where a place of the original picture is in a crop.
   *
   * @param crop the region
   * @param side side of the square result
   * @return the place, mirrored if the crop is; may lie outside the result
   */
  public Point into(Crop crop, double side) {
    double across = (x - crop.left()) / crop.width() * side;
    double down = (y - crop.top()) / crop.height() * side;
    return new Point(crop.flip() ? side - across : across, down);
  }
}
