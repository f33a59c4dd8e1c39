package org.anymod.toyworld.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.media.JsonPlace;
import org.anymod.spi.InvalidDataException;
import org.anymod.toyworld.Person;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.SceneObject;
import org.anymod.toyworld.body.BodyPose;
import org.anymod.toyworld.body.Joint;
import org.anymod.toyworld.geometry.Rotation;
import org.anymod.toyworld.geometry.Vec3;
import org.junit.jupiter.api.Test;

class PosesTest {

  @Test
  void fileHasThePublishedLayoutForEachPerson() throws InvalidDataException {
    for (RenderedScene scene : Labelled.SCENES) {
      int people = scene.scene().people();
      if (people == 0) {
        byte[] file = Labelled.bytes("human_poses", scene);
        assertThat(new String(file, StandardCharsets.UTF_8)).isEqualTo("{}");
      } else {
        JsonPlace file = Labelled.json("human_poses", scene);
        JsonPlace body = file.get("pred_smpl_params");
        assertThat(file.get("pred_cam").items(people, people)).hasSize(people);
        for (JsonPlace box : file.get("bbox_xyxy").items(people, people)) {
          double[] corners = box.numbers(4, 0, 64);
          assertThat(corners[0]).isLessThan(corners[2]);
          assertThat(corners[1]).isLessThan(corners[3]);
        }
        for (JsonPlace pose : body.get("body_pose").items(people, people)) {
          assertThat(pose.items(23, 23)).hasSize(23);
        }
        for (JsonPlace root : body.get("global_orient").items(people, people)) {
          assertThat(root.items(1, 1).get(0).items(3, 3)).hasSize(3);
        }
        for (JsonPlace betas : body.get("betas").items(people, people)) {
          assertThat(betas.numbers(10, -3, 3)).hasSize(10);
        }
      }
    }
  }

  @Test
  void posesOfTheFileProjectIntoTheirBoxesNearTheTrueJoints() throws InvalidDataException {
    double sum = 0;
    int count = 0;
    for (RenderedScene scene : Labelled.SCENES) {
      List<SceneObject> people =
          scene.scene().objects().stream().filter(o -> o.person().isPresent()).toList();
      for (int i = 0; i < people.size(); i++) {
        Person person = people.get(i).person().orElseThrow();
        JsonPlace file = Labelled.json("human_poses", scene);
        double[] box = file.get("bbox_xyxy").items(1, 2).get(i).numbers(4, 0, 64);
        double[] camera = file.get("pred_cam").items(1, 2).get(i).numbers(3, -1, 19);
        Map<Joint, Vec3> joints = pose(file, i).joints(person.shape());
        double side = Math.max(box[2] - box[0], box[3] - box[1]);
        for (Joint joint : Joint.values()) {
          double x = (box[0] + box[2] + side * camera[0] * (joints.get(joint).x() + camera[1])) / 2;
          double y = (box[1] + box[3] + side * camera[0] * (joints.get(joint).y() + camera[2])) / 2;
          assertThat(x).isBetween(box[0] - 0.1 * side, box[2] + 0.1 * side);
          assertThat(y).isBetween(box[1] - 0.1 * side, box[3] + 0.1 * side);
          Vec3 seen = scene.scene().camera().project(person.joints().get(joint));
          sum += Math.hypot(x - seen.x() * 64, y - seen.y() * 64) / side;
          count++;
        }
      }
    }
    assertThat(count).isGreaterThan(24 * 10);
    assertThat(sum / count).isLessThan(0.03);
  }

  @Test
  void personWhoFacesTheViewerIsTurnedAsPublishedPosesAre() {
    List<Double> faces = new ArrayList<>();
    for (RenderedScene scene : Labelled.SCENES) {
      for (SceneObject object : scene.scene().objects()) {
        if (object.person().isPresent()) {
          Person person = object.person().get();
          PersonView view = PersonView.of(person, scene.scene().camera(), 64);
          // Upright people have their own up where the picture's y falls.
          assertThat(view.pose().root().y().y()).isLessThan(-0.5);
          faces.add(view.pose().root().z().z());
        }
      }
    }
    assertThat(faces.stream().filter(z -> z < -0.4).count()).isGreaterThan(faces.size() / 2);
  }

  @Test
  void boxEnclosesTheVisiblePixelsOfThePerson() {
    for (RenderedScene scene : Labelled.SCENES) {
      for (int i = 0; i < scene.scene().objects().size(); i++) {
        SceneObject object = scene.scene().objects().get(i);
        if (object.person().isPresent()) {
          List<Double> box = PersonView.of(object.person().get(), scene.scene().camera(), 64).box();
          for (int pixel = 0; pixel < 64 * 64; pixel++) {
            if (scene.hits().object(pixel) == i) {
              assertThat(pixel % 64 + 0.5).isBetween(box.get(0) - 0.5, box.get(2) + 0.5);
              assertThat(pixel / 64 + 0.5).isBetween(box.get(1) - 0.5, box.get(3) + 0.5);
            }
          }
        }
      }
    }
  }

  private static BodyPose pose(JsonPlace file, int person) throws InvalidDataException {
    JsonPlace body = file.get("pred_smpl_params");
    List<Rotation> turns = new ArrayList<>();
    turns.add(rotation(body.get("global_orient").items(1, 2).get(person).items(1, 1).get(0)));
    for (JsonPlace matrix : body.get("body_pose").items(1, 2).get(person).items(23, 23)) {
      turns.add(rotation(matrix));
    }
    for (Rotation turn : turns) {
      assertThat(turn.x().length()).isCloseTo(1, within(1e-5));
      assertThat(turn.y().dot(turn.z())).isCloseTo(0, within(1e-5));
    }
    return new BodyPose(turns);
  }

  private static Rotation rotation(JsonPlace matrix) throws InvalidDataException {
    List<Vec3> rows = new ArrayList<>();
    for (JsonPlace row : matrix.items(3, 3)) {
      double[] numbers = row.numbers(3, -1, 1);
      rows.add(new Vec3(numbers[0], numbers[1], numbers[2]));
    }
    return new Rotation(rows.get(0), rows.get(1), rows.get(2));
  }
}
