package org.anymod.toyworld;

/**
 * An endless list of small 3D scenes as a function of seed and index: the same numbers give the
 * same bytes in every run and on every thread. Safe for use by several threads.
 */
public final class ToyWorld {
  /** The smallest picture in which objects can be told apart. */
  public static final int SMALLEST_SIZE = 16;

  /** The largest picture that is rendered. */
  public static final int LARGEST_SIZE = 2048;

  private final int size;
  private final SceneComposer composer;
  private final Captioner captioner;

  /**
   * Creates the world of a seed.
   *
   * @param seed any number
   * @param size side of the pictures in pixels, 16 to 2048
   * @throws IllegalArgumentException if the size is out of range
   */
  public ToyWorld(long seed, int size) {
    if (size < SMALLEST_SIZE || size > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "size is " + size + ", must be " + SMALLEST_SIZE + " to " + LARGEST_SIZE);
    }
    this.size = size;
    composer = new SceneComposer(seed);
    captioner = new Captioner(seed);
  }

  /**
   * Returns a scene. It does not depend on the size of the pictures.
   *
   * @param index place in the list, at least 0
   * @return the scene
   * @throws IllegalArgumentException if the index is negative
   */
  public Scene scene(long index) {
    if (index < 0) {
      throw new IllegalArgumentException("index is " + index + ", must be at least 0");
    }
    return composer.compose(index);
  }

  /**
   * Renders a scene.
   *
   * @param index place in the list, at least 0
   * @return picture, ground truth and caption
   * @throws IllegalArgumentException if the index is negative
   */
  public RenderedScene render(long index) {
    Scene scene = scene(index);
    HitBuffer hits = HitBuffer.trace(scene, size);
    HitBuffer judged =
        size == SceneComposer.JUDGED_SIZE
            ? hits
            : HitBuffer.trace(scene, SceneComposer.JUDGED_SIZE);
    String caption = captioner.describe(scene, judged);
    return new RenderedScene(scene, hits, Renderer.paint(scene, size), caption);
  }
}
