package org.anymod.toyworld.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.media.Npz;
import org.anymod.spi.InvalidDataException;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.ToyClass;
import org.anymod.toyworld.ToyWorld;
import org.junit.jupiter.api.Test;

class FeaturesTest {
  private static final List<RenderedScene> SCENES =
      IntStream.range(0, 12).mapToObj(ToyWorld.withPeople(29, 64)::render).toList();

  @Test
  void filesHaveOneVectorForEightPixelsOrOneForAll() throws InvalidDataException {
    for (DenseFeatures kind : DenseFeatures.values()) {
      NpyArray array = Npy.read(kind.encode(SCENES.get(0)));
      assertThat(array.shape()).containsExactly(32, 8, 8);
      assertThat((float[]) array.data()).isEqualTo(kind.of(SCENES.get(0)));
    }
    for (GlobalFeatures kind : GlobalFeatures.values()) {
      assertThat(Npy.read(kind.encode(SCENES.get(0))).shape()).containsExactly(64);
    }
  }

  @Test
  void sideOfTheMapFollowsTheSizeOfThePicture() throws InvalidDataException {
    RenderedScene wide = new ToyWorld(29, 100).render(0);
    assertThat(Npy.read(DenseFeatures.CLIP.encode(wide)).shape()).containsExactly(32, 12, 12);
  }

  @Test
  void kindsDifferAndNumbersSpreadBetweenMinusOneAndOne() {
    for (DenseFeatures kind : DenseFeatures.values()) {
      double squares = 0;
      for (float value : kind.of(SCENES.get(1))) {
        assertThat(value).isBetween(-1f, 1f);
        squares += value * value / (32 * 64);
      }
      assertThat(Math.sqrt(squares)).isBetween(0.2, 0.9);
    }
    assertThat(DenseFeatures.CLIP.of(SCENES.get(1)))
        .isNotEqualTo(DenseFeatures.DINOV2.of(SCENES.get(1)));
  }

  @Test
  void patchesOfOneClassResembleEachOtherMoreThanThoseOfOthers() {
    for (DenseFeatures kind : DenseFeatures.values()) {
      double[] sums = new double[2];
      int[] counts = new int[2];
      for (RenderedScene scene : SCENES) {
        float[] map = kind.of(scene);
        for (int a = 0; a < 64; a++) {
          for (int b = 0; b < a; b++) {
            int pair = main(scene, a) == main(scene, b) ? 0 : 1;
            sums[pair] += distance(map, a, b);
            counts[pair]++;
          }
        }
      }
      assertThat(sums[0] / counts[0]).as(kind.name()).isLessThan(0.8 * sums[1] / counts[1]);
    }
  }

  @Test
  void everyWordHasItsVectorWhereverItStands() throws InvalidDataException {
    RenderedScene scene = SCENES.get(2);
    List<String> words = WordVectors.words(scene.caption());
    Map<String, NpyArray> arrays = Npz.read(WordVectors.encode(scene), 1 << 20);
    assertThat(arrays).containsOnlyKeys("emb", "mask_valid");
    assertThat(arrays.get("emb").shape()).containsExactly(1, words.size(), 64);
    assertThat(arrays.get("mask_valid").shape()).containsExactly(1, words.size());
    assertThat((boolean[]) arrays.get("mask_valid").data()).containsOnly(true);
    float[] vectors = (float[]) arrays.get("emb").data();
    for (int i = 0; i < words.size(); i++) {
      float[] vector = java.util.Arrays.copyOfRange(vectors, i * 64, i * 64 + 64);
      assertThat(vector).isEqualTo(WordVectors.of(words.get(i)));
    }
    assertThat(WordVectors.words("Two objects: a RED cone."))
        .containsExactly("two", "objects", "a", "red", "cone");
    assertThat(WordVectors.of("red")).isNotEqualTo(WordVectors.of("blue"));
  }

  private static ToyClass main(RenderedScene scene, int place) {
    return scene.hits().kind((place / 8 * 8 + 4) * 64 + place % 8 * 8 + 4);
  }

  private static double distance(float[] map, int a, int b) {
    double sum = 0;
    for (int channel = 0; channel < 32; channel++) {
      double difference = map[channel * 64 + a] - map[channel * 64 + b];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
