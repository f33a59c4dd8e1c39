package org.anymod.core.tokenize;

import org.anymod.media.NpyArray;

/**
 * Codes of all crops of a sample as one array (crops, tokens): 16 bits where they fit, as published
 * data has them.
 */
public final class StoredTokens {
  private StoredTokens() {}

  static NpyArray pack(int[][] tokens) {
    int width = tokens[0].length;
    int max = 0;
    for (int[] row : tokens) {
      if (row.length != width) {
        throw new IllegalArgumentException("crops of one sample have different numbers of tokens");
      }
      for (int token : row) {
        max = Math.max(max, token);
      }
    }
    int[] shape = {tokens.length, width};
    if (max <= Short.MAX_VALUE) {
      short[] data = new short[tokens.length * width];
      for (int i = 0; i < data.length; i++) {
        data[i] = (short) tokens[i / width][i % width];
      }
      return new NpyArray(shape, data);
    }
    int[] data = new int[tokens.length * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = tokens[i / width][i % width];
    }
    return new NpyArray(shape, data);
  }

  /**
   * Returns the tokens of one crop.
   *
   * @param array what was stored
   * @param crop number of the crop
   * @return the tokens
   */
  public static int[] crop(NpyArray array, int crop) {
    int width = array.shape()[1];
    int[] all = array.toInts();
    int[] row = new int[width];
    System.arraycopy(all, crop * width, row, 0, width);
    return row;
  }
}
