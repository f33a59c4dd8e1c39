package org.anymod.toyworld;

/** What people do; each has its pose. */
public enum Activity {
  /** Arms hang down. */
  STANDING("standing"),
  /** Arms and legs swing. */
  WALKING("walking"),
  /** One arm is up, its elbow bent. */
  WAVING("waving"),
  /** Both arms point up. */
  CHEERING("cheering"),
  /** Both arms point sideways. */
  BALANCING("balancing"),
  /** Knees are bent. */
  CROUCHING("crouching");

  private final String word;

  Activity(String word) {
    this.word = word;
  }

  /**
   * Returns the English word for it.
   *
   * @return a lower-case participle
   */
  public String word() {
    return word;
  }
}
