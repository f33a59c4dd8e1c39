package org.anymod.toyworld;

import java.util.Optional;

/**
 * An endless list of small 3D scenes as a function of seed and index: the same numbers give the
 * same bytes in every run and on every thread. Safe for use by several threads.
 */
public final class ToyWorld {
  /** The smallest picture in which objects can be told apart. */
  public static final int SMALLEST_SIZE = 16;

  /** The largest picture that is rendered. */
  public static final int LARGEST_SIZE = 2048;

  /** The size at which visibility is judged and scenes are described. */
  public static final int JUDGED_SIZE = 64;

  private final int size;
  private final SceneComposer composer;
  private final Captioner captioner;
  private final Optional<PeopleComposer> people;

  /**
   * Creates the world of a seed, without people.
   *
   * @param seed any number
   * @param size side of the pictures in pixels, 16 to 2048
   * @throws IllegalArgumentException if the size is out of range
   */
  public ToyWorld(long seed, int size) {
    this(seed, size, false);
  }

  private ToyWorld(long seed, int size, boolean people) {
    if (size < SMALLEST_SIZE || size > LARGEST_SIZE) {
      throw new IllegalArgumentException(
          "size is " + size + ", must be " + SMALLEST_SIZE + " to " + LARGEST_SIZE);
    }
    this.size = size;
    composer = new SceneComposer(seed);
    captioner = new Captioner(seed);
    this.people = people ? Optional.of(new PeopleComposer(seed)) : Optional.empty();
  }

  /**
   * Creates the world of a seed in which up to two people join the solids of each scene.
   *
   * @param seed any number
   * @param size side of the pictures in pixels, 16 to 2048
   * @return the world; all but the people is that of the world without them
   * @throws IllegalArgumentException if the size is out of range
   */
  public static ToyWorld withPeople(long seed, int size) {
    return new ToyWorld(seed, size, true);
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
    Scene scene = composer.compose(index);
    return people.map(added -> added.populate(scene)).orElse(scene);
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
    HitBuffer judged = size == JUDGED_SIZE ? hits : HitBuffer.trace(scene, JUDGED_SIZE);
    String caption = captioner.describe(scene, judged);
    return new RenderedScene(scene, hits, judged, Renderer.paint(scene, size), caption);
  }
}
