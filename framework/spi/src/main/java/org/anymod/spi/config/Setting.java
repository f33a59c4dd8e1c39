package org.anymod.spi.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Describes one setting: a component of a record that is read from a recipe. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /**
   * Returns what the setting does, with its unit and the trade-off, in one sentence.
   *
   * @return the description
   */
  String value();

  /**
   * Returns the default, written as in YAML. Without one the setting is required, unless its type
   * is {@code Optional}, {@code OptionalInt}, {@code List} or {@code Map}, which are empty then.
   *
   * @return the default; an empty string means there is none
   */
  String defaultValue() default "";

  /**
   * Returns the smallest allowed number, for numbers and for elements of lists and maps of numbers.
   *
   * @return the smallest number
   */
  double min() default Double.NEGATIVE_INFINITY;

  /**
   * Returns the largest allowed number, for numbers and for elements of lists and maps of numbers.
   *
   * @return the largest number
   */
  double max() default Double.POSITIVE_INFINITY;

  /**
   * Returns the allowed texts.
   *
   * @return the texts; none means that any is allowed
   */
  String[] allowed() default {};
}
