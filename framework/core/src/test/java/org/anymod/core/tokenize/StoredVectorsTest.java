package org.anymod.core.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.anymod.media.NpyArray;
import org.junit.jupiter.api.Test;

class StoredVectorsTest {
  private static final float NONE = Float.NaN;

  @Test
  void givesTheVectorsOfEachCropWithoutFilling() throws Exception {
    NpyArray array = new NpyArray(new int[] {2, 2, 2}, new float[] {1, 2, NONE, NONE, 3, 4, 5, 6});
    assertThat(StoredVectors.crop(array, 0)).containsExactly(1, 2);
    assertThat(StoredVectors.crop(array, 1)).containsExactly(3, 4, 5, 6);
    assertThatThrownBy(() -> StoredVectors.crop(array, 2))
        .hasMessageContaining("has shape [2, 2, 2], crop 2 is not in it");
  }

  @Test
  void givesAllCropsTheSameWhereOneIsStored() throws Exception {
    NpyArray array = new NpyArray(new int[] {2, 2}, new float[] {1, 2, 3, 4});
    assertThat(StoredVectors.crop(array, 5)).containsExactly(1, 2, 3, 4);
  }
}
