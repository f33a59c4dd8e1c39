package org.anymod.media;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.anymod.spi.Bins;
import org.anymod.spi.Field;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;

/**
 * Fields as pairs of words {@code v1=<id> v0=<bin>}, one chunk each, in random order. When read,
 * pairs that are not of this form or have an unknown id are left out; of several with the same id
 * the last counts.
 */
final class FieldText implements TextForm {
  private static final String ID = "v1=";
  private static final String BIN = "v0=";

  private final List<Field> fields;
  private final Map<Integer, Field> byId = new HashMap<>();

  FieldText(List<Field> fields) {
    this.fields = fields;
    fields.forEach(field -> byId.put(field.id(), field));
  }

  @Override
  public List<String> write(Value value, RandomGenerator random) {
    List<String> chunks = new ArrayList<>();
    FieldSpec.bins(fields, value)
        .forEach((field, bin) -> chunks.add(ID + field.id() + " " + BIN + bin));
    return RandomOrder.of(chunks, random);
  }

  @Override
  public Value read(String text) {
    Map<Field, Integer> bins = new HashMap<>();
    List<String> pair = new ArrayList<>();
    for (String word : text.split("\\s+")) {
      if (word.contains("v1")) {
        take(pair, bins);
        pair.clear();
      }
      if (!word.equals("[EOS]") && !word.equals("[PAD]")) {
        pair.add(word);
      }
    }
    take(pair, bins);
    return FieldSpec.value(fields, bins);
  }

  private void take(List<String> pair, Map<Field, Integer> bins) {
    if (pair.size() != 2) {
      return;
    }
    OptionalInt id = number(ID, pair.get(0));
    OptionalInt bin = number(BIN, pair.get(1));
    if (id.isPresent() && bin.isPresent() && byId.containsKey(id.getAsInt())) {
      bins.put(byId.get(id.getAsInt()), bin.getAsInt());
    }
  }

  private static OptionalInt number(String prefix, String word) {
    return word.matches(prefix + "[0-9]{1,3}")
        ? OptionalInt.of(Integer.parseInt(word.substring(prefix.length())))
        : OptionalInt.empty();
  }

  @Override
  public int coordinateBins() {
    return Bins.MAX_BIN + 1;
  }
}
