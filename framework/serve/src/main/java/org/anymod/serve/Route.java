package org.anymod.serve;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;

/**
 * One address of the server.
 *
 * @param method HTTP method
 * @param path path with parameters in braces
 * @param open whether it is answered without the token
 * @param handler answers
 */
record Route(HandlerType method, String path, boolean open, Handler handler) {

  /** Answers a request. */
  interface Handler {
    /**
     * Answers.
     *
     * @throws RequestProblem with the status to answer with
     * @throws org.anymod.spi.InvalidDataException if the request is wrong
     * @throws Exception if the server failed
     */
    void handle(Context context) throws Exception;
  }

  static Route open(HandlerType method, String path, Handler handler) {
    return new Route(method, path, true, handler);
  }

  static Route guarded(HandlerType method, String path, Handler handler) {
    return new Route(method, path, false, handler);
  }
}
