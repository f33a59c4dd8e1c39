package org.anymod.spi.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a record whose components are the settings of one plugin. An extension asks for the record
 * in its constructor; the host fills it from {@code plugins.<value>} of the recipe, or with the
 * defaults where the recipe is silent.
 *
 * <p>Components may be {@code int}, {@code long}, {@code double}, {@code boolean}, {@code String},
 * {@code java.nio.file.Path}, an enum, {@code Optional}, {@code OptionalInt}, {@code List} or
 * {@code Map<String, ...>} of these, or another record. Each should carry a {@link Setting}. The
 * record's own checks run after those of the annotations.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ConfigSection {

  /**
   * Returns the name of the section.
   *
   * @return lower-case letters, digits, hyphens and underscores
   */
  String value();
}
