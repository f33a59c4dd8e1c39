package org.anymod.core.tokenize;

import java.util.Arrays;
import java.util.List;
import org.anymod.core.modality.UsedModality;
import org.anymod.media.NpyArray;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.VectorForm;

/**
 * Vectors of a sample as one array: (count, width) where all crops have the same, else (crops,
 * largest count, width), with rows that are not there filled with NaN.
 */
public final class StoredVectors {
  private StoredVectors() {}

  static NpyArray pack(UsedModality modality, List<Value> crops) {
    VectorForm form = (VectorForm) modality.modality().representation();
    Value first = crops.get(0);
    if (crops.stream().allMatch(value -> value.equals(first))) {
      Value.Vectors vectors = form.vectors(first);
      return new NpyArray(new int[] {vectors.count(), vectors.dim()}, vectors.data());
    }
    List<Value.Vectors> all = crops.stream().map(form::vectors).toList();
    int most = all.stream().mapToInt(Value.Vectors::count).max().orElseThrow();
    int dim = all.get(0).dim();
    float[] data = new float[all.size() * most * dim];
    Arrays.fill(data, Float.NaN);
    for (int i = 0; i < all.size(); i++) {
      float[] own = all.get(i).data();
      System.arraycopy(own, 0, data, i * most * dim, own.length);
    }
    return new NpyArray(new int[] {all.size(), most, dim}, data);
  }

  /**
   * Returns the vectors of one crop.
   *
   * @param array what was stored
   * @param crop number of the crop
   * @return vectors one after the other
   * @throws InvalidDataException if there are fewer crops
   */
  public static float[] crop(NpyArray array, int crop) throws InvalidDataException {
    float[] all = array.toFloats();
    int[] shape = array.shape();
    if (shape.length != 3) {
      return all;
    }
    if (crop >= shape[0]) {
      throw new InvalidDataException(
          "has shape " + Arrays.toString(shape) + ", crop " + crop + " is not in it");
    }
    int from = crop * shape[1] * shape[2];
    int count = 0;
    while (count < shape[1] && !Float.isNaN(all[from + count * shape[2]])) {
      count++;
    }
    return Arrays.copyOfRange(all, from, from + count * shape[2]);
  }
}
