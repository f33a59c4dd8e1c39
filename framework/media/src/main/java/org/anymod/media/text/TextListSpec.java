package org.anymod.media.text;

import java.util.List;
import java.util.Optional;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.StructuredSpec;

/** One text, or several as a list of strings. */
final class TextListSpec implements StructuredSpec {
  private final ValueSpec.TextSpec one;

  TextListSpec(int maxCharacters) {
    one = new ValueSpec.TextSpec(maxCharacters);
  }

  @Override
  public Optional<String> violation(Object tree) {
    if (!(tree instanceof List<?> texts) || texts.isEmpty()) {
      return Optional.of("is " + tree + ", must be a list of at least one text");
    }
    for (int i = 0; i < texts.size(); i++) {
      String place = "text " + i + " ";
      if (!(texts.get(i) instanceof String text)) {
        return Optional.of(place + "is " + texts.get(i) + ", must be a text");
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
