package org.anymod.toyworld;

import java.util.Arrays;
import java.util.List;

/**
 * What a pixel of the toy world can show. The number of a class in class maps is its place in this
 * list.
 */
public enum ToyClass {
  /** Nothing was hit. */
  SKY("sky"),
  /** The plane that everything stands on. */
  GROUND("ground"),
  /** A sphere. */
  SPHERE("sphere"),
  /** A box. */
  BOX("box"),
  /** An upright cylinder. */
  CYLINDER("cylinder"),
  /** An upright cone. */
  CONE("cone"),
  /** A person; only in worlds with people. */
  PERSON("person");

  private static final List<String> LABELS = Arrays.stream(values()).map(ToyClass::label).toList();

  private final String label;

  ToyClass(String label) {
    this.label = label;
  }

  /**
   * Returns the class's name in class lists and captions.
   *
   * @return a lower-case English noun
   */
  public String label() {
    return label;
  }

  /**
   * Returns the names of all classes; the place of a name is the number that stands for it in class
   * maps.
   *
   * @return sky, ground, sphere, box, cylinder, cone, person
   */
  public static List<String> labels() {
    return LABELS;
  }
}
