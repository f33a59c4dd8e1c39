package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.anymod.toyworld.geometry.Cone;
import org.anymod.toyworld.geometry.Sphere;
import org.junit.jupiter.api.Test;

class CaptionerTest {
  private static final int SCENES = 300;

  @Test
  void namesColorAndShapeOfAllObjectsFromLeftToRight() {
    ToyWorld world = new ToyWorld(21, 64);
    for (int i = 0; i < SCENES; i++) {
      RenderedScene rendered = world.render(i);
      List<ObjectView> views = new ArrayList<>(ObjectView.of(rendered.scene(), rendered.hits()));
      views.sort(Comparator.comparingDouble(ObjectView::u));
      int from = 0;
      for (ObjectView view : views) {
        SceneObject object = rendered.scene().objects().get(view.object());
        String words = object.color().word() + " " + object.kind().label();
        int at = rendered.caption().indexOf(words, from);
        assertThat(at).as("%s in '%s'", words, rendered.caption()).isNotNegative();
        from = at + words.length();
      }
    }
  }

  @Test
  void staysWithinSixtyWords() {
    ToyWorld world = new ToyWorld(22, 16);
    for (int i = 0; i < SCENES; i++) {
      assertThat(world.render(i).caption().split(" ")).hasSizeLessThanOrEqualTo(60);
    }
  }

  @Test
  void mentionsTheSkyExactlyWhenItIsSeen() {
    ToyWorld world = new ToyWorld(23, 64);
    int seen = 0;
    for (int i = 0; i < SCENES; i++) {
      RenderedScene rendered = world.render(i);
      int pixels = 0;
      for (byte kind : rendered.classes()) {
        pixels += kind == ToyClass.SKY.ordinal() ? 1 : 0;
      }
      boolean inSight = pixels >= 0.02 * 64 * 64;
      assertThat(rendered.caption().contains(" sky")).isEqualTo(inSight);
      assertThat(rendered.caption().contains("seen from above")).isEqualTo(!inSight);
      seen += inSight ? 1 : 0;
    }
    assertThat(seen).isBetween(SCENES / 2, SCENES - 20);
  }

  @Test
  void describesAHandMadeScene() {
    SceneObject sphere =
        TestScenes.object(
            ToyClass.SPHERE, new Sphere(-1.5, 4, 0.5), NamedColor.ORANGE, SizeName.SMALL);
    SceneObject cone =
        TestScenes.object(ToyClass.CONE, new Cone(9, 15, 2, 5), NamedColor.ORANGE, SizeName.MEDIUM);
    Scene scene = TestScenes.of(0.1, cone, sphere);
    Set<String> captions = new HashSet<>();
    for (long seed = 0; seed < 60; seed++) {
      captions.add(new Captioner(seed).describe(scene, HitBuffer.trace(scene, 64)));
    }
    String objects =
        "a small orange sphere at left close by and an orange cone at far right far away";
    String sky = "under a blue sky with a very low horizon in the mist";
    assertThat(captions)
        .containsExactlyInAnyOrder(
            "two objects on plain gray ground " + sky + ": " + objects,
            "a scene with two objects on plain gray ground " + sky + ": " + objects,
            "two objects: " + objects + ", on plain gray ground " + sky,
            sky + ", two objects on plain gray ground: " + objects);
  }
}
