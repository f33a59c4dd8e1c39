package org.anymod.toyworld;

/**
 * A scene with its picture and all that is known about it.
 *
 * @param scene what is seen
 * @param hits what each pixel shows
 * @param judged the same at {@link ToyWorld#JUDGED_SIZE}, for words and counts that do not depend
 *     on the size rendered
 * @param rgb 8-bit sRGB values, {@code (size, size, 3)}, row-major; not to be changed
 * @param caption a description in English
 */
public record RenderedScene(
    Scene scene, HitBuffer hits, HitBuffer judged, byte[] rgb, String caption) {

  /**
   * Returns the side of the picture.
   *
   * @return pixels
   */
  public int size() {
    return hits.size();
  }

  /**
   * Returns the depth of each pixel as a number from 0 to 1.
   *
   * @return {@link DepthScale#fromMetres} of the depths, {@code (size * size)}
   */
  public float[] depth() {
    float[] depth = new float[size() * size()];
    for (int pixel = 0; pixel < depth.length; pixel++) {
      depth[pixel] = (float) DepthScale.fromMetres(hits.depth(pixel));
    }
    return depth;
  }

  /**
   * Returns the class of each pixel.
   *
   * @return places in {@link ToyClass#labels()}, {@code (size * size)}
   */
  public byte[] classes() {
    return hits.classes();
  }
}
