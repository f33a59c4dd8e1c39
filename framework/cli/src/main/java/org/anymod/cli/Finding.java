package org.anymod.cli;

/**
 * One thing that the doctor looked at.
 *
 * @param subject what was looked at
 * @param status how it is
 * @param detail what was found
 * @param advice what to do about it; empty if nothing
 */
record Finding(String subject, Status status, String detail, String advice) {

  enum Status {
    /** As it should be. */
    OK,
    /** Works, but not as well as it could. */
    WARN,
    /** Something will fail. */
    BROKEN
  }

  static Finding ok(String subject, String detail) {
    return new Finding(subject, Status.OK, detail, "");
  }

  static Finding warn(String subject, String detail, String advice) {
    return new Finding(subject, Status.WARN, detail, advice);
  }

  static Finding broken(String subject, String detail, String advice) {
    return new Finding(subject, Status.BROKEN, detail, advice);
  }
}
