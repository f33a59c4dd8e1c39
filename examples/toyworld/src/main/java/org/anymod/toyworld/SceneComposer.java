package org.anymod.toyworld;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anymod.torch.StreamRandom;
import org.anymod.toyworld.geometry.Camera;

/**
 * Composes scenes: a place and a light first, then two to six objects of which enough can be seen.
 */
final class SceneComposer {
  static final int FEWEST_OBJECTS = 2;

  /**
   * Side of the picture in which visibility is judged, whatever the size that is rendered later.
   */
  static final int JUDGED_SIZE = ToyWorld.JUDGED_SIZE;

  /** Pixels of the judged picture that every object covers. */
  static final int FEWEST_PIXELS = 30;

  private static final int DRAFT_SIZE = 32;
  private static final int FEWEST_DRAFT_PIXELS = 9;
  private static final int TRIES_PER_OBJECT = 10;
  private static final int ATTEMPTS = 1000;
  private static final double[] COUNT_WEIGHTS = {0.42, 0.28, 0.16, 0.09, 0.05};

  private final long seed;

  SceneComposer(long seed) {
    this.seed = seed;
  }

  Scene compose(long index) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Chance chance = new Chance(StreamRandom.at(seed, "toy world scene", index, attempt));
      Optional<Scene> scene = attempt(chance, index);
      if (scene.isPresent()) {
        return scene.get();
      }
    }
    throw new IllegalStateException(
        "no scene " + index + " for seed " + seed + " after " + ATTEMPTS + " attempts");
  }

  private static Optional<Scene> attempt(Chance chance, long index) {
    Scene scene = new SettingComposer(chance).emptyScene(index);
    int count = FEWEST_OBJECTS + chance.weighted(COUNT_WEIGHTS);
    Scene crowded = populate(scene, count, chance);
    return withoutHidden(crowded).filter(s -> s.objects().size() >= FEWEST_OBJECTS);
  }

  private static Scene populate(Scene scene, int count, Chance chance) {
    ObjectComposer composer = new ObjectComposer(chance);
    Scene populated = scene;
    for (int left = TRIES_PER_OBJECT * count; left > 0; left--) {
      if (populated.objects().size() == count) {
        return populated;
      }
      Optional<SceneObject> object = composer.compose(scene.camera());
      if (object.isPresent() && hasRoom(object.get(), populated)) {
        Scene candidate = with(populated, object.get());
        populated = allVisible(candidate) ? candidate : populated;
      }
    }
    return populated;
  }

  private static Scene with(Scene scene, SceneObject object) {
    List<SceneObject> objects = new ArrayList<>(scene.objects());
    objects.add(object);
    return scene.withObjects(objects);
  }

  static boolean hasRoom(SceneObject object, Scene scene) {
    for (SceneObject other : scene.objects()) {
      double dx = object.solid().center().x() - other.solid().center().x();
      double dz = object.solid().center().z() - other.solid().center().z();
      double needed = object.solid().footprint() + other.solid().footprint();
      if (dx * dx + dz * dz < needed * needed) {
        return false;
      }
    }
    Camera camera = scene.camera();
    double dx = object.solid().center().x() - camera.position().x();
    double dz = object.solid().center().z() - camera.position().z();
    double needed = object.solid().footprint() + 0.3;
    return dx * dx + dz * dz > needed * needed;
  }

  private static boolean allVisible(Scene scene) {
    for (ObjectView view : ObjectView.of(scene, HitBuffer.trace(scene, DRAFT_SIZE))) {
      if (view.pixels() < FEWEST_DRAFT_PIXELS) {
        return false;
      }
    }
    return true;
  }

  /**
   * Takes away objects of which too little can be seen in the judged picture; the others can only
   * gain by it.
   */
  private static Optional<Scene> withoutHidden(Scene scene) {
    if (scene.objects().isEmpty()) {
      return Optional.empty();
    }
    List<ObjectView> views = ObjectView.of(scene, HitBuffer.trace(scene, JUDGED_SIZE));
    List<SceneObject> kept = new ArrayList<>();
    for (ObjectView view : views) {
      if (view.pixels() >= FEWEST_PIXELS) {
        kept.add(scene.objects().get(view.object()));
      }
    }
    return Optional.of(scene.withObjects(kept));
  }
}
