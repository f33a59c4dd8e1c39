package org.anymod.toyworld;

import java.util.List;
import org.anymod.toyworld.geometry.Camera;
import org.anymod.toyworld.geometry.Solid;
import org.anymod.toyworld.geometry.Vec3;

/** Scenes built by hand, whose answers can be worked out on paper. */
final class TestScenes {
  private static final Vec3 WHITE = new Vec3(1, 1, 1);
  private static final Vec3 GRAY = new Vec3(0.5, 0.5, 0.5);

  private TestScenes() {}

  /** A camera 2 m above the ground that looks along z; the sun stands overhead. */
  static Scene of(double fog, SceneObject... objects) {
    Camera camera = new Camera(new Vec3(0, 2, 0), 0, 0, Math.PI / 2);
    Ground ground = new Ground("gray", new Surface(Pattern.PLAIN, 1, GRAY, GRAY, 0), 1, 0);
    Sky sky = new Sky("blue", new Vec3(0.2, 0.4, 0.6), new Vec3(0, 0, 0.5));
    Lighting lighting = new Lighting(Vec3.UP, WHITE.times(0.8), WHITE.times(0.1), fog);
    return new Scene(0, camera, ground, sky, lighting, List.of(objects));
  }

  static SceneObject object(ToyClass kind, Solid solid, NamedColor color) {
    return object(kind, solid, color, SizeName.MEDIUM);
  }

  static SceneObject object(ToyClass kind, Solid solid, NamedColor color, SizeName size) {
    Surface surface = new Surface(Pattern.PLAIN, 1, color.linear(), color.linear(), 0);
    return new SceneObject(kind, solid, color, size, surface);
  }
}
