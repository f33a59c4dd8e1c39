package org.anymod.media.fields;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Field;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/** Shows fields as a table of names and numbers, a line each, in the order of their ids. */
final class FieldTable implements Renderer {
  private final List<Field> fields;

  FieldTable(List<Field> fields) {
    this.fields = fields;
  }

  @Override
  public Rendering render(Value value) {
    Map<?, ?> object = (Map<?, ?>) ValueTypes.structured(value).tree();
    int width =
        fields.stream()
            .map(Field::name)
            .filter(object::containsKey)
            .mapToInt(String::length)
            .max()
            .orElse(0);
    StringBuilder table = new StringBuilder();
    for (Field field : fields) {
      if (object.get(field.name()) instanceof Number number) {
        table.append(table.length() == 0 ? "" : "\n").append(field.name());
        table.append(" ".repeat(width + 2 - field.name().length()));
        table.append(shown(field, number.doubleValue()));
      }
    }
    return new Rendering.Words(table.length() == 0 ? "nothing" : table.toString());
  }

  private static String shown(Field field, double number) {
    return String.format(Locale.ROOT, field.bins().whole() ? "%.0f" : "%.3f", number);
  }
}
