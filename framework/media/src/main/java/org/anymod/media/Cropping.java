package org.anymod.media;

import org.anymod.spi.Crop;
import org.anymod.spi.Value;

/**
 * Cuts regions out of pictures and brings them to the size of the model input: cut, resize, then
 * mirror. What lies outside the picture is zero.
 *
 * <p>A picture of another size than the crop's original, such as a depth map at half resolution, is
 * cut at the same place in proportion, rounded to its own pixels.
 */
public final class Cropping {
  private Cropping() {}

  /**
   * Crops a raster.
   *
   * @param raster the whole picture
   * @param crop the region
   * @param size side of the square result in pixels
   * @param filter how to change the size
   * @return raster of shape (channels, size, size)
   */
  public static Value.Raster crop(Value.Raster raster, Crop crop, int size, Resampling filter) {
    Box box = Box.of(crop, raster.height(), raster.width());
    Value.Raster cut = raster;
    if (!box.covers(raster.height(), raster.width())) {
      float[] data = new float[Math.multiplyExact(raster.channels(), box.area())];
      for (int c = 0; c < raster.channels(); c++) {
        int from = c * raster.height() * raster.width();
        box.copy(raster.data(), from, raster.height(), raster.width(), data, c * box.area());
      }
      cut = new Value.Raster(raster.channels(), box.height(), box.width(), data);
    }
    Value.Raster resized = filter.resize(cut, size, size);
    if (crop.flip()) {
      mirror(resized.data(), raster.channels() * size, size);
    }
    return resized;
  }

  /**
   * Crops a class map; outside the picture is class 0.
   *
   * @param map the whole map
   * @param crop the region
   * @param size side of the square result in pixels
   * @return map of shape (size, size)
   */
  public static Value.ClassMap crop(Value.ClassMap map, Crop crop, int size) {
    Box box = Box.of(crop, map.height(), map.width());
    Value.ClassMap cut = map;
    if (!box.covers(map.height(), map.width())) {
      int[] data = new int[box.area()];
      box.copy(map.data(), 0, map.height(), map.width(), data, 0);
      cut = new Value.ClassMap(box.height(), box.width(), data);
    }
    Value.ClassMap resized = Resampling.resize(cut, size, size);
    if (crop.flip()) {
      mirror(resized.data(), size, size);
    }
    return resized;
  }

  private static void mirror(float[] data, int rows, int width) {
    for (int y = 0; y < rows; y++) {
      for (int left = y * width, right = left + width - 1; left < right; left++, right--) {
        float kept = data[left];
        data[left] = data[right];
        data[right] = kept;
      }
    }
  }

  private static void mirror(int[] data, int rows, int width) {
    for (int y = 0; y < rows; y++) {
      for (int left = y * width, right = left + width - 1; left < right; left++, right--) {
        int kept = data[left];
        data[left] = data[right];
        data[right] = kept;
      }
    }
  }

  /** The region in pixels of the picture at hand. */
  private record Box(int top, int left, int height, int width) {

    static Box of(Crop crop, int height, int width) {
      Box box = new Box(crop.top(), crop.left(), crop.height(), crop.width());
      if (height != crop.originalHeight() || width != crop.originalWidth()) {
        double down = (double) height / crop.originalHeight();
        double across = (double) width / crop.originalWidth();
        box =
            new Box(
                (int) Math.rint(crop.top() * down),
                (int) Math.rint(crop.left() * across),
                Math.max(1, (int) Math.rint(crop.height() * down)),
                Math.max(1, (int) Math.rint(crop.width() * across)));
      }
      if ((long) box.height * box.width > PictureReader.MAX_PIXELS) {
        throw new IllegalArgumentException(
            "the crop has "
                + box.height
                + " x "
                + box.width
                + " pixels, at most "
                + PictureReader.MAX_PIXELS
                + " are allowed");
      }
      return box;
    }

    int area() {
      return height * width;
    }

    boolean covers(int pictureHeight, int pictureWidth) {
      return top == 0 && left == 0 && height == pictureHeight && width == pictureWidth;
    }

    /**
     * Copies what lies inside the picture; {@code source} and {@code target} are both float[] or
     * both int[].
     */
    void copy(Object source, int from, int pictureHeight, int pictureWidth, Object target, int to) {
      int x0 = Math.max(0, left);
      int count = (int) Math.min(pictureWidth, (long) left + width) - x0;
      if (count <= 0) {
        return;
      }
      for (int y = 0; y < height; y++) {
        long row = (long) top + y;
        if (row >= 0 && row < pictureHeight) {
          int at = from + (int) row * pictureWidth + x0;
          System.arraycopy(source, at, target, to + y * width + x0 - left, count);
        }
      }
    }
  }
}
