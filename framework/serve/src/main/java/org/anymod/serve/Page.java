package org.anymod.serve;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of the playground, kept in memory. No path of a request ever reaches a file system. */
final class Page {
  private static final String FOLDER = "playground/";

  /** What a browser may load: files of this server, and pictures that its scripts made. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final List<String> NAMES =
      List.of(
          "index.html",
          "style.css",
          "app.js",
          "api.js",
          "dom.js",
          "inputs.js",
          "outputs.js",
          "chain.js",
          "editors.js",
          "boxes.js",
          "painting.js",
          "icon.svg");

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  Page() {
    NAMES.forEach(name -> files.put(name, bytes(FOLDER + name)));
  }

  /** Reads a file of this module. */
  static byte[] bytes(String name) {
    try (InputStream stream = Page.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException(name + " is not part of this build");
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(name + " cannot be read", e);
    }
  }

  void index(Context context) {
    send(context, "index.html");
  }

  void asset(Context context) {
    String name = context.pathParam("name");
    if (!files.containsKey(name)) {
      throw RequestProblem.notFound("there is no such file; the page has " + NAMES);
    }
    send(context, name);
  }

  private void send(Context context, String name) {
    context.contentType(type(name)).header("Cache-Control", "no-cache").result(files.get(name));
  }

  private static String type(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "js" -> "text/javascript; charset=utf-8";
      default -> "image/svg+xml";
    };
  }

  /** Sets what protects the page, on every answer. */
  static void protect(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("X-Frame-Options", "DENY");
    context.header("Referrer-Policy", "no-referrer");
    context.header("Cross-Origin-Resource-Policy", "same-origin");
    context.header("Cross-Origin-Opener-Policy", "same-origin");
  }
}
