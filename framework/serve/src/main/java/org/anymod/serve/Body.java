package org.anymod.serve;

import io.javalin.http.Context;
import io.javalin.http.UploadedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anymod.media.Json;
import org.anymod.media.JsonPlace;
import org.anymod.spi.InvalidDataException;

/**
 * What a client sent: a JSON document and, of a multipart form, files beside it.
 *
 * @param document the document
 * @param files bytes by name of the form's field
 */
record Body(JsonPlace document, Map<String, byte[]> files) {
  /** The field of a form that holds the document. */
  static final String REQUEST = "request";

  private static final int MOST_FILES = 64;

  /**
   * Reads the body of a request.
   *
   * @throws RequestProblem if it is too large or of another type
   * @throws InvalidDataException if it is no JSON document
   */
  static Body read(Context context, int largest) throws InvalidDataException {
    String type = context.header("Content-Type");
    String media = type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    if (context.req().getContentLengthLong() > largest) {
      throw RequestProblem.tooLarge("the request", largest);
    }
    return switch (media) {
      case "application/json" -> new Body(parse(bytes(context, largest)), Map.of());
      case "multipart/form-data" -> form(context, largest);
      default ->
          throw new RequestProblem(
              415,
              "Content-Type is '"
                  + media
                  + "', must be application/json, or multipart/form-data with the JSON in the field"
                  + " '"
                  + REQUEST
                  + "'");
    };
  }

  private static JsonPlace parse(byte[] bytes) throws InvalidDataException {
    return JsonPlace.top(Json.parse(bytes));
  }

  private static byte[] bytes(Context context, int largest) {
    try {
      // A length need not be announced, so what arrives is counted too.
      byte[] bytes = context.bodyInputStream().readNBytes(largest + 1);
      if (bytes.length > largest) {
        throw RequestProblem.tooLarge("the request", largest);
      }
      return bytes;
    } catch (IOException e) {
      throw RequestProblem.mistake("the request broke off: " + e.getMessage());
    }
  }

  private static Body form(Context context, int largest) throws InvalidDataException {
    Map<String, List<UploadedFile>> parts;
    String request;
    try {
      parts = context.uploadedFileMap();
      request = context.formParam(REQUEST);
    } catch (Exception e) {
      // Compiled from Kotlin, these methods throw checked exceptions that they do not declare.
      throw RequestProblem.mistake("the multipart form cannot be read: " + e.getMessage());
    }
    if (parts.size() > MOST_FILES) {
      throw RequestProblem.mistake(
          "the form has " + parts.size() + " files, at most " + MOST_FILES + " are allowed");
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Map.Entry<String, List<UploadedFile>> part : parts.entrySet()) {
      files.put(part.getKey(), bytes(part.getKey(), part.getValue(), largest));
    }
    byte[] document =
        request != null ? request.getBytes(StandardCharsets.UTF_8) : files.remove(REQUEST);
    if (document == null) {
      throw RequestProblem.mistake("the form has no field '" + REQUEST + "', which holds the JSON");
    }
    return new Body(parse(document), files);
  }

  private static byte[] bytes(String name, List<UploadedFile> files, int largest) {
    if (files.size() != 1) {
      throw RequestProblem.mistake(
          "the form has " + files.size() + " files named '" + name + "', names must differ");
    }
    try (InputStream stream = files.get(0).content()) {
      byte[] bytes = stream.readNBytes(largest + 1);
      if (bytes.length > largest) {
        throw RequestProblem.tooLarge("file '" + name + "'", largest);
      }
      return bytes;
    } catch (IOException e) {
      throw RequestProblem.mistake("file '" + name + "' broke off: " + e.getMessage());
    }
  }
}
