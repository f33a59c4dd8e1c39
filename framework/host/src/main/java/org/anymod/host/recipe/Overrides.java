package org.anymod.host.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Applies {@code key=value} arguments of the command line. A path is split at dots, but a key that
 * exists in the recipe is taken whole even if it contains dots; numbers select items of lists. What
 * is set need not exist: the binder decides whether it may.
 */
final class Overrides {
  private final Problems problems;
  private final String argument;
  private final int index;

  private Overrides(Problems problems, String argument, int index) {
    this.problems = problems;
    this.argument = argument;
    this.index = index;
  }

  static Tree apply(Tree recipe, List<String> arguments, Problems problems) {
    Tree changed = recipe;
    for (int i = 0; i < arguments.size(); i++) {
      changed = new Overrides(problems, arguments.get(i), i + 1).apply(changed);
    }
    return changed;
  }

  private Tree apply(Tree recipe) {
    int equals = argument.indexOf('=');
    if (equals < 1) {
      problems.add(
          place(0), "", "found '" + argument + "'", "key=value, such as training.steps=100");
      return recipe;
    }
    Optional<Tree> value =
        TreeReader.read(
            argument.substring(equals + 1),
            mark -> place(equals + 1 + (mark == null ? 0 : mark.getColumn())),
            problems);
    return value.map(tree -> set(recipe, 0, equals, tree)).orElse(recipe);
  }

  /** Sets what the path in {@code argument[from, to)} names, seen from the given tree. */
  private Tree set(Tree tree, int from, int to, Tree value) {
    if (tree instanceof Tree.Mapping mapping) {
      return setKey(mapping, from, to, value);
    } else if (tree instanceof Tree.Sequence sequence) {
      return setItem(sequence, from, to, value);
    } else if (((Tree.Scalar) tree).form() == Tree.Form.NULL) {
      return setKey(new Tree.Mapping(tree.at(), Map.of()), from, to, value);
    }
    problems.add(
        place(from),
        argument.substring(0, to),
        "found " + tree.found() + " at " + argument.substring(0, from - 1),
        "a mapping or list there");
    return tree;
  }

  private Tree setKey(Tree.Mapping mapping, int from, int to, Tree value) {
    int end = keyEnd(mapping, from, to);
    if (end == from) {
      problems.add(
          place(from), argument.substring(0, to), "found an empty key", "keys separated by dots");
      return mapping;
    }
    String key = argument.substring(from, end);
    Tree.Entry present = mapping.entries().get(key);
    if (end == to) {
      return mapping.with(key, new Tree.Entry(place(from), value));
    }
    Tree inner =
        present == null ? new Tree.Mapping(place(from), new LinkedHashMap<>()) : present.value();
    Place keyAt = present == null ? place(from) : present.keyAt();
    return mapping.with(key, new Tree.Entry(keyAt, set(inner, end + 1, to, value)));
  }

  private int keyEnd(Tree.Mapping mapping, int from, int to) {
    int longest = -1;
    for (String key : mapping.entries().keySet()) {
      int end = from + key.length();
      boolean matches =
          end <= to && argument.startsWith(key, from) && (end == to || argument.charAt(end) == '.');
      longest = matches ? Math.max(longest, end) : longest;
    }
    return longest >= 0 ? longest : segmentEnd(from, to);
  }

  private int segmentEnd(int from, int to) {
    int dot = argument.indexOf('.', from);
    return dot >= 0 && dot < to ? dot : to;
  }

  private Tree setItem(Tree.Sequence sequence, int from, int to, Tree value) {
    int end = segmentEnd(from, to);
    String segment = argument.substring(from, end);
    int size = sequence.items().size();
    int item = segment.matches("[0-9]{1,6}") ? Integer.parseInt(segment) : size;
    if (item >= size) {
      String allowed =
          size == 0 ? "no index, the list is empty" : "an index from 0 to " + (size - 1);
      problems.add(
          place(from), argument.substring(0, to), "found index '" + segment + "'", allowed);
      return sequence;
    }
    List<Tree> items = new ArrayList<>(sequence.items());
    items.set(item, end == to ? value : set(items.get(item), end + 1, to, value));
    return new Tree.Sequence(sequence.at(), items);
  }

  private Place place(int offset) {
    return new Place(Place.OVERRIDE, index, offset + 1);
  }
}
