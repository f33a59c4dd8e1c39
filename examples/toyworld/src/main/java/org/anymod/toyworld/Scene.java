package org.anymod.toyworld;

import java.util.List;
import org.anymod.toyworld.geometry.Camera;

/**
 * Everything there is to see, independent of the size of the picture.
 *
 * @param index place in the endless list of scenes of a seed
 * @param camera the viewer
 * @param ground what everything stands on
 * @param sky what is behind everything
 * @param lighting sun, ambient light and fog
 * @param objects the things on the ground; the place in the list is the object's number in {@link
 *     HitBuffer}
 */
public record Scene(
    long index,
    Camera camera,
    Ground ground,
    Sky sky,
    Lighting lighting,
    List<SceneObject> objects) {

  /** Keeps a copy of the objects. */
  public Scene {
    objects = List.copyOf(objects);
  }

  /**
   * Returns how many of the objects are people.
   *
   * @return the count
   */
  public int people() {
    return (int) objects.stream().filter(object -> object.person().isPresent()).count();
  }

  Scene withObjects(List<SceneObject> others) {
    return new Scene(index, camera, ground, sky, lighting, others);
  }
}
