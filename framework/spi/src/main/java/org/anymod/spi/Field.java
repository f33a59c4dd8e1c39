package org.anymod.spi;

/**
 * One named number of a {@link FieldGroup}, written as the two words {@code v1=<id> v0=<bin>}.
 *
 * @param id number of the field, 0 to 999, unique in its sequence
 * @param name its name in files: lower-case letters, digits and underscores
 * @param bins how its values become bins
 */
public record Field(int id, String name, Bins bins) {
  /** Checks the number and the name. */
  public Field {
    if (id < 0 || id > Bins.MAX_BIN) {
      throw new IllegalArgumentException(
          "field '" + name + "' has the id " + id + ", allowed are 0 to " + Bins.MAX_BIN);
    }
    if (name == null || !name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "a field is named '"
              + name
              + "', allowed are lower-case letters, digits and _, beginning with a letter");
    }
    Checks.present("bins", bins);
  }
}
