package org.anymod.media;

import java.util.List;
import java.util.Optional;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.ClassMapSpec;

/**
 * PNG files with a single channel of at most 8 bits whose gray value or palette index is the class
 * number.
 */
public final class ClassMapCodec implements Codec {
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
