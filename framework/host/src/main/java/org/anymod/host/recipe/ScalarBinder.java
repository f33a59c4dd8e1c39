package org.anymod.host.recipe;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Turns single values into numbers, texts, paths and constants. */
final class ScalarBinder {
  private final Problems problems;

  ScalarBinder(Problems problems) {
    this.problems = problems;
  }

  /** Binds a value; empty if it does not fit, which is reported then. */
  Optional<?> bind(SettingRule rule, SettingType type, Tree tree, String key) {
    if (tree instanceof Tree.Scalar scalar) {
      Optional<?> bound = convert(rule, type, scalar, key);
      if (bound != null) {
        return bound;
      }
    }
    return refuse(rule, type, tree, key);
  }

  /**
   * Returns null where the form does not fit, an empty result where the failure has been reported
   * already.
   */
  private Optional<?> convert(SettingRule rule, SettingType type, Tree.Scalar scalar, String key) {
    Tree.Form form = scalar.form();
    if (type instanceof SettingType.Whole whole) {
      return form == Tree.Form.INTEGER ? whole(rule, whole, scalar) : null;
    } else if (type instanceof SettingType.Real) {
      return form == Tree.Form.INTEGER || form == Tree.Form.NUMBER ? real(rule, scalar) : null;
    } else if (type instanceof SettingType.Flag) {
      return form == Tree.Form.BOOLEAN ? Optional.of(scalar.text().equalsIgnoreCase("true")) : null;
    } else if (form != Tree.Form.TEXT) {
      return null;
    } else if (type instanceof SettingType.Words) {
      return words(rule, scalar, key);
    } else if (type instanceof SettingType.FilePath) {
      return path(scalar, key);
    }
    return choice((SettingType.Choice) type, scalar, key);
  }

  private Optional<?> refuse(SettingRule rule, SettingType type, Tree tree, String key) {
    String hint =
        type instanceof SettingType.Words
                && tree instanceof Tree.Scalar scalar
                && isQuotable(scalar)
            ? " (quote it: \"" + scalar.text() + "\")"
            : "";
    problems.add(tree.at(), key, "found " + tree.found(), rule.expected(type) + hint);
    return Optional.empty();
  }

  private static boolean isQuotable(Tree.Scalar scalar) {
    return scalar.form() != Tree.Form.NULL && scalar.form() != Tree.Form.TEXT;
  }

  private static Optional<?> whole(SettingRule rule, SettingType.Whole type, Tree.Scalar scalar) {
    OptionalLong number = Forms.whole(scalar.text());
    if (number.isEmpty() || number.getAsLong() < rule.min() || number.getAsLong() > rule.max()) {
      return null;
    }
    long value = number.getAsLong();
    if (type.isLong()) {
      return Optional.of(value);
    }
    return value == (int) value ? Optional.of((int) value) : null;
  }

  private static Optional<?> real(SettingRule rule, Tree.Scalar scalar) {
    double number = Forms.number(scalar.text());
    boolean fits = Double.isFinite(number) && number >= rule.min() && number <= rule.max();
    return fits ? Optional.of(number) : null;
  }

  private Optional<?> words(SettingRule rule, Tree.Scalar scalar, String key) {
    if (rule.allowed().isEmpty() || rule.allowed().contains(scalar.text())) {
      return Optional.of(scalar.text());
    }
    problems.unknown(scalar.at(), key, "found " + scalar.found(), scalar.text(), rule.allowed());
    return Optional.empty();
  }

  private Optional<?> path(Tree.Scalar scalar, String key) {
    String text = scalar.text();
    boolean home = text.equals("~") || text.startsWith("~/");
    try {
      if (!text.isEmpty()) {
        return Optional.of(
            Path.of(home ? System.getProperty("user.home") + text.substring(1) : text));
      }
      problems.add(scalar.at(), key, "found an empty path", "a path");
    } catch (InvalidPathException e) {
      problems.add(
          scalar.at(), key, "found " + scalar.found() + " (" + e.getReason() + ")", "a path");
    }
    return Optional.empty();
  }

  private Optional<?> choice(SettingType.Choice type, Tree.Scalar scalar, String key) {
    String name = scalar.text().replace('_', '-');
    for (Enum<?> constant : type.constants()) {
      if (Keys.ofConstant(constant).equals(name)) {
        return Optional.of(constant);
      }
    }
    List<String> names = type.constants().stream().map(Keys::ofConstant).toList();
    problems.unknown(scalar.at(), key, "found " + scalar.found(), scalar.text(), names);
    return Optional.empty();
  }
}
