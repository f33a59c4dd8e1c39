package org.anymod.toyworld;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anymod.torch.StreamRandom;
import org.anymod.toyworld.body.BodyPose;
import org.anymod.toyworld.body.BodyShape;
import org.anymod.toyworld.geometry.Camera;
import org.anymod.toyworld.geometry.Vec3;

/**
 * Puts up to two people into scenes: wholly inside the picture, apart from the solids, seen for the
 * most part, and without hiding anything.
 */
final class PeopleComposer {
  private static final double[] COUNT_WEIGHTS = {0.12, 0.5, 0.38};
  private static final int TRIES_PER_PERSON = 150;
  private static final double LEAST_HEIGHT = 0.28;
  private static final double MOST_HEIGHT = 0.95;
  private static final double USUAL_METRES = 1.7;
  private static final double MOST_DEPTH = 20;
  private static final double MARGIN = 0.02;
  private static final double LEAST_SEEN = 0.6;
  private static final double FACING = 0.7;
  private static final Vec3[] SKINS = {
    LinearColor.fromHex(0xE8BE9C),
    LinearColor.fromHex(0xC68E63),
    LinearColor.fromHex(0x8D5A3B),
    LinearColor.fromHex(0x573622)
  };
  private static final Vec3[] TROUSERS = {
    LinearColor.fromHex(0x2B3A67), LinearColor.fromHex(0x3C3C3C), LinearColor.fromHex(0x7A6A50)
  };
  private static final Vec3 SHOES = LinearColor.fromHex(0x2A2422);

  private final long seed;

  PeopleComposer(long seed) {
    this.seed = seed;
  }

  Scene populate(Scene scene) {
    Chance chance = new Chance(StreamRandom.at(seed, "toy world people", scene.index()));
    int count = chance.weighted(COUNT_WEIGHTS);
    Scene populated = scene;
    RoomInSight room = new RoomInSight(scene);
    for (int left = TRIES_PER_PERSON * count; left > 0 && populated.people() < count; left--) {
      Optional<SceneObject> person = compose(chance, scene.camera());
      if (person.isPresent()
          && SceneComposer.hasRoom(person.get(), populated)
          && room.allows(person.get().solid(), LEAST_SEEN)) {
        populated = with(populated, person.get());
        room = new RoomInSight(populated);
      }
    }
    return populated;
  }

  /** Draws the height in the picture first, which gives the depth. */
  private static Optional<SceneObject> compose(Chance chance, Camera camera) {
    double share = chance.betweenRatios(LEAST_HEIGHT, MOST_HEIGHT);
    double depth = USUAL_METRES / (2 * camera.halfExtent() * share);
    double across = (2 * chance.between(0.08, 0.92) - 1) * camera.halfExtent() * depth;
    Vec3 level =
        camera.position().plus(camera.forward().times(depth)).plus(camera.right().times(across));
    Vec3 base = level.plus(camera.up().times(-level.y() / camera.up().y()));
    if (depth > MOST_DEPTH || !isInside(camera.project(base))) {
      return Optional.empty();
    }
    Activity activity = chance.oneOf(Activity.values());
    BodyShape shape = new BodyShape(normal(chance), normal(chance));
    BodyPose pose = new PoseComposer(chance).compose(activity, heading(chance, camera));
    NamedColor shirt = chance.oneOf(NamedColor.values());
    Outfit outfit = new Outfit(chance.oneOf(SKINS), shirt.linear(), chance.oneOf(TROUSERS), SHOES);
    Person person = Person.at(base.x(), base.z(), activity, shape, pose, outfit);
    return isInside(person, camera) ? Optional.of(object(person, shirt)) : Optional.empty();
  }

  private static SceneObject object(Person person, NamedColor shirt) {
    Surface surface = new Surface(Pattern.PLAIN, 1, shirt.linear(), shirt.linear(), 0);
    return new SceneObject(
        ToyClass.PERSON, person.figure(), shirt, SizeName.MEDIUM, surface, Optional.of(person));
  }

  /** Most people turn towards the viewer. */
  private static double heading(Chance chance, Camera camera) {
    double most = chance.with(FACING) ? Math.PI / 3 : Math.PI;
    return chance.between(-most, most) - camera.yaw();
  }

  /** The sum of twelve draws has nearly a normal distribution; the ends are cut off. */
  private static double normal(Chance chance) {
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += chance.between(-0.5, 0.5);
    }
    return Math.max(-2.5, Math.min(2.5, sum));
  }

  private static boolean isInside(Person person, Camera camera) {
    return person.joints().values().stream().allMatch(joint -> isInside(camera.project(joint)));
  }

  private static boolean isInside(Vec3 seen) {
    return seen.z() > 0
        && Math.min(seen.x(), seen.y()) >= MARGIN
        && Math.max(seen.x(), seen.y()) <= 1 - MARGIN;
  }

  private static Scene with(Scene scene, SceneObject object) {
    List<SceneObject> objects = new ArrayList<>(scene.objects());
    objects.add(object);
    return scene.withObjects(objects);
  }
}
