package org.anymod.serve;

import java.nio.ByteBuffer;
import org.anymod.media.Json;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.handler.ErrorHandler;

/** Refuses what is no HTTP in the words of all other refusals, without echoing what was sent. */
final class ErrorPage extends ErrorHandler {
  ErrorPage() {
    setShowServlet(false);
    setShowStacks(false);
  }

  @Override
  public ByteBuffer badMessageError(int status, String reason, HttpFields.Mutable fields) {
    String words = reason == null || reason.isBlank() ? "the request is no valid HTTP" : reason;
    fields.put("Content-Type", Answer.JSON);
    return ByteBuffer.wrap(Json.write(Answer.problem(status, words)));
  }
}
