package org.anymod.media.fields;

import java.util.List;
import java.util.Map;
import org.anymod.media.ValueTypes;
import org.anymod.spi.FieldGroup.FieldLabeler;
import org.anymod.spi.Value;

/**
 * Counts the elements of a list in a document, that of the first crop where there is one for each
 * of its {@code crops}.
 */
public final class ListLength implements FieldLabeler {
  private final String from;
  private final String list;
  private final String field;

  /**
   * Creates a labeler.
   *
   * @param from source of the documents
   * @param list key of the list
   * @param field field for its number of elements
   */
  public ListLength(String from, String list, String field) {
    this.from = from;
    this.list = list;
    this.field = field;
  }

  @Override
  public String from() {
    return from;
  }

  @Override
  public Map<String, Double> compute(Value value) {
    Object tree = ValueTypes.structured(value).tree();
    List<?> crops = Trees.list(Trees.entry(tree, "crops"));
    Object whole = crops.isEmpty() ? tree : crops.get(0);
    return Map.of(field, (double) Trees.list(Trees.entry(whole, list)).size());
  }
}
