package org.anymod.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anymod.media.JsonPlace;
import org.anymod.spi.Field;
import org.anymod.spi.InputForm;
import org.anymod.spi.InputForm.LabelledBox;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** Values that a person makes by hand, as the modality's declarations allow. */
final class DrawnValues {
  private static final int LARGEST_SIDE = 2048;
  private static final double LEVELS = 255;

  private final Modality modality;

  DrawnValues(Modality modality) {
    this.modality = modality;
  }

  Value text(JsonPlace place) throws InvalidDataException {
    if (!FormView.takesText(modality.value())) {
      throw place.mustBe("given in another form, '" + modality.name() + "' is no plain text");
    }
    return new Value.Text(place.text());
  }

  Value document(JsonPlace place) throws InvalidDataException {
    if (!(place.tree() instanceof Map) && !(place.tree() instanceof List)) {
      throw place.mustBe("an object or a list");
    }
    return new Value.Structured(place.tree());
  }

  Value boxes(JsonPlace place) throws InvalidDataException {
    InputForm.Boxes form = form(InputForm.Boxes.class, place);
    List<LabelledBox> boxes = new ArrayList<>();
    for (JsonPlace item : place.items(0, form.most())) {
      item.onlyKeys(Set.of("label", "sides"));
      String label = item.get("label").text();
      if (!form.labels().contains(label)) {
        throw item.get("label").mustBe("one of " + form.labels());
      }
      double[] sides = item.get("sides").numbers(4, 0, 1);
      if (sides[0] > sides[2] || sides[1] > sides[3]) {
        throw item.get("sides")
            .mustBe("[left, top, right, bottom] with left <= right, top <= bottom");
      }
      boxes.add(new LabelledBox(label, sides[0], sides[1], sides[2], sides[3]));
    }
    return form.maker().apply(boxes);
  }

  Value colors(JsonPlace place) throws InvalidDataException {
    InputForm.Colors form = form(InputForm.Colors.class, place);
    List<Integer> colors = new ArrayList<>();
    for (JsonPlace item : place.items(1, form.most())) {
      if (!item.text().matches("#[0-9a-fA-F]{6}")) {
        throw item.mustBe("a colour such as #ff8000");
      }
      colors.add(Integer.parseInt(item.text().substring(1), 16));
    }
    return form.maker().apply(colors);
  }

  Value numbers(JsonPlace place) throws InvalidDataException {
    InputForm.Numbers form = form(InputForm.Numbers.class, place);
    Set<String> names = form.fields().stream().map(Field::name).collect(Collectors.toSet());
    place.onlyKeys(names);
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonPlace> entry : place.entries().entrySet()) {
      numbers.put(entry.getKey(), entry.getValue().number(-Double.MAX_VALUE, Double.MAX_VALUE));
    }
    return form.value(numbers);
  }

  private <T extends InputForm> T form(Class<T> type, JsonPlace place) throws InvalidDataException {
    Optional<InputForm> form = modality.inputForm();
    if (form.isEmpty() || !type.isInstance(form.get())) {
      throw place.mustBe("given in another form, '" + modality.name() + "' has none of this type");
    }
    return type.cast(form.get());
  }

  /** Levels of 0 to 255, channel after channel for each pixel, spread over the declared range. */
  Value drawing(JsonPlace place) throws InvalidDataException {
    if (!(modality.value() instanceof ValueSpec.RasterSpec spec) || !FormView.isDrawable(spec)) {
      throw place.mustBe("given in another form, '" + modality.name() + "' is no picture");
    }
    int channels = spec.channels();
    Pixels pixels = pixels(place, channels);
    int plane = pixels.height() * pixels.width();
    float[] data = new float[channels * plane];
    for (int i = 0; i < plane; i++) {
      for (int c = 0; c < channels; c++) {
        double share = (pixels.bytes()[i * channels + c] & 0xFF) / LEVELS;
        data[c * plane + i] = (float) (spec.min() + share * (spec.max() - spec.min()));
      }
    }
    return new Value.Raster(channels, pixels.height(), pixels.width(), data);
  }

  /** One byte for each pixel, its class. */
  Value classes(JsonPlace place) throws InvalidDataException {
    if (!(modality.value() instanceof ValueSpec.ClassMapSpec)) {
      throw place.mustBe("given in another form, '" + modality.name() + "' is no class map");
    }
    Pixels pixels = pixels(place, 1);
    int[] data = new int[pixels.bytes().length];
    for (int i = 0; i < data.length; i++) {
      data[i] = pixels.bytes()[i] & 0xFF;
    }
    return new Value.ClassMap(pixels.height(), pixels.width(), data);
  }

  private record Pixels(int height, int width, byte[] bytes) {}

  private static Pixels pixels(JsonPlace place, int channels) throws InvalidDataException {
    place.onlyKeys(Set.of("height", "width", "data"));
    int height = place.get("height").whole(1, LARGEST_SIDE);
    int width = place.get("width").whole(1, LARGEST_SIDE);
    byte[] bytes = InputReader.base64(place.get("data"));
    if (bytes.length != height * width * channels) {
      throw new InvalidDataException(
          "data has "
              + bytes.length
              + " bytes, must have "
              + height * width * channels
              + ": "
              + channels
              + " for each of "
              + height
              + " x "
              + width
              + " pixels");
    }
    return new Pixels(height, width, bytes);
  }
}
