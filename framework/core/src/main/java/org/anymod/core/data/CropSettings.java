package org.anymod.core.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.media.NpyType;
import org.anymod.spi.Crop;
import org.anymod.spi.InvalidDataException;

/**
 * The crops of a sample that all its modalities share: an {@code .npy} file of int64 {@code (crops,
 * 5)}, each row {@code (top, left, height, width, flip)} in pixels of the original picture, flip 0
 * or 1. Row 0 is the centred square, not mirrored.
 */
public final class CropSettings {
  private static final int COLUMNS = 5;
  private static final int MAX_CROPS = 10_000;

  private CropSettings() {}

  /**
   * Draws the crops of a sample: the centred square, then random ones.
   *
   * @param crops how many in all, at least 1
   * @param height rows of the picture
   * @param width columns of the picture
   * @param settings of the random ones
   * @param random where chance comes from
   * @return the crops
   */
  public static List<Crop> generate(
      int crops, int height, int width, RandomCrops settings, RandomGenerator random) {
    if (crops < 1 || crops > MAX_CROPS) {
      throw new IllegalArgumentException("crops is " + crops + ", must be 1 to " + MAX_CROPS);
    }
    List<Crop> result = new ArrayList<>(crops);
    result.add(Crop.centerSquare(height, width));
    for (int i = 1; i < crops; i++) {
      result.add(settings.draw(height, width, random).at(i));
    }
    return List.copyOf(result);
  }

  /**
   * Writes crops.
   *
   * @param crops at least one
   * @return the {@code .npy} file
   */
  public static byte[] encode(List<Crop> crops) {
    long[] rows = new long[crops.size() * COLUMNS];
    int at = 0;
    for (Crop crop : crops) {
      rows[at++] = crop.top();
      rows[at++] = crop.left();
      rows[at++] = crop.height();
      rows[at++] = crop.width();
      rows[at++] = crop.flip() ? 1 : 0;
    }
    return Npy.write(new NpyArray(NpyType.INT64, new int[] {crops.size(), COLUMNS}, rows));
  }

  /**
   * Reads crops.
   *
   * @param bytes the {@code .npy} file
   * @param height rows of the original picture, which the file does not tell
   * @param width columns of the original picture
   * @return the crops, at least one
   * @throws InvalidDataException if the bytes are no such file or a row is no crop
   */
  public static List<Crop> decode(byte[] bytes, int height, int width) throws InvalidDataException {
    NpyArray array = Npy.read(bytes);
    int[] shape = array.shape();
    boolean whole = array.type() == NpyType.INT64 || array.type() == NpyType.INT32;
    if (!whole
        || shape.length != 2
        || shape[1] != COLUMNS
        || shape[0] < 1
        || shape[0] > MAX_CROPS) {
      throw new InvalidDataException(
          "crop settings are " + array + ", must be int64 of shape (1 to " + MAX_CROPS + ", 5)");
    }
    long[] rows = array.toLongs();
    List<Crop> crops = new ArrayList<>(shape[0]);
    for (int i = 0; i < shape[0]; i++) {
      crops.add(crop(i, Arrays.copyOfRange(rows, i * COLUMNS, (i + 1) * COLUMNS), height, width));
    }
    return List.copyOf(crops);
  }

  private static Crop crop(int index, long[] row, int height, int width)
      throws InvalidDataException {
    boolean fits = Arrays.stream(row).allMatch(value -> value == (int) value);
    if (!fits || row[2] < 1 || row[3] < 1 || row[4] < 0 || row[4] > 1) {
      throw new InvalidDataException(
          "row "
              + index
              + " of the crop settings is "
              + Arrays.toString(row)
              + ", must be top, left, height (at least 1), width (at least 1), flip (0 or 1)");
    }
    return new Crop(
        (int) row[0], (int) row[1], (int) row[2], (int) row[3], row[4] == 1, height, width, index);
  }
}
