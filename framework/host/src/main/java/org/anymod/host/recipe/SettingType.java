package org.anymod.host.recipe;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The types that a setting can have. A closed set: whatever binds, documents or writes settings
 * handles each.
 */
sealed interface SettingType {

  /** Whole numbers of type int or long. */
  record Whole(boolean isLong) implements SettingType {}

  /** Finite numbers of type double. */
  record Real() implements SettingType {}

  /** True or false. */
  record Flag() implements SettingType {}

  /** Text. */
  record Words() implements SettingType {}

  /** File paths. */
  record FilePath() implements SettingType {}

  /** Constants of an enum. */
  record Choice(List<Enum<?>> constants) implements SettingType {}

  /** Values that may be left out; {@code wrapper} is one of the four Optional classes. */
  record Maybe(Class<?> wrapper, SettingType element) implements SettingType {}

  /** Lists. */
  record Many(SettingType element) implements SettingType {}

  /** Mappings with free keys. */
  record Named(SettingType element) implements SettingType {}

  /** Records. */
  record Group(Class<? extends Record> type) implements SettingType {}

  /** Whatever YAML can say. */
  record Free() implements SettingType {}

  /**
   * Returns the type of a record component.
   *
   * @throws IllegalArgumentException if settings cannot have this type; the message names record,
   *     component and type
   */
  static SettingType of(RecordComponent component) {
    try {
      return of(component.getGenericType());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          component.getDeclaringRecord().getName()
              + ": component "
              + component.getName()
              + " has type "
              + component.getGenericType().getTypeName()
              + "; a setting can be int, long, double, boolean, String, Path, "
              + "an enum, Optional, OptionalInt, List or Map<String, ...> of these, or a record",
          e);
    }
  }

  private static SettingType of(Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(generic);
    }
    if (!(type instanceof Class<?> plain)) {
      throw new IllegalArgumentException(type.getTypeName());
    }
    if (plain.isEnum()) {
      return new Choice(
          Arrays.stream(plain.getEnumConstants())
              .<Enum<?>>map(constant -> (Enum<?>) constant)
              .toList());
    }
    return plain.isRecord() ? new Group(plain.asSubclass(Record.class)) : simple(plain);
  }

  private static SettingType simple(Class<?> type) {
    if (type == int.class || type == Integer.class) {
      return new Whole(false);
    } else if (type == long.class || type == Long.class) {
      return new Whole(true);
    } else if (type == double.class || type == Double.class) {
      return new Real();
    } else if (type == boolean.class || type == Boolean.class) {
      return new Flag();
    } else if (type == String.class) {
      return new Words();
    } else if (type == Path.class) {
      return new FilePath();
    } else if (type == OptionalInt.class) {
      return new Maybe(type, new Whole(false));
    } else if (type == OptionalLong.class) {
      return new Maybe(type, new Whole(true));
    } else if (type == OptionalDouble.class) {
      return new Maybe(type, new Real());
    } else if (type == Object.class) {
      return new Free();
    }
    throw new IllegalArgumentException(type.getName());
  }

  private static SettingType generic(ParameterizedType type) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return new Maybe(Optional.class, of(arguments[0]));
    } else if (type.getRawType() == List.class) {
      return new Many(of(arguments[0]));
    } else if (type.getRawType() == Map.class && arguments[0] == String.class) {
      return new Named(of(arguments[1]));
    }
    throw new IllegalArgumentException(type.getTypeName());
  }
}
