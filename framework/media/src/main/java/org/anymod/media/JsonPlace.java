package org.anymod.media;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.spi.InvalidDataException;

/**
 * A place in a JSON document, from which a reader takes what must be there. Every failure names the
 * place, what was found and what is allowed.
 */
public final class JsonPlace {
  private static final int SHOWN = 60;

  private final Object tree;
  private final JsonPlace parent;
  private final Object key;

  private JsonPlace(Object tree, JsonPlace parent, Object key) {
    this.tree = tree;
    this.parent = parent;
    this.key = key;
  }

  /**
   * Starts at the top of a document.
   *
   * @param tree maps, lists, strings, numbers, booleans and nulls
   * @return the place
   */
  public static JsonPlace top(Object tree) {
    return new JsonPlace(tree, null, null);
  }

  /**
   * Returns whether this is an object or a list without entries.
   *
   * @return true if nothing is in it
   */
  public boolean isEmpty() {
    return tree instanceof List<?> list && list.isEmpty()
        || tree instanceof Map<?, ?> map && map.isEmpty();
  }

  /**
   * Goes to an entry of an object.
   *
   * @param key its key
   * @return the place of the entry
   * @throws InvalidDataException if this is no object or has no such entry
   */
  public JsonPlace get(String key) throws InvalidDataException {
    Optional<JsonPlace> entry = find(key);
    if (entry.isEmpty()) {
      throw new InvalidDataException(here() + " has no entry '" + key + "', must have one");
    }
    return entry.get();
  }

  /**
   * Goes to an entry of an object where there is one.
   *
   * @param key its key
   * @return the place of the entry; empty if it is missing or null
   * @throws InvalidDataException if this is no object
   */
  public Optional<JsonPlace> find(String key) throws InvalidDataException {
    if (!(tree instanceof Map<?, ?> map)) {
      throw mustBe("an object");
    }
    Object entry = map.get(key);
    return entry == null ? Optional.empty() : Optional.of(new JsonPlace(entry, this, key));
  }

  /**
   * Returns the entries of an object.
   *
   * @return the places by key, in the order of the document; those that are null too
   * @throws InvalidDataException if this is no object
   */
  public Map<String, JsonPlace> entries() throws InvalidDataException {
    if (!(tree instanceof Map<?, ?> map)) {
      throw mustBe("an object");
    }
    Map<String, JsonPlace> entries = new LinkedHashMap<>();
    map.forEach((name, entry) -> entries.put((String) name, new JsonPlace(entry, this, name)));
    return entries;
  }

  /**
   * Checks that an object has no entries besides known ones.
   *
   * @param known the keys that it may have
   * @throws InvalidDataException if this is no object or has another key
   */
  public void onlyKeys(Collection<String> known) throws InvalidDataException {
    for (String name : entries().keySet()) {
      if (!known.contains(name)) {
        throw new InvalidDataException(
            here() + " has the entry '" + shortened(name) + "', allowed are " + known);
      }
    }
  }

  /**
   * Returns what is here.
   *
   * @return maps, lists, strings, numbers, booleans and nulls
   */
  public Object tree() {
    return tree;
  }

  /**
   * Returns the elements of a list.
   *
   * @param min smallest allowed number of elements
   * @param max largest allowed number of elements
   * @return the places of the elements in order
   * @throws InvalidDataException if this is no list or has another number of elements
   */
  public List<JsonPlace> items(int min, int max) throws InvalidDataException {
    if (!(tree instanceof List<?> list) || list.size() < min || list.size() > max) {
      throw mustBe("a list of " + (min == max ? "" + min : min + " to " + max) + " elements");
    }
    List<JsonPlace> items = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      items.add(new JsonPlace(list.get(i), this, i));
    }
    return items;
  }

  /**
   * Returns a number.
   *
   * @param min smallest allowed number
   * @param max largest allowed number
   * @return the number
   * @throws InvalidDataException if this is no number or outside the range
   */
  public double number(double min, double max) throws InvalidDataException {
    if (tree instanceof Number number
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.doubleValue();
    }
    throw mustBe("a number from " + min + " to " + max);
  }

  /**
   * Returns a list of numbers.
   *
   * @param count how many there must be
   * @param min smallest allowed number
   * @param max largest allowed number
   * @return the numbers
   * @throws InvalidDataException if there are more, fewer or other things
   */
  public double[] numbers(int count, double min, double max) throws InvalidDataException {
    List<JsonPlace> items = items(count, count);
    double[] numbers = new double[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = items.get(i).number(min, max);
    }
    return numbers;
  }

  /**
   * Returns a whole number.
   *
   * @param min smallest allowed number
   * @param max largest allowed number
   * @return the number
   * @throws InvalidDataException if this is no whole number or outside the range
   */
  public int whole(int min, int max) throws InvalidDataException {
    if (tree instanceof Long number && number >= min && number <= max) {
      return Math.toIntExact(number);
    }
    if (tree instanceof Integer number && number >= min && number <= max) {
      return number;
    }
    throw mustBe("a whole number from " + min + " to " + max);
  }

  /**
   * Returns a text.
   *
   * @return the text
   * @throws InvalidDataException if this is no text
   */
  public String text() throws InvalidDataException {
    if (tree instanceof String text) {
      return text;
    }
    throw mustBe("a text");
  }

  /**
   * Returns the failure that something else must be here.
   *
   * @param allowed what is allowed
   * @return the failure, to be thrown
   */
  public InvalidDataException mustBe(String allowed) {
    String found = tree instanceof String ? "\"" + tree + "\"" : String.valueOf(tree);
    return new InvalidDataException(here() + " is " + shortened(found) + ", must be " + allowed);
  }

  private static String shortened(String found) {
    return found.length() <= SHOWN ? found : found.substring(0, SHOWN) + "...";
  }

  private String here() {
    return parent == null ? "the document" : path();
  }

  private String path() {
    if (parent == null) {
      return "";
    }
    String before = parent.path();
    if (key instanceof Integer) {
      return before + "[" + key + "]";
    }
    return before.isEmpty() ? key.toString() : before + "." + key;
  }
}
