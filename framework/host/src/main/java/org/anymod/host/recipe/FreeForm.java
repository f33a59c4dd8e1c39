package org.anymod.host.recipe;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Settings without a record: Integer or Long, Double, Boolean, String, and lists and maps of these.
 */
final class FreeForm {
  private final Problems problems;
  private boolean complete = true;

  private FreeForm(Problems problems) {
    this.problems = problems;
  }

  static Optional<Object> of(Tree tree, String key, Problems problems) {
    FreeForm form = new FreeForm(problems);
    Object value = form.value(tree, key);
    return form.complete ? Optional.of(value) : Optional.empty();
  }

  private Object value(Tree tree, String key) {
    if (tree instanceof Tree.Mapping mapping) {
      Map<String, Object> map = new LinkedHashMap<>();
      mapping
          .entries()
          .forEach((name, entry) -> map.put(name, value(entry.value(), Keys.join(key, name))));
      return Collections.unmodifiableMap(map);
    } else if (tree instanceof Tree.Sequence sequence) {
      List<Object> list = new ArrayList<>();
      sequence.items().forEach(item -> list.add(value(item, Keys.join(key, list.size()))));
      return Collections.unmodifiableList(list);
    }
    Tree.Scalar scalar = (Tree.Scalar) tree;
    return switch (scalar.form()) {
      case NULL -> refuse(scalar, key, "a value");
      case BOOLEAN -> scalar.text().equalsIgnoreCase("true");
      case INTEGER -> integer(scalar, key);
      case NUMBER -> number(scalar, key);
      case TEXT -> scalar.text();
    };
  }

  private Object integer(Tree.Scalar scalar, String key) {
    OptionalLong number = Forms.whole(scalar.text());
    if (number.isEmpty()) {
      return refuse(scalar, key, "a number of at most 64 bits");
    }
    long value = number.getAsLong();
    return value == (int) value ? (Object) (int) value : (Object) value;
  }

  private Object number(Tree.Scalar scalar, String key) {
    double number = Forms.number(scalar.text());
    return Double.isFinite(number) ? (Object) number : refuse(scalar, key, "a finite number");
  }

  private Object refuse(Tree.Scalar scalar, String key, String allowed) {
    problems.add(scalar.at(), key, "found " + scalar.found(), allowed);
    complete = false;
    return "";
  }
}
