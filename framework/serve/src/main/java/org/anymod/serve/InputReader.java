package org.anymod.serve;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anymod.core.generation.Given;
import org.anymod.core.generation.Rectangle;
import org.anymod.core.generation.Visible;
import org.anymod.core.modality.UsedModality;
import org.anymod.media.JsonPlace;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;

/**
 * Reads one input of a request: a value in one of several forms, and which parts of it are known.
 * Bytes are read by the modality's own codec only.
 */
final class InputReader {
  private static final int MOST_AREAS = 64;
  private static final String VISIBLE = "visible";
  private static final String BEGINNING = "beginning";
  private static final Set<String> FORMS =
      Set.copyOf(
          List.of(
              "file",
              "part",
              "text",
              "words",
              "document",
              "boxes",
              "colors",
              "numbers",
              "drawing",
              "classes",
              "example",
              "result"));

  private final Map<String, byte[]> files;
  private final ValueSources sources;

  /**
   * Creates a reader.
   *
   * @param files what came with the request
   * @param sources values that the server has
   */
  InputReader(Map<String, byte[]> files, ValueSources sources) {
    this.files = files;
    this.sources = sources;
  }

  /** Reads what is given of a modality. */
  Given given(UsedModality modality, JsonPlace place) throws InvalidDataException {
    String form = form(place);
    if (form.equals("words")) {
      place.onlyKeys(Set.of("words"));
      return Given.words(place.get("words").text());
    }
    Value value = value(modality, form, place.get(form));
    Optional<JsonPlace> visible = place.find(VISIBLE);
    if (visible.isPresent()) {
      return Given.part(value, areas(modality, visible.get()));
    }
    Optional<JsonPlace> beginning = place.find(BEGINNING);
    return beginning.isPresent() && flag(beginning.get())
        ? Given.beginning(value)
        : Given.of(value);
  }

  /** Reads the value alone. */
  Value value(UsedModality modality, JsonPlace place) throws InvalidDataException {
    String form = form(place);
    if (form.equals("words")) {
      throw place.mustBe("a value; words of the vocabulary cannot be shown");
    }
    return value(modality, form, place.get(form));
  }

  private static String form(JsonPlace place) throws InvalidDataException {
    Set<String> keys = place.entries().keySet();
    List<String> forms = keys.stream().filter(FORMS::contains).toList();
    if (forms.size() != 1) {
      throw place.mustBe("an object with exactly one of " + FORMS.stream().sorted().toList());
    }
    place.onlyKeys(Set.of(forms.get(0), VISIBLE, BEGINNING));
    return forms.get(0);
  }

  private Value value(UsedModality modality, String form, JsonPlace place)
      throws InvalidDataException {
    DrawnValues drawn = new DrawnValues(modality.modality());
    Value value =
        switch (form) {
          case "file" -> decoded(modality, base64(place));
          case "part" -> decoded(modality, part(place));
          case "text" -> drawn.text(place);
          case "document" -> drawn.document(place);
          case "boxes" -> drawn.boxes(place);
          case "colors" -> drawn.colors(place);
          case "numbers" -> drawn.numbers(place);
          case "drawing" -> drawn.drawing(place);
          case "classes" -> drawn.classes(place);
          case "example" -> sources.example(modality, place);
          case "result" -> sources.result(modality, place);
          default -> throw place.mustBe("one of " + FORMS);
        };
    Optional<String> violation = modality.modality().value().violation(value);
    if (violation.isPresent()) {
      throw new InvalidDataException(modality.key() + ": " + violation.get());
    }
    return value;
  }

  private static Value decoded(UsedModality modality, byte[] bytes) throws InvalidDataException {
    try {
      return modality.modality().codec().decode(bytes);
    } catch (InvalidDataException e) {
      throw new InvalidDataException(modality.key() + ": " + e.getMessage(), e);
    }
  }

  static byte[] base64(JsonPlace place) throws InvalidDataException {
    try {
      return Base64.getDecoder().decode(place.text());
    } catch (IllegalArgumentException e) {
      throw place.mustBe("bytes in base64: " + e.getMessage());
    }
  }

  private byte[] part(JsonPlace place) throws InvalidDataException {
    byte[] bytes = files.get(place.text());
    if (bytes == null) {
      throw place.mustBe("the name of a file of the form; there are " + files.keySet());
    }
    return bytes;
  }

  private static Visible areas(UsedModality modality, JsonPlace place) throws InvalidDataException {
    if (!ModelView.hasParts(modality.declaration().kind())) {
      throw new InvalidDataException(modality.key() + " has no parts of a picture to choose from");
    }
    List<Rectangle> areas = new ArrayList<>();
    for (JsonPlace area : place.items(1, MOST_AREAS)) {
      double[] sides = area.numbers(4, 0, 1);
      try {
        areas.add(new Rectangle(sides[0], sides[1], sides[2], sides[3]));
      } catch (IllegalArgumentException e) {
        throw area.mustBe("[left, top, width, height] inside the picture, whose sides are 1");
      }
    }
    return new Visible.Rectangles(areas);
  }

  private static boolean flag(JsonPlace place) throws InvalidDataException {
    if (place.tree() instanceof Boolean flag) {
      return flag;
    }
    throw place.mustBe("true or false");
  }
}
