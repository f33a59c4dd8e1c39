package org.anymod.toyworld.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.anymod.media.JsonPlace;
import org.anymod.spi.InvalidDataException;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.Silhouettes;
import org.anymod.toyworld.ToyClass;
import org.junit.jupiter.api.Test;

class BoxesTest {

  @Test
  void boxesEncloseTheVisiblePixelsOfEachObjectTightly() throws InvalidDataException {
    for (RenderedScene scene : Labelled.SCENES) {
      List<JsonPlace> instances = Labelled.json("det", scene).get("instances").items(0, 100);
      assertThat(instances).hasSameSizeAs(scene.scene().objects());
      for (int object = 0; object < instances.size(); object++) {
        double[] box = instances.get(object).get("boxes").numbers(4, 0, 1);
        boolean[] touched = new boolean[4];
        for (int pixel = 0; pixel < 64 * 64; pixel++) {
          if (scene.hits().object(pixel) == object) {
            double x = pixel % 64;
            double y = pixel / 64;
            assertThat(x / 64).isGreaterThanOrEqualTo(box[0]);
            assertThat(y / 64).isGreaterThanOrEqualTo(box[1]);
            assertThat((x + 1) / 64).isLessThanOrEqualTo(box[2]);
            assertThat((y + 1) / 64).isLessThanOrEqualTo(box[3]);
            touched[0] |= x / 64 == box[0];
            touched[1] |= y / 64 == box[1];
            touched[2] |= (x + 1) / 64 == box[2];
            touched[3] |= (y + 1) / 64 == box[3];
          }
        }
        assertThat(touched).containsExactly(true, true, true, true);
      }
    }
  }

  @Test
  void labelsAreClassesAndScoresTellHowMuchIsHidden() {
    int whole = 0;
    int partly = 0;
    for (RenderedScene scene : Labelled.SCENES) {
      Silhouettes alone = Silhouettes.of(scene.scene(), 64);
      for (Boxes.ObjectBox box : Boxes.of(scene)) {
        assertThat(box.label())
            .isEqualTo(scene.scene().objects().get(box.object()).kind().label())
            .isIn(ToyClass.labels());
        int seen = 0;
        for (int pixel = 0; pixel < 64 * 64; pixel++) {
          seen += scene.hits().object(pixel) == box.object() ? 1 : 0;
        }
        boolean hidden = seen < 0.999 * alone.pixels(box.object());
        assertThat(box.score() < 1).isEqualTo(hidden);
        assertThat(box.score()).isBetween(0.5, 1.0);
        whole += hidden ? 0 : 1;
        partly += hidden ? 1 : 0;
      }
    }
    assertThat(whole).isPositive();
    assertThat(partly).isPositive();
  }
}
