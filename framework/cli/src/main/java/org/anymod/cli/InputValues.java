package org.anymod.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** Reads values that a user gives: ordinary files, or words where the modality is text. */
final class InputValues {
  private static final long LARGEST = 1L << 28;

  private InputValues() {}

  /** Reads a file, or takes the words for the value where there is no such file. */
  static Value read(UsedModality modality, String fileOrText) throws IOException {
    Path file = path(fileOrText);
    if (file != null && Files.isRegularFile(file)) {
      return decode(modality, file);
    }
    if (isText(modality) && !looksLikeFile(fileOrText, modality.modality().codec())) {
      return decode(modality, "text", fileOrText.getBytes(StandardCharsets.UTF_8));
    }
    throw new UserMistake(
        modality.key()
            + ": "
            + fileOrText
            + ": "
            + (file != null && Files.isDirectory(file) ? "is a folder" : "no such file")
            + ", must be a file of type "
            + String.join(" or ", modality.modality().codec().extensions()));
  }

  /** Returns whether a word names a file. */
  static boolean isFile(String word) {
    Path file = path(word);
    return file != null && Files.isRegularFile(file);
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      // Words may contain what no file name can.
      return null;
    }
  }

  private static boolean isText(UsedModality modality) {
    ValueSpec spec = modality.modality().value();
    return spec instanceof ValueSpec.TextSpec || spec instanceof ValueSpec.StructuredSpec;
  }

  private static boolean looksLikeFile(String text, Codec codec) {
    String lower = text.toLowerCase(Locale.ROOT);
    return codec.extensions().stream().anyMatch(extension -> lower.endsWith("." + extension));
  }

  /** Reads a file of a modality. */
  static Value decode(UsedModality modality, Path file) throws IOException {
    long size = Files.size(file);
    if (size > LARGEST) {
      throw new UserMistake(file + ": has " + size + " bytes, at most " + LARGEST + " are allowed");
    }
    return decode(modality, file.toString(), Files.readAllBytes(file));
  }

  private static Value decode(UsedModality modality, String name, byte[] bytes) {
    String place = modality.key() + ": " + name + ": ";
    try {
      Value value = modality.modality().codec().decode(bytes);
      modality
          .modality()
          .value()
          .violation(value)
          .ifPresent(
              violation -> {
                throw new UserMistake(place + violation);
              });
      return value;
    } catch (InvalidDataException e) {
      throw new UserMistake(place + e.getMessage());
    }
  }

  /**
   * Brings values to the size of the model input: the centre square of each picture. What is no
   * picture belongs to the first picture among them.
   */
  static Map<UsedModality, Value> cropped(Map<UsedModality, Value> values) {
    int[] common = {1, 1};
    for (Value value : values.values()) {
      int[] size = size(value);
      if (size.length == 2) {
        common = size;
        break;
      }
    }
    Map<UsedModality, Value> cropped = new LinkedHashMap<>();
    for (Map.Entry<UsedModality, Value> entry : values.entrySet()) {
      int[] own = size(entry.getValue());
      int[] size = own.length == 2 ? own : common;
      UsedModality modality = entry.getKey();
      Crop crop = Crop.centerSquare(size[0], size[1]);
      cropped.put(
          modality, modality.modality().crop(entry.getValue(), crop, modality.resolution()));
    }
    return cropped;
  }

  private static int[] size(Value value) {
    if (value instanceof Value.Raster raster) {
      return new int[] {raster.height(), raster.width()};
    }
    return value instanceof Value.ClassMap map ? new int[] {map.height(), map.width()} : new int[0];
  }
}
