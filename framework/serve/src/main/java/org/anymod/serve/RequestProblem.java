package org.anymod.serve;

import java.util.OptionalInt;

/** A request that is refused: the status to answer with, and the reason in words. */
final class RequestProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final int retryAfter;

  private RequestProblem(int status, String reason, int retryAfter) {
    super(reason, null, false, false);
    this.status = status;
    this.retryAfter = retryAfter;
  }

  RequestProblem(int status, String reason) {
    this(status, reason, -1);
  }

  /** The request as such is wrong. */
  static RequestProblem mistake(String reason) {
    return new RequestProblem(400, reason);
  }

  static RequestProblem notFound(String reason) {
    return new RequestProblem(404, reason);
  }

  static RequestProblem tooLarge(String what, long allowed) {
    return new RequestProblem(413, what + " is larger than the " + allowed + " bytes allowed");
  }

  /** There is no room now; the same request may be sent again after some seconds. */
  static RequestProblem later(int status, String reason, int seconds) {
    return new RequestProblem(status, reason, seconds);
  }

  int status() {
    return status;
  }

  OptionalInt retryAfter() {
    return retryAfter < 0 ? OptionalInt.empty() : OptionalInt.of(retryAfter);
  }
}
