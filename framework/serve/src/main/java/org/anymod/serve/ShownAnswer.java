package org.anymod.serve;

import io.javalin.http.Context;

/** Answers with a value: its file, a picture of it, or the words that show it. */
final class ShownAnswer {
  private ShownAnswer() {}

  /**
   * Answers as the query parameter {@code as} asks.
   *
   * @throws RequestProblem if it asks for what there is not
   */
  static void send(Context context, ShownValue value, String fileName) {
    String as = context.queryParam("as");
    context.header("Cache-Control", "no-store");
    switch (as == null ? "file" : as) {
      case "file" -> {
        context.header("Content-Disposition", "attachment; filename=\"" + fileName + "\"");
        context.contentType("application/octet-stream").result(value.file());
      }
      case "picture" -> {
        if (!value.isPicture()) {
          throw RequestProblem.notFound("it is shown as words; ask with as=words");
        }
        context.contentType("image/png").result(value.picture());
      }
      case "words" -> {
        if (value.isPicture()) {
          throw RequestProblem.notFound("it is shown as a picture; ask with as=picture");
        }
        context.contentType("text/plain; charset=utf-8").result(value.words());
      }
      default -> throw RequestProblem.mistake("as is '" + as + "', must be file, picture or words");
    }
  }
}
