package org.anymod.media.fields;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.anymod.media.NumberWord;
import org.anymod.media.RandomOrder;
import org.anymod.spi.Field;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;

/**
 * Fields as pairs of words {@code v1=<id> v0=<bin>}, one chunk each, in random order. When read,
 * pairs that are not of this form or have an unknown id are left out; of several with the same id
 * the last counts.
 */
final class FieldText implements TextForm {
  private static final int ID = 1;
  private static final int BIN = 0;

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
        .forEach(
            (field, bin) ->
                chunks.add(new NumberWord(ID, field.id()) + " " + new NumberWord(BIN, bin)));
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
    Optional<NumberWord> id = NumberWord.parse(pair.get(0)).filter(word -> word.kind() == ID);
    Optional<NumberWord> bin = NumberWord.parse(pair.get(1)).filter(word -> word.kind() == BIN);
    if (id.isPresent() && bin.isPresent() && byId.containsKey(id.get().number())) {
      bins.put(byId.get(id.get().number()), bin.get().number());
    }
  }

  @Override
  public int coordinateBins() {
    return NumberWord.BINS;
  }
}
