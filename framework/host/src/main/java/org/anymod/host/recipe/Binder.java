package org.anymod.host.recipe;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Fills records from a {@link Tree}, going on after a mistake so that all of them are found. */
final class Binder {
  private final Problems problems;
  private final ScalarBinder scalars;

  Binder(Problems problems) {
    this.problems = problems;
    this.scalars = new ScalarBinder(problems);
  }

  /**
   * Fills a record.
   *
   * @param type the record
   * @param tree a mapping of its components
   * @param path dotted path of the mapping; empty for the whole recipe
   * @return the record; empty if something is wrong, which is reported then
   */
  <T extends Record> Optional<T> record(Class<T> type, Tree tree, String path) {
    List<SettingRule> rules = PresetRules.applied(SettingRule.of(type), tree);
    if (!(tree instanceof Tree.Mapping mapping)) {
      problems.add(
          tree.at(),
          path,
          "found " + tree.found(),
          "a mapping with " + String.join(", ", keys(rules)));
      return Optional.empty();
    }
    boolean complete = reportUnknown(mapping, keys(rules), path);
    Object[] values = new Object[rules.size()];
    for (int i = 0; i < values.length; i++) {
      Optional<?> value = component(rules.get(i), mapping, path);
      values[i] = value.orElse(null);
      complete &= value.isPresent();
    }
    return complete ? construct(type, values, mapping, path) : Optional.empty();
  }

  private static List<String> keys(List<SettingRule> rules) {
    return rules.stream().map(SettingRule::key).toList();
  }

  private boolean reportUnknown(Tree.Mapping mapping, List<String> known, String path) {
    boolean complete = true;
    for (Map.Entry<String, Tree.Entry> entry : mapping.entries().entrySet()) {
      if (!known.contains(entry.getKey())) {
        Place at = entry.getValue().keyAt();
        problems.unknown(at, Keys.join(path, entry.getKey()), "unknown key", entry.getKey(), known);
        complete = false;
      }
    }
    return complete;
  }

  private Optional<?> component(SettingRule rule, Tree.Mapping mapping, String path) {
    String key = Keys.join(path, rule.key());
    Tree.Entry entry = mapping.entries().get(rule.key());
    if (entry != null) {
      return value(rule, rule.type(), entry.value(), key);
    }
    if (!rule.defaultText().isEmpty()) {
      return defaultOf(rule, mapping.at(), key);
    }
    if (rule.required()) {
      problems.add(mapping.at(), key, "missing", rule.expected(rule.type()));
      return Optional.empty();
    }
    if (rule.type() instanceof SettingType.Maybe maybe) {
      return Optional.of(wrap(maybe, null));
    } else if (rule.type() instanceof SettingType.Many) {
      return Optional.of(List.of());
    } else if (rule.type() instanceof SettingType.Named) {
      return Optional.of(Map.of());
    }
    return value(rule, rule.type(), new Tree.Mapping(mapping.at(), Map.of()), key);
  }

  /** A default that does not fit is a mistake in the program, not in the recipe. */
  static Optional<?> defaultOf(SettingRule rule, Place at, String key) {
    Problems own = new Problems();
    Optional<?> value =
        TreeReader.read(rule.defaultText(), mark -> at, own)
            .flatMap(tree -> new Binder(own).value(rule, rule.type(), tree, key));
    try {
      own.throwIfAny();
    } catch (RecipeException e) {
      throw new IllegalArgumentException(
          rule.component().getDeclaringRecord().getName()
              + ": default '"
              + rule.defaultText()
              + "' of component "
              + rule.component().getName()
              + " does not fit: "
              + e.getMessage(),
          e);
    }
    return value;
  }

  private Optional<?> value(SettingRule rule, SettingType type, Tree tree, String key) {
    if (type instanceof SettingType.Maybe maybe) {
      return value(rule, maybe.element(), tree, key).map(value -> wrap(maybe, value));
    } else if (type instanceof SettingType.Many many) {
      return many(rule, many, tree, key);
    } else if (type instanceof SettingType.Named named) {
      return named(rule, named, tree, key);
    } else if (type instanceof SettingType.Group group) {
      return record(group.type(), tree, key);
    } else if (type instanceof SettingType.Free) {
      return FreeForm.of(tree, key, problems);
    }
    return scalars.bind(rule, type, tree, key);
  }

  private Optional<?> many(SettingRule rule, SettingType.Many type, Tree tree, String key) {
    if (!(tree instanceof Tree.Sequence sequence)) {
      problems.add(tree.at(), key, "found " + tree.found(), rule.expected(type));
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < sequence.items().size(); i++) {
      value(rule, type.element(), sequence.items().get(i), Keys.join(key, i))
          .ifPresent(values::add);
    }
    return values.size() == sequence.items().size()
        ? Optional.of(Collections.unmodifiableList(values))
        : Optional.empty();
  }

  private Optional<?> named(SettingRule rule, SettingType.Named type, Tree tree, String key) {
    if (!(tree instanceof Tree.Mapping mapping)) {
      problems.add(tree.at(), key, "found " + tree.found(), rule.expected(type));
      return Optional.empty();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (name, entry) ->
                value(rule, type.element(), entry.value(), Keys.join(key, name))
                    .ifPresent(value -> values.put(name, value)));
    return values.size() == mapping.entries().size()
        ? Optional.of(Collections.unmodifiableMap(values))
        : Optional.empty();
  }

  private static Object wrap(SettingType.Maybe type, Object value) {
    if (type.wrapper() == OptionalInt.class) {
      return value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
    } else if (type.wrapper() == OptionalLong.class) {
      return value == null ? OptionalLong.empty() : OptionalLong.of((Long) value);
    } else if (type.wrapper() == OptionalDouble.class) {
      return value == null ? OptionalDouble.empty() : OptionalDouble.of((Double) value);
    }
    return Optional.ofNullable(value);
  }

  private <T extends Record> Optional<T> construct(
      Class<T> type, Object[] values, Tree.Mapping mapping, String path) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<T> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return Optional.of(constructor.newInstance(values));
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof Error error) {
        throw error;
      }
      String message =
          cause instanceof IllegalArgumentException && cause.getMessage() != null
              ? cause.getMessage()
              : "refused with " + cause;
      problems.add(mapping.at(), path, message, "");
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          type.getName() + ": cannot be constructed from its components", e);
    }
  }
}
