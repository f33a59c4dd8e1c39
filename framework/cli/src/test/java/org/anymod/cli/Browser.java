package org.anymod.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real browser without a window, driven by the WebDriver protocol of W3C. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final List<String> FLAGS =
      List.of(
          "--headless=new",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--disable-dev-shm-usage",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-extensions",
          "--window-size=1400,1000");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process driver;
  private final String address;
  private String session = "";

  private Browser(Process driver, int port) {
    this.driver = driver;
    this.address = "http://127.0.0.1:" + port;
  }

  /** Returns the programs that are needed; empty where one is not installed. */
  static Optional<Path> installed() {
    return Files.isExecutable(Path.of("/usr/bin/chromium"))
            && Files.isExecutable(Path.of("/usr/bin/chromedriver"))
        ? Optional.of(Path.of("/usr/bin/chromedriver"))
        : Optional.empty();
  }

  /** Starts the browser with a fresh profile, saving downloads into a folder. */
  static Browser open(Path chromedriver, Path folder) throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ProcessBuilder builder =
        new ProcessBuilder(chromedriver.toString(), "--port=" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("chromedriver.txt").toFile());
    Browser browser = new Browser(builder.start(), port);
    try {
      browser.begin(folder);
      return browser;
    } catch (IOException | InterruptedException | RuntimeException e) {
      browser.close();
      throw e;
    }
  }

  private void begin(Path folder) throws IOException, InterruptedException {
    ObjectNode body = MAPPER.createObjectNode();
    ObjectNode options =
        body.putObject("capabilities")
            .putObject("alwaysMatch")
            .put("browserName", "chrome")
            .putObject("goog:chromeOptions");
    options.put("binary", "/usr/bin/chromium");
    FLAGS.forEach(options.withArray("args")::add);
    options.withArray("args").add("--user-data-dir=" + folder.resolve("profile"));
    options
        .putObject("prefs")
        .put("download.default_directory", folder.toString())
        .put("download.prompt_for_download", false);
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (session.isEmpty()) {
      try {
        session = "/session/" + call("POST", "/session", body).get("sessionId").asText();
      } catch (java.net.ConnectException e) {
        if (System.nanoTime() > until || !driver.isAlive()) {
          throw e;
        }
        Thread.sleep(50);
      }
    }
  }

  private JsonNode call(String method, String path, JsonNode body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(MAPPER.writeValueAsString(body)))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    JsonNode value = MAPPER.readTree(response.body()).get("value");
    if (response.statusCode() != 200) {
      throw new IOException(path + ": " + value.path("message").asText());
    }
    return value;
  }

  void go(String url) throws IOException, InterruptedException {
    call("POST", session + "/url", MAPPER.createObjectNode().put("url", url));
  }

  /** Runs a script in the page and returns what it returns. */
  JsonNode run(String script) throws IOException, InterruptedException {
    ObjectNode body = MAPPER.createObjectNode().put("script", script);
    body.putArray("args");
    return call("POST", session + "/execute/sync", body);
  }

  /** Waits until a script returns true. */
  void await(String script) throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!run("return Boolean(" + script + ")").asBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError(
            script
                + " is not so; the page says: "
                + run("return document.body.innerText").asText());
      }
      Thread.sleep(50);
    }
  }

  /** Clicks at the first element of a CSS selector, as a mouse does. */
  void click(String selector) throws IOException, InterruptedException {
    call("POST", session + "/element/" + element(selector) + "/click", MAPPER.createObjectNode());
  }

  void type(String selector, String text) throws IOException, InterruptedException {
    call(
        "POST",
        session + "/element/" + element(selector) + "/value",
        MAPPER.createObjectNode().put("text", text));
  }

  private String element(String selector) throws IOException, InterruptedException {
    ObjectNode body = MAPPER.createObjectNode().put("using", "css selector").put("value", selector);
    return call("POST", session + "/element", body).elements().next().asText();
  }

  /** Drags the mouse over an element, between two places given as parts of its size. */
  void drag(String selector, double fromX, double fromY, double toX, double toY)
      throws IOException, InterruptedException {
    JsonNode box =
        run(
            "const e = document.querySelector('"
                + selector
                + "'); e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return [r.left, r.top, r.width, r.height]");
    ObjectNode body = MAPPER.createObjectNode();
    ObjectNode mouse =
        body.putArray("actions").addObject().put("type", "pointer").put("id", "mouse");
    mouse.putObject("parameters").put("pointerType", "mouse");
    mouse.withArray("actions").add(move(box, fromX, fromY));
    mouse.withArray("actions").addObject().put("type", "pointerDown").put("button", 0);
    mouse.withArray("actions").add(move(box, (fromX + toX) / 2, (fromY + toY) / 2));
    mouse.withArray("actions").add(move(box, toX, toY));
    mouse.withArray("actions").addObject().put("type", "pointerUp").put("button", 0);
    call("POST", session + "/actions", body);
  }

  private static ObjectNode move(JsonNode box, double x, double y) {
    return MAPPER
        .createObjectNode()
        .put("type", "pointerMove")
        .put("duration", 20)
        .put("x", Math.round(box.get(0).asDouble() + x * box.get(2).asDouble()))
        .put("y", Math.round(box.get(1).asDouble() + y * box.get(3).asDouble()));
  }

  /** Returns a picture of the window as PNG. */
  byte[] screenshot() throws IOException, InterruptedException {
    return Base64.getDecoder().decode(call("GET", session + "/screenshot", null).asText());
  }

  @Override
  public void close() {
    try {
      if (!session.isEmpty()) {
        call("DELETE", session, null);
      }
      driver.destroy();
      if (!driver.waitFor(10, TimeUnit.SECONDS)) {
        driver.destroyForcibly();
      }
    } catch (IOException e) {
      driver.destroyForcibly();
    } catch (InterruptedException e) {
      driver.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
