package org.anymod.media.fields;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Parts of documents that other modalities declare and check. */
final class Trees {
  private Trees() {}

  /** Returns an entry of an object, an empty list if there is none. */
  static Object entry(Object tree, String key) {
    Object found = tree instanceof Map<?, ?> object ? object.get(key) : null;
    return found == null ? List.of() : found;
  }

  /** Returns the elements of a list, none if it is no list. */
  static List<?> list(Object tree) {
    return tree instanceof List<?> list ? list : List.of();
  }

  /** Returns the objects in a list. */
  static List<Map<?, ?>> objects(Object tree) {
    List<Map<?, ?>> objects = new ArrayList<>();
    for (Object element : list(tree)) {
      if (element instanceof Map<?, ?> object) {
        objects.add(object);
      }
    }
    return objects;
  }
}
