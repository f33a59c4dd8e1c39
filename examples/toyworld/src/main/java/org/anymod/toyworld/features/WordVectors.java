package org.anymod.toyworld.features;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.anymod.media.NpyArray;
import org.anymod.media.Npz;
import org.anymod.torch.StreamRandom;
import org.anymod.toyworld.RenderedScene;

/**
 * Stand-ins for the vectors of a text encoder: each word has a fixed vector of 64 numbers drawn
 * evenly with variance 1 from its own hash, whatever stands around it.
 */
public final class WordVectors {
  /** Numbers of a vector. */
  public static final int WIDTH = 64;

  /** Most words of a text that get one. */
  public static final int MOST_WORDS = 77;

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final long SEED = 0;

  private WordVectors() {}

  /**
   * Returns the words of a text in lower case.
   *
   * @param text any text
   * @return the first 77 of them
   */
  public static List<String> words(String text) {
    return Arrays.stream(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT)))
        .filter(word -> !word.isEmpty())
        .limit(MOST_WORDS)
        .toList();
  }

  /**
   * Returns the vector of a word.
   *
   * @param word any word
   * @return 64 numbers
   */
  public static float[] of(String word) {
    CRC32 hash = new CRC32();
    hash.update(word.getBytes(StandardCharsets.UTF_8));
    StreamRandom random = StreamRandom.at(SEED, "stand-in word vectors", hash.getValue());
    float[] vector = new float[WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      vector[i] = (float) (Math.sqrt(3) * (2 * random.nextDouble() - 1));
    }
    return vector;
  }

  /** Returns the mean of the vectors of a text; zeros if it has no word. */
  static double[] mean(String text) {
    List<String> words = words(text);
    double[] mean = new double[WIDTH];
    for (String word : words) {
      float[] vector = of(word);
      for (int i = 0; i < WIDTH; i++) {
        mean[i] += vector[i] / words.size();
      }
    }
    return mean;
  }

  /**
   * Writes the vectors of a scene's caption: {@code emb}, float32 {@code (1, words, 64)}, and
   * {@code mask_valid}, true for all of them, {@code (1, words)}.
   *
   * @param rendered the scene
   * @return a npz file
   */
  public static byte[] encode(RenderedScene rendered) {
    List<String> words = words(rendered.caption());
    float[] vectors = new float[words.size() * WIDTH];
    boolean[] valid = new boolean[words.size()];
    for (int i = 0; i < valid.length; i++) {
      System.arraycopy(of(words.get(i)), 0, vectors, i * WIDTH, WIDTH);
      valid[i] = true;
    }
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put("emb", new NpyArray(new int[] {1, valid.length, WIDTH}, vectors));
    arrays.put("mask_valid", new NpyArray(new int[] {1, valid.length}, valid));
    return Npz.write(arrays);
  }
}
