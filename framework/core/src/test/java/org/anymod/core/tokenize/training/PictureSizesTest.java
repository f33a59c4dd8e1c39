package org.anymod.core.tokenize.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.anymod.core.recipe.ResolutionsRecipe;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class PictureSizesTest {

  @Test
  void drawsEverySizeAsAFunctionOfSeedAndStep() {
    PictureSizes sizes = new PictureSizes(List.of(32, 48, 64), 5, "tok");
    Set<Integer> seen = new HashSet<>();
    for (int step = 0; step < 60; step++) {
      seen.add(sizes.at(step));
      assertThat(new PictureSizes(List.of(32, 48, 64), 5, "tok").at(step))
          .isEqualTo(sizes.at(step));
    }
    assertThat(seen).containsExactlyInAnyOrder(32, 48, 64);
  }

  @Test
  void resizesNumbersBetweenPixelCentresWithoutAntialiasing() {
    Value.Raster ramp = new Value.Raster(1, 4, 4, new float[16]);
    for (int i = 0; i < 16; i++) {
      ramp.data()[i] = i % 4;
    }
    Value.Raster half = (Value.Raster) PictureSizes.resized(ramp, 2);
    assertThat(half.data()).containsExactly(0.5f, 2.5f, 0.5f, 2.5f);
    Value.Raster third = (Value.Raster) PictureSizes.resized(ramp, 1);
    assertThat(third.data()).containsExactly(1.5f);
    Value.Raster step = new Value.Raster(2, 2, 2, new float[] {0, 1, 0, 1, 2, 2, 4, 4});
    Value.Raster twice = (Value.Raster) PictureSizes.resized(step, 4);
    assertThat(twice.data()).startsWith(0, 0.25f, 0.75f, 1).endsWith(4, 4, 4, 4);
    assertThat(twice.data()[16 + 4]).isEqualTo(2.5f);
  }

  @Test
  void takesTheNearestClassAndLeavesOtherValuesAlone() {
    Value.ClassMap map = new Value.ClassMap(2, 2, new int[] {1, 2, 3, 4});
    assertThat(((Value.ClassMap) PictureSizes.resized(map, 4)).data())
        .containsExactly(1, 1, 2, 2, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4);
    Value text = new Value.Text("a");
    assertThat(PictureSizes.resized(text, 4)).isSameAs(text);
    assertThat(PictureSizes.resized(map, 2)).isSameAs(map);
  }

  @Test
  void recipesSayImpossibleSizes() {
    assertThat(new ResolutionsRecipe(OptionalInt.of(32), OptionalInt.of(64), 16).sizes(224))
        .containsExactly(32, 48, 64);
    assertThat(ResolutionsRecipe.one().sizes(224)).containsExactly(224);
    assertThatThrownBy(() -> new ResolutionsRecipe(OptionalInt.of(32), OptionalInt.empty(), 16))
        .hasMessageContaining("only min is given");
    assertThatThrownBy(() -> new ResolutionsRecipe(OptionalInt.of(32), OptionalInt.of(70), 16))
        .hasMessageContaining("from 32 to 70 in steps of 16");
  }
}
