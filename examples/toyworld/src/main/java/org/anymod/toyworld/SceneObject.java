package org.anymod.toyworld;

import java.util.Optional;
import org.anymod.toyworld.geometry.Solid;
import org.anymod.toyworld.geometry.SurfacePoint;
import org.anymod.toyworld.geometry.Vec3;

/**
 * A thing on the ground.
 *
 * @param kind its class
 * @param solid its form and place
 * @param color the name of its colour
 * @param size the name of its size
 * @param surface how it looks; of a person the shirt
 * @param person pose and clothes if it is a person
 */
public record SceneObject(
    ToyClass kind,
    Solid solid,
    NamedColor color,
    SizeName size,
    Surface surface,
    Optional<Person> person) {

  /**
   * Creates a thing that is no person.
   *
   * @param kind its class
   * @param solid its form and place
   * @param color the name of its colour
   * @param size the name of its size
   * @param surface how it looks
   */
  public SceneObject(ToyClass kind, Solid solid, NamedColor color, SizeName size, Surface surface) {
    this(kind, solid, color, size, surface, Optional.empty());
  }

  /**
   * Returns the linear reflectance at a point of the surface, seen by a sample of so many metres.
   */
  Vec3 albedo(Vec3 point, double span) {
    if (person.isPresent()) {
      return person.get().albedo(point);
    }
    SurfacePoint place = solid.unroll(point);
    return surface.albedo(place.u(), place.v(), span);
  }
}
