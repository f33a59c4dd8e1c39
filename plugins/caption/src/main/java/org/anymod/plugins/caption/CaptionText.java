package org.anymod.plugins.caption;

import java.util.List;
import java.util.random.RandomGenerator;
import org.anymod.media.ValueTypes;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;

/** A caption is its own text form; masking may hide any span of it. */
final class CaptionText implements TextForm {

  @Override
  public List<String> write(Value value, RandomGenerator random) {
    return List.of(ValueTypes.text(value).text());
  }

  @Override
  public Value read(String text) {
    String stripped = text.strip();
    return new Value.Text(
        stripped.length() <= CaptionModality.MAX_CHARACTERS
            ? stripped
            : stripped.substring(0, CaptionModality.MAX_CHARACTERS));
  }
}
