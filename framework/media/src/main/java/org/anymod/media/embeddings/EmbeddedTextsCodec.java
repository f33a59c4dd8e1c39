package org.anymod.media.embeddings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.media.NpyArray;
import org.anymod.media.NpyType;
import org.anymod.media.Npz;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * The files: {@code .npz} with {@code emb} of shape (texts, length, width), {@code mask_valid} of
 * shape (texts, length), zero for padding, and possibly {@code ascii_tensor}, the code points of
 * each text with zeros behind them, of shape (texts, characters) or (characters).
 */
final class EmbeddedTextsCodec implements Codec {
  private static final String VECTORS = "emb";
  private static final String VALID = "mask_valid";
  private static final String CHARACTERS = "ascii_tensor";
  private static final int MAX_BYTES = 128 << 20;

  private final ValueSpec spec;

  EmbeddedTextsCodec(ValueSpec spec) {
    this.spec = spec;
  }

  @Override
  public List<String> extensions() {
    return List.of("npz");
  }

  @Override
  public Value decode(byte[] bytes) throws InvalidDataException {
    Map<String, NpyArray> arrays = Npz.read(bytes, MAX_BYTES);
    NpyArray vectors = array(arrays, VECTORS, 3);
    NpyArray valid = array(arrays, VALID, 2);
    int[] shape = vectors.shape();
    if (shape[0] == 0) {
      throw new InvalidDataException(VECTORS + " is " + vectors + ", must hold at least one text");
    }
    if (valid.shape()[0] != shape[0] || valid.shape()[1] != shape[1]) {
      throw new InvalidDataException(
          VALID + " is " + valid + ", must have the first two axes of " + VECTORS + " " + vectors);
    }
    List<String> texts =
        arrays.containsKey(CHARACTERS) ? texts(arrays.get(CHARACTERS), shape[0]) : List.of();
    Value value = new EmbeddedTexts(sequences(vectors, valid), texts).toValue();
    Optional<String> violation = spec.violation(value);
    if (violation.isPresent()) {
      throw new InvalidDataException(violation.get());
    }
    return value;
  }

  private static NpyArray array(Map<String, NpyArray> arrays, String name, int axes)
      throws InvalidDataException {
    NpyArray array = arrays.get(name);
    if (array == null) {
      throw new InvalidDataException(
          "the npz file holds " + arrays.keySet() + ", must hold '" + name + "'");
    }
    if (array.shape().length != axes) {
      throw new InvalidDataException(name + " is " + array + ", must have " + axes + " axes");
    }
    return array;
  }

  private static List<List<float[]>> sequences(NpyArray vectors, NpyArray valid) {
    float[] numbers = vectors.toFloats();
    float[] mask = valid.toFloats();
    int length = vectors.shape()[1];
    int width = vectors.shape()[2];
    List<List<float[]>> sequences = new ArrayList<>();
    for (int n = 0; n < vectors.shape()[0]; n++) {
      List<float[]> sequence = new ArrayList<>();
      for (int row = n * length; row < (n + 1) * length; row++) {
        if (mask[row] != 0) {
          sequence.add(Arrays.copyOfRange(numbers, row * width, (row + 1) * width));
        }
      }
      sequences.add(sequence);
    }
    return sequences;
  }

  private static List<String> texts(NpyArray characters, int count) throws InvalidDataException {
    int[] shape = characters.shape();
    boolean one = shape.length == 1 && count == 1;
    if (!one && (shape.length != 2 || shape[0] != count)) {
      throw new InvalidDataException(
          CHARACTERS + " is " + characters + ", must have a row for each of " + count + " texts");
    }
    int[] points;
    try {
      points = characters.toInts();
    } catch (ArithmeticException e) {
      throw new InvalidDataException(CHARACTERS + " holds no code points: " + e.getMessage(), e);
    }
    int length = shape[shape.length - 1];
    List<String> texts = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      texts.add(text(Arrays.copyOfRange(points, n * length, (n + 1) * length)));
    }
    return texts;
  }

  private static String text(int[] points) throws InvalidDataException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < points.length && points[i] != 0; i++) {
      if (!Character.isValidCodePoint(points[i])) {
        throw new InvalidDataException(
            CHARACTERS + " holds " + points[i] + ", which is no code point");
      }
      text.appendCodePoint(points[i]);
    }
    return text.toString();
  }

  @Override
  public byte[] encode(Value value) {
    EmbeddedTexts texts = EmbeddedTexts.of(value);
    int count = texts.sequences().size();
    int length = texts.sequences().stream().mapToInt(List::size).max().orElse(0);
    int width =
        texts.sequences().stream().flatMap(List::stream).mapToInt(v -> v.length).max().orElse(0);
    float[] numbers = new float[Math.multiplyExact(Math.multiplyExact(count, length), width)];
    boolean[] valid = new boolean[count * length];
    for (int n = 0; n < count; n++) {
      List<float[]> sequence = texts.sequences().get(n);
      for (int i = 0; i < sequence.size(); i++) {
        System.arraycopy(sequence.get(i), 0, numbers, (n * length + i) * width, width);
        valid[n * length + i] = true;
      }
    }
    Map<String, NpyArray> arrays = new LinkedHashMap<>();
    arrays.put(VECTORS, new NpyArray(new int[] {count, length, width}, numbers));
    arrays.put(VALID, new NpyArray(new int[] {count, length}, valid));
    if (!texts.texts().isEmpty()) {
      arrays.put(CHARACTERS, characters(texts.texts()));
    }
    return Npz.write(arrays);
  }

  private static NpyArray characters(List<String> texts) {
    List<int[]> rows = texts.stream().map(text -> text.codePoints().toArray()).toList();
    int length = rows.stream().mapToInt(row -> row.length).max().orElse(0);
    int[] points = new int[rows.size() * length];
    for (int n = 0; n < rows.size(); n++) {
      System.arraycopy(rows.get(n), 0, points, n * length, rows.get(n).length);
    }
    return new NpyArray(NpyType.INT32, new int[] {rows.size(), length}, points);
  }
}
