package org.anymod.media.fields;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Field;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;

/** Takes some fields out of a document that also has those of others. */
final class FieldSelection implements Labeler {
  private final String from;
  private final List<Field> fields;

  FieldSelection(String from, List<Field> fields) {
    this.from = from;
    this.fields = fields;
  }

  @Override
  public List<String> from() {
    return List.of(from);
  }

  @Override
  public Value label(Map<String, Value> inputs) {
    Map<?, ?> all = (Map<?, ?>) ValueTypes.structured(inputs.get(from)).tree();
    Map<String, Object> own = new LinkedHashMap<>();
    for (Field field : fields) {
      if (all.containsKey(field.name())) {
        own.put(field.name(), all.get(field.name()));
      }
    }
    return new Value.Structured(own);
  }
}
