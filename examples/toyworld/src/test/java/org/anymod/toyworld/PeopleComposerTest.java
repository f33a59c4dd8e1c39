package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.anymod.toyworld.body.BodyPose;
import org.anymod.toyworld.geometry.Capsule;
import org.anymod.toyworld.geometry.Rotation;
import org.anymod.toyworld.geometry.Vec3;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PeopleComposerTest {
  private static final int SCENES = 80;
  private static List<Scene> scenes;

  @BeforeAll
  static void compose() {
    ToyWorld world = ToyWorld.withPeople(17, 64);
    scenes = IntStream.range(0, SCENES).mapToObj(world::scene).toList();
  }

  @Test
  void mostScenesHaveOneOrTwoPeople() {
    int[] counts = new int[3];
    scenes.forEach(scene -> counts[scene.people()]++);
    assertThat(counts[1] + counts[2]).isGreaterThan(SCENES / 2);
    assertThat(counts[0]).isPositive();
    assertThat(counts[2]).isPositive();
  }

  @Test
  void solidsAreThoseOfTheWorldWithoutPeople() {
    ToyWorld plain = new ToyWorld(17, 64);
    for (int i = 0; i < SCENES; i++) {
      List<SceneObject> solids = plain.scene(i).objects();
      assertThat(scenes.get(i).objects().subList(0, solids.size())).isEqualTo(solids);
    }
  }

  @Test
  void peopleStandOnTheGroundAndCanBeSeen() {
    for (Scene scene : scenes) {
      HitBuffer hits = HitBuffer.trace(scene, 64);
      Silhouettes alone = Silhouettes.of(scene, 64);
      for (ObjectView view : ObjectView.of(scene, hits)) {
        assertThat(view.pixels()).isGreaterThanOrEqualTo(30);
        SceneObject object = scene.objects().get(view.object());
        if (object.person().isPresent()) {
          double lowest = Double.POSITIVE_INFINITY;
          for (Capsule limb : object.person().get().figure().limbs()) {
            lowest = Math.min(lowest, Math.min(limb.from().y(), limb.to().y()) - limb.radius());
          }
          assertThat(lowest).isCloseTo(0, within(1e-9));
          assertThat(object.solid().height()).isBetween(0.7, 2.6);
          assertThat(view.pixels())
              .isGreaterThanOrEqualTo((int) (0.6 * alone.pixels(view.object())) - 1);
        }
      }
    }
  }

  @Test
  void posesAreOfAllKindsAndTheirTurnsAreRotations() {
    Set<Activity> seen = EnumSet.noneOf(Activity.class);
    for (Person person : people()) {
      seen.add(person.activity());
      BodyPose pose = person.pose();
      for (Rotation turn : pose.rotations()) {
        assertThat(turn.x().length()).isCloseTo(1, within(1e-9));
        assertThat(turn.x().dot(turn.y())).isCloseTo(0, within(1e-9));
        assertThat(cross(turn.x(), turn.y()).minus(turn.z()).length()).isCloseTo(0, within(1e-9));
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(Activity.values());
  }

  @Test
  void captionsCountPeopleAndSayWhatTheyDo() {
    ToyWorld world = ToyWorld.withPeople(17, 16);
    for (int i = 0; i < 20; i++) {
      String caption = world.render(i).caption();
      int people = scenes.get(i).people();
      assertThat(caption.contains("one person")).isEqualTo(people == 1);
      assertThat(caption.contains("two people")).isEqualTo(people == 2);
      for (SceneObject object : scenes.get(i).objects()) {
        object
            .person()
            .ifPresent(
                person ->
                    assertThat(caption)
                        .contains(
                            person.activity().word() + " person in " + object.color().word()));
      }
    }
  }

  private static List<Person> people() {
    return scenes.stream()
        .flatMap(scene -> scene.objects().stream())
        .flatMap(object -> object.person().stream())
        .toList();
  }

  private static Vec3 cross(Vec3 a, Vec3 b) {
    return new Vec3(
        a.y() * b.z() - a.z() * b.y(),
        a.z() * b.x() - a.x() * b.z(),
        a.x() * b.y() - a.y() * b.x());
  }
}
