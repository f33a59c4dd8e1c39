package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;
import org.anymod.toyworld.geometry.Solid;
import org.junit.jupiter.api.Test;

class ToyWorldTest {

  @Test
  void sceneIsAFunctionOfSeedAndIndex() {
    Scene scene = new ToyWorld(7, 64).scene(12);
    Scene again = new ToyWorld(7, 64).scene(12);
    assertThat(again.objects()).isEqualTo(scene.objects());
    assertThat(again.lighting()).isEqualTo(scene.lighting());
    assertThat(new ToyWorld(7, 64).scene(13).objects()).isNotEqualTo(scene.objects());
    assertThat(new ToyWorld(8, 64).scene(12).objects()).isNotEqualTo(scene.objects());
  }

  @Test
  void sizeOfThePictureChangesNeitherSceneNorCaption() {
    RenderedScene small = new ToyWorld(7, 24).render(3);
    RenderedScene large = new ToyWorld(7, 100).render(3);
    assertThat(small.scene().objects()).isEqualTo(large.scene().objects());
    assertThat(small.caption()).isEqualTo(large.caption());
    assertThat(large.rgb()).hasSize(100 * 100 * 3);
  }

  @Test
  void objectsStandOnTheGroundApartAndInSight() {
    ToyWorld world = new ToyWorld(9, 64);
    for (int i = 0; i < 200; i++) {
      RenderedScene rendered = world.render(i);
      List<SceneObject> objects = rendered.scene().objects();
      assertThat(objects).hasSizeBetween(2, 6);
      for (ObjectView view : ObjectView.of(rendered.scene(), rendered.hits())) {
        assertThat(view.pixels()).as("scene %d", i).isGreaterThanOrEqualTo(30);
      }
      for (int a = 0; a < objects.size(); a++) {
        Solid solid = objects.get(a).solid();
        assertThat(solid.center().y()).isCloseTo(solid.height() / 2, within(1e-12));
        for (int b = 0; b < a; b++) {
          Solid other = objects.get(b).solid();
          double dx = solid.center().x() - other.center().x();
          double dz = solid.center().z() - other.center().z();
          assertThat(Math.hypot(dx, dz) + 1e-12)
              .isGreaterThanOrEqualTo(solid.footprint() + other.footprint());
        }
      }
    }
  }

  @Test
  void classesOfPixelsAreThoseOfTheirObjects() {
    RenderedScene rendered = new ToyWorld(10, 48).render(2);
    byte[] classes = rendered.classes();
    for (int pixel = 0; pixel < classes.length; pixel++) {
      int object = rendered.hits().object(pixel);
      ToyClass kind = ToyClass.values()[classes[pixel]];
      if (object == HitBuffer.NO_OBJECT) {
        assertThat(kind).isIn(ToyClass.SKY, ToyClass.GROUND);
      } else {
        assertThat(kind).isEqualTo(rendered.scene().objects().get(object).kind());
      }
      assertThat(rendered.depth()[pixel] == 1).isEqualTo(kind == ToyClass.SKY);
    }
  }

  @Test
  void labelsAreThoseOfThePublishedList() {
    assertThat(ToyClass.labels())
        .containsExactly("sky", "ground", "sphere", "box", "cylinder", "cone", "person");
  }

  @Test
  void worldWithoutPeopleIsTheOneThatWasAlwaysRendered() {
    CRC32 sum = new CRC32();
    ToyWorld world = new ToyWorld(31, 32);
    for (int i = 0; i < 6; i++) {
      RenderedScene rendered = world.render(i);
      sum.update(rendered.rgb());
      sum.update(rendered.classes());
      sum.update(rendered.caption().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(sum.getValue()).isEqualTo(1002269893L);
  }

  @Test
  void refusesImpossibleNumbers() {
    assertThatThrownBy(() -> new ToyWorld(1, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("size is 8, must be 16 to 2048");
    assertThatThrownBy(() -> new ToyWorld(1, 64).scene(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("index is -1, must be at least 0");
  }
}
