package org.anymod.plugins.caption;

import java.util.List;
import java.util.Optional;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.StructuredSpec;

/** One caption as text, or several as a list of strings. */
final class CaptionsSpec implements StructuredSpec {
  private final ValueSpec.TextSpec one;

  CaptionsSpec(int maxCharacters) {
    one = new ValueSpec.TextSpec(maxCharacters);
  }

  @Override
  public Optional<String> violation(Object tree) {
    if (!(tree instanceof List<?> captions) || captions.isEmpty()) {
      return Optional.of("is " + tree + ", must be a list of at least one caption");
    }
    for (int i = 0; i < captions.size(); i++) {
      String place = "caption " + i + " ";
      if (!(captions.get(i) instanceof String text)) {
        return Optional.of(place + "is " + captions.get(i) + ", must be a text");
      }
      Optional<String> violation = one.violation(new Value.Text(text));
      if (violation.isPresent()) {
        return Optional.of(place + violation.get());
      }
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> violation(Value value) {
    return value instanceof Value.Text
        ? one.violation(value)
        : StructuredSpec.super.violation(value);
  }
}
