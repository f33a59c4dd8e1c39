package org.anymod.toyworld.labels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.Json;
import org.anymod.toyworld.Person;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.SceneObject;
import org.anymod.toyworld.geometry.Rotation;
import org.anymod.toyworld.geometry.Vec3;

/** The people of a scene in the published layout; an empty object if there are none. */
public final class Poses {
  private static final double STEPS = 1e6;

  private Poses() {}

  /**
   * Encodes the people.
   *
   * @param rendered the scene
   * @return a JSON file
   */
  public static byte[] encode(RenderedScene rendered) {
    List<Object> boxes = new ArrayList<>();
    List<Object> cameras = new ArrayList<>();
    List<Object> roots = new ArrayList<>();
    List<Object> poses = new ArrayList<>();
    List<Object> shapes = new ArrayList<>();
    for (SceneObject object : rendered.scene().objects()) {
      if (object.person().isPresent()) {
        Person person = object.person().get();
        PersonView view = PersonView.of(person, rendered.scene().camera(), rendered.size());
        boxes.add(view.box().stream().map(Poses::rounded).toList());
        cameras.add(List.of(rounded(view.scale()), rounded(view.tx()), rounded(view.ty())));
        roots.add(List.of(matrix(view.pose().root())));
        poses.add(view.pose().limbs().stream().map(Poses::matrix).toList());
        shapes.add(person.shape().betas().stream().map(Poses::rounded).toList());
      }
    }
    if (boxes.isEmpty()) {
      return Json.write(Map.of());
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("global_orient", roots);
    body.put("body_pose", poses);
    body.put("betas", shapes);
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("bbox_xyxy", boxes);
    file.put("pred_cam", cameras);
    file.put("pred_smpl_params", body);
    return Json.write(file);
  }

  private static List<List<Double>> matrix(Rotation rotation) {
    return List.of(row(rotation.x()), row(rotation.y()), row(rotation.z()));
  }

  private static List<Double> row(Vec3 row) {
    return List.of(rounded(row.x()), rounded(row.y()), rounded(row.z()));
  }

  private static double rounded(double value) {
    return Math.rint(value * STEPS) / STEPS;
  }
}
