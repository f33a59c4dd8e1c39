package org.anymod.media.embeddings;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Value;

/**
 * Texts of one sample as vectors, one or more for different crops.
 *
 * @param sequences for each text its vectors, (vector, number); padding is left out
 * @param texts what each text says; empty if that is not known
 */
public record EmbeddedTexts(List<List<float[]>> sequences, List<String> texts) {
  static final String SEQUENCES = "sequences";
  static final String TEXTS = "texts";

  /**
   * Reads a document that the family has checked.
   *
   * @param value a document
   * @return its texts
   */
  public static EmbeddedTexts of(Value value) {
    Map<?, ?> object = (Map<?, ?>) ValueTypes.structured(value).tree();
    List<List<float[]>> sequences = new ArrayList<>();
    for (Object sequence : (List<?>) object.get(SEQUENCES)) {
      sequences.add(((List<?>) sequence).stream().map(EmbeddedTexts::vector).toList());
    }
    List<String> texts = new ArrayList<>();
    if (object.get(TEXTS) instanceof List<?> list) {
      list.forEach(text -> texts.add((String) text));
    }
    return new EmbeddedTexts(sequences, texts);
  }

  private static float[] vector(Object list) {
    if (list instanceof Numbers numbers) {
      return numbers.data;
    }
    List<?> numbers = (List<?>) list;
    float[] vector = new float[numbers.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = ((Number) numbers.get(i)).floatValue();
    }
    return vector;
  }

  /**
   * Returns the document.
   *
   * @return a value that {@link #of} reads back
   */
  public Value toValue() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put(
        SEQUENCES,
        sequences.stream().map(sequence -> sequence.stream().map(Numbers::new).toList()).toList());
    if (!texts.isEmpty()) {
      object.put(TEXTS, texts);
    }
    return new Value.Structured(object);
  }

  /** Returns one text alone. */
  EmbeddedTexts only(int index) {
    return new EmbeddedTexts(
        List.of(sequences.get(index)), texts.isEmpty() ? texts : List.of(texts.get(index)));
  }

  /** An array seen as a list; thousands of numbers need not be objects. */
  private static final class Numbers extends AbstractList<Float> implements RandomAccess {
    private final float[] data;

    Numbers(float[] data) {
      this.data = data;
    }

    @Override
    public Float get(int index) {
      return data[index];
    }

    @Override
    public int size() {
      return data.length;
    }
  }
}
