package org.anymod.serve;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anymod.media.Json;

/** Writes answers in JSON. */
final class Answer {
  static final String JSON = "application/json; charset=utf-8";

  private Answer() {}

  static void json(Context context, int status, Object tree) {
    context.status(status).contentType(JSON).result(Json.write(tree));
  }

  static void problem(Context context, RequestProblem problem) {
    problem.retryAfter().ifPresent(s -> context.header("Retry-After", Integer.toString(s)));
    if (problem.status() == 401) {
      context.header("WWW-Authenticate", "Bearer");
    }
    json(context, problem.status(), problem(problem.status(), problem.getMessage()));
  }

  /** Returns what every refusal says. */
  static Map<String, Object> problem(int status, String reason) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("status", status);
    tree.put("reason", reason);
    return tree;
  }
}
