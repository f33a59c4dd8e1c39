package org.anymod.core.generation;

import java.util.Objects;
import org.anymod.spi.Value;

/**
 * What a request gives of one modality, and how much of it. Values are those of the modality's
 * files; pictures may have any size, since a request cuts out their centre square and brings it to
 * the size of the model input.
 */
public sealed interface Given {

  /**
   * Gives a value as a whole. In a text, a sentinel such as {@code [S_1]} marks what is missing.
   *
   * @param value the value
   * @return the whole value
   */
  static Given of(Value value) {
    return new Whole(value);
  }

  /**
   * Gives parts of a value; the rest counts as unknown, whatever the value holds there.
   *
   * @param value the value
   * @param visible what is known of it
   * @return the part
   */
  static Given part(Value value, Visible visible) {
    return new Part(value, visible);
  }

  /**
   * Gives the beginning of a text or of a list such as boxes: more may follow.
   *
   * @param value the beginning
   * @return a value that goes on
   */
  static Given beginning(Value value) {
    return new Beginning(value);
  }

  /**
   * Gives text in the words that the model sees, such as {@code v0=10 v1=20 v2=300 v3=400 ball
   * [S_1]}.
   *
   * @param text words of the vocabulary that text-like modalities share; sentinels {@code [S_1]},
   *     {@code [S_2]}, ... stand where something is missing
   * @return the words
   */
  static Given words(String text) {
    return new Words(text);
  }

  /**
   * A whole value.
   *
   * @param value the value
   */
  record Whole(Value value) implements Given {
    /** Checks that there is a value. */
    public Whole {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * Parts of a picture, of a grid or of a list of vectors.
   *
   * @param value the value; what lies outside the visible part means nothing
   * @param visible what is known
   */
  record Part(Value value, Visible visible) implements Given {
    /** Checks that both are present. */
    public Part {
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(visible, "visible");
    }
  }

  /**
   * The beginning of a sequence.
   *
   * @param value what it begins with
   */
  record Beginning(Value value) implements Given {
    /** Checks that there is a value. */
    public Beginning {
      Objects.requireNonNull(value, "value");
    }
  }

  /**
   * Words of the shared vocabulary.
   *
   * @param text the words, with sentinels where something is missing
   */
  record Words(String text) implements Given {
    /** Checks that there is a text. */
    public Words {
      Objects.requireNonNull(text, "text");
    }
  }
}
