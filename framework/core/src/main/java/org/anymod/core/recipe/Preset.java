package org.anymod.core.recipe;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;

/**
 * Marks the setting of a record whose value changes the defaults of the other settings; what a
 * recipe says itself stands.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Preset {

  /**
   * Returns where the defaults are found.
   *
   * @return a class with a public constructor without parameters
   */
  Class<? extends Defaults> value();

  /** Defaults by the name of a preset. */
  interface Defaults {

    /**
     * Returns the defaults of a preset.
     *
     * @param preset name of the preset
     * @return defaults as YAML by key; empty if there is no preset of this name
     */
    Map<String, String> of(String preset);
  }
}
