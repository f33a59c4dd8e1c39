package org.anymod.toyworld.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.SceneObject;
import org.anymod.toyworld.ToyWorld;
import org.junit.jupiter.api.Test;

class WebTextTest {

  @Test
  void namesEveryThingInMoreWordsThanTheCaption() {
    for (RenderedScene scene : Labelled.SCENES) {
      String text = text(scene);
      assertThat(text.split(" ").length).isBetween(40, 250);
      assertThat(text).endsWith(".").doesNotContain("  ").doesNotContain("%");
      for (SceneObject object : scene.scene().objects()) {
        assertThat(text).contains(object.color().word()).contains(object.kind().label());
        object.person().ifPresent(person -> assertThat(text).contains(person.activity().word()));
      }
    }
  }

  @Test
  void sameSceneHasTheSameTextAtEverySize() {
    RenderedScene small = ToyWorld.withPeople(23, 16).render(3);
    assertThat(text(small)).isEqualTo(text(Labelled.SCENES.get(3)));
    assertThat(text(small)).isNotEqualTo(text(Labelled.SCENES.get(4)));
  }

  private static String text(RenderedScene scene) {
    return new String(Labelled.bytes("web_text", scene), StandardCharsets.UTF_8);
  }
}
