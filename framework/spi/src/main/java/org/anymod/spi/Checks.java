package org.anymod.spi;

/**
 * Argument checks of the records in this package; messages name the component, the value found and
 * what is allowed.
 */
final class Checks {
  private Checks() {}

  static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 1");
    }
  }

  static void notNegative(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " is " + value + ", must be at least 0");
    }
  }

  static void multiple(String name, int value, int factor) {
    positive(name, value);
    if (value % factor != 0) {
      throw new IllegalArgumentException(
          name + " is " + value + ", must be a multiple of " + factor);
    }
  }

  static void present(String name, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
  }

  static void length(String name, int found, int expected) {
    if (found != expected) {
      throw new IllegalArgumentException(
          name + " has " + found + " elements, must have " + expected);
    }
  }
}
