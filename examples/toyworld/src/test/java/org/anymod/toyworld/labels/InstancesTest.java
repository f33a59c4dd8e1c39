package org.anymod.toyworld.labels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.anymod.media.BinaryMask;
import org.anymod.media.InstanceMaps;
import org.anymod.media.JsonPlace;
import org.anymod.media.Pictures;
import org.anymod.media.Point;
import org.anymod.media.Polygon;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.toyworld.HitBuffer;
import org.anymod.toyworld.RenderedScene;
import org.junit.jupiter.api.Test;

class InstancesTest {

  @Test
  void polygonsOfTheFilePaintTheInstanceMap() throws InvalidDataException {
    for (RenderedScene scene : Labelled.SCENES) {
      JsonPlace file = Labelled.json("sam_instance", scene);
      assertThat(file.get("width").whole(1, 1000)).isEqualTo(64);
      assertThat(file.get("height").whole(1, 1000)).isEqualTo(64);
      List<Polygon> polygons = new ArrayList<>();
      for (JsonPlace instance : file.get("instances").items(0, 100)) {
        List<Point> points = new ArrayList<>();
        for (JsonPlace point : instance.get("polygon").items(3, 10000)) {
          double[] place = point.numbers(2, 0, 64);
          points.add(new Point(place[0], place[1]));
        }
        polygons.add(new Polygon(points));
      }
      Value.ClassMap painted = InstanceMaps.of(polygons, 64, 64);
      for (int pixel = 0; pixel < 64 * 64; pixel++) {
        // Every object of a scene is visible, so the numbers are those of the scene.
        int expected =
            scene.hits().object(pixel) == HitBuffer.NO_OBJECT ? 0 : scene.hits().object(pixel) + 1;
        assertThat(painted.data()[pixel]).as("pixel %d", pixel).isEqualTo(expected);
      }
    }
  }

  @Test
  void outlineHoldsAnyRegionExactlyWithHolesAndSeparateParts() {
    Random random = new Random(5);
    for (int round = 0; round < 50; round++) {
      int size = 2 + random.nextInt(9);
      boolean[] region = new boolean[size * size];
      region[random.nextInt(region.length)] = true;
      for (int i = 0; i < region.length; i++) {
        region[i] |= random.nextInt(100) < 20 + round;
      }
      BinaryMask mask = BinaryMask.of(Outline.of(size, pixel -> region[pixel]), size, size);
      for (int i = 0; i < region.length; i++) {
        assertThat(mask.at(i / size, i % size)).isEqualTo(region[i]);
      }
    }
  }

  @Test
  void edgesLieWhereTheInstanceChanges() throws InvalidDataException {
    RenderedScene scene = Labelled.SCENES.get(1);
    Value.Raster edges = Pictures.decodeGray(Labelled.bytes("sam_edge", scene));
    int marked = 0;
    for (int y = 0; y < 63; y++) {
      for (int x = 0; x < 63; x++) {
        int here = scene.hits().object(y * 64 + x);
        boolean edge =
            here != scene.hits().object(y * 64 + x + 1)
                || here != scene.hits().object(y * 64 + 64 + x);
        assertThat(edges.at(0, y, x)).isEqualTo(edge ? 1 : 0);
        marked += edge ? 1 : 0;
      }
    }
    assertThat(marked).isBetween(50, 1000);
  }
}
