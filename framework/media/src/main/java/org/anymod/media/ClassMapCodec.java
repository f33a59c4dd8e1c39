package org.anymod.media;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.ClassMapSpec;

/**
 * PNG files with a single channel of at most 8 bits whose gray value or palette index is the class
 * number.
 */
public final class ClassMapCodec implements Codec {
  private static final int MAX_LABELS = 256;

  private final ClassMapSpec spec;

  /**
   * Creates a codec.
   *
   * @param spec the classes; files with others are refused
   * @throws IllegalArgumentException if there are more than 256 classes
   */
  public ClassMapCodec(ClassMapSpec spec) {
    if (spec.labels().size() > 256) {
      throw new IllegalArgumentException(
          "there are " + spec.labels().size() + " labels, a class map of 8 bits holds at most 256");
    }
    this.spec = spec;
  }

  /**
   * Returns what class maps in files look like, where a class has a byte.
   *
   * @param labels name of each class, class 0 first; 1 to 256, all different
   * @param ignored class of places without a label, if there is one
   * @return the specification
   * @throws IllegalArgumentException if the labels are too few or too many, one comes twice, or the
   *     ignored class is not among them
   */
  public static ClassMapSpec spec(List<String> labels, OptionalInt ignored) {
    if (labels.isEmpty() || labels.size() > MAX_LABELS) {
      throw new IllegalArgumentException(
          "labels has " + labels.size() + " names, must have 1 to " + MAX_LABELS);
    }
    Set<String> seen = new HashSet<>();
    for (String label : labels) {
      if (!seen.add(label)) {
        throw new IllegalArgumentException("labels has '" + label + "' twice");
      }
    }
    if (ignored.isPresent() && (ignored.getAsInt() < 0 || ignored.getAsInt() >= labels.size())) {
      throw new IllegalArgumentException(
          "ignored is " + ignored.getAsInt() + ", must be 0 to " + (labels.size() - 1));
    }
    return new ClassMapSpec(labels, ignored);
  }

  @Override
  public List<String> extensions() {
    return List.of("png");
  }

  @Override
  public Value decode(byte[] bytes) throws InvalidDataException {
    Value.ClassMap map = Pictures.decodeClassMap(bytes);
    Optional<String> violation = spec.violation(map);
    if (violation.isPresent()) {
      throw new InvalidDataException(violation.get());
    }
    return map;
  }

  @Override
  public byte[] encode(Value value) {
    return Pictures.encodePng(ValueTypes.classMap(value));
  }
}
