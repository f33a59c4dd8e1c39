package org.anymod.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Talks to a server as programs do. */
final class ServeClient {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;
  private final Optional<String> token;

  ServeClient(int port, Optional<String> token) {
    this.port = port;
    this.token = token;
  }

  /** What came back. */
  record Reply(HttpResponse<byte[]> response) {
    int status() {
      return response.statusCode();
    }

    byte[] bytes() {
      return response.body();
    }

    String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    JsonNode json() throws IOException {
      return MAPPER.readTree(response.body());
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  HttpRequest.Builder request(String path) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(PATIENCE);
    token.ifPresent(secret -> builder.header("Authorization", "Bearer " + secret));
    return builder;
  }

  Reply send(HttpRequest request) throws IOException, InterruptedException {
    return new Reply(http.send(request, BodyHandlers.ofByteArray()));
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send(request(path).GET().build());
  }

  Reply delete(String path) throws IOException, InterruptedException {
    return send(request(path).DELETE().build());
  }

  Reply post(String path, String json) throws IOException, InterruptedException {
    return post(path, "application/json", BodyPublishers.ofString(json));
  }

  Reply post(String path, String type, BodyPublisher body)
      throws IOException, InterruptedException {
    return send(request(path).header("Content-Type", type).POST(body).build());
  }

  /** Waits until a job has ended, and returns it. */
  JsonNode ended(String id) throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < until) {
      JsonNode job = get("/api/jobs/" + id).json();
      String state = job.get("state").asText();
      if (!state.equals("waiting") && !state.equals("running")) {
        return job;
      }
      Thread.sleep(20);
    }
    throw new IOException("job " + id + " has not ended");
  }
}
