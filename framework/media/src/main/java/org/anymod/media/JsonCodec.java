package org.anymod.media;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.StructuredSpec;

/** JSON files as structured documents. */
public final class JsonCodec implements Codec {
  private final StructuredSpec spec;

  /**
   * Creates a codec.
   *
   * @param spec what a document must look like; others are refused
   */
  public JsonCodec(StructuredSpec spec) {
    this.spec = spec;
  }

  @Override
  public List<String> extensions() {
    return List.of("json");
  }

  @Override
  public Value decode(byte[] bytes) throws InvalidDataException {
    Object tree = Json.parse(bytes);
    if (!(tree instanceof Map) && !(tree instanceof List)) {
      throw new InvalidDataException("the JSON is " + tree + ", must be an object or a list");
    }
    Optional<String> violation = spec.violation(tree);
    if (violation.isPresent()) {
      throw new InvalidDataException(violation.get());
    }
    return new Value.Structured(tree);
  }

  @Override
  public byte[] encode(Value value) {
    return Json.write(ValueTypes.structured(value).tree());
  }
}
