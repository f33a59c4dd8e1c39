package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.anymod.core.generation.Rectangle;
import org.anymod.core.generation.Visible;
import org.anymod.media.Pictures;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;

/** Reads which parts of a picture are known: areas, or a picture that is bright there. */
final class VisibleAreas {
  private static final Pattern AREA = Pattern.compile("[-+0-9.eE]+(,[-+0-9.eE]+){3}");
  private static final float HALF = 0.5f;

  private VisibleAreas() {}

  /**
   * Reads areas.
   *
   * @param key key of the picture
   * @param words areas {@code x,y,width,height}, or one file
   * @param value the picture
   * @param files finds the file that a word means
   */
  static Visible of(String key, List<String> words, Value value, UnaryOperator<String> files)
      throws IOException {
    boolean areas = words.stream().allMatch(word -> AREA.matcher(word).matches());
    if (areas && !words.isEmpty()) {
      List<Rectangle> rectangles = new ArrayList<>();
      for (String word : words) {
        rectangles.add(rectangle(key, word, value));
      }
      return new Visible.Rectangles(rectangles);
    }
    if (words.size() != 1) {
      throw new UserMistake(
          "visible: " + key + " is " + words + ", must be areas x,y,width,height, or one picture");
    }
    return mask(key, Path.of(files.apply(words.get(0))));
  }

  private static Rectangle rectangle(String key, String word, Value value) {
    double[] n;
    try {
      n = Arrays.stream(word.split(",")).mapToDouble(Double::parseDouble).toArray();
    } catch (NumberFormatException e) {
      throw new UserMistake("visible: " + key + " is '" + word + "', must be four numbers");
    }
    try {
      return Arrays.stream(n).allMatch(x -> x <= 1)
          ? new Rectangle(n[0], n[1], n[2], n[3])
          : pixels(key, n, value);
    } catch (IllegalArgumentException e) {
      throw new UserMistake("visible: " + key + ": " + e.getMessage());
    }
  }

  private static Rectangle pixels(String key, double[] n, Value value) {
    if (value instanceof Value.Raster raster) {
      return Rectangle.ofPixels(n[0], n[1], n[2], n[3], raster.width(), raster.height());
    } else if (value instanceof Value.ClassMap map) {
      return Rectangle.ofPixels(n[0], n[1], n[2], n[3], map.width(), map.height());
    }
    throw new UserMistake("visible: " + key + " is no picture, so that no area of it is known");
  }

  private static Visible mask(String key, Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new UserMistake(
          "visible: "
              + key
              + " is '"
              + file
              + "', must be x,y,width,height or a picture that is bright where the other is known");
    }
    try {
      Value.Raster mask = Pictures.decodeGray(Files.readAllBytes(file));
      boolean[] cells = new boolean[mask.height() * mask.width()];
      for (int i = 0; i < cells.length; i++) {
        cells[i] = mask.data()[i] >= HALF;
      }
      return new Visible.Mask(mask.height(), mask.width(), cells);
    } catch (InvalidDataException e) {
      throw new UserMistake(file + ": " + e.getMessage());
    }
  }
}
