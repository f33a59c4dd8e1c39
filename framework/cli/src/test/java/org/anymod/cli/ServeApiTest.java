package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.anymod.core.generation.Presets;
import org.anymod.serve.AnymodServer;
import org.anymod.serve.ServeSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The JSON API, over HTTP, with a model. */
class ServeApiTest {
  private static ServedRun run;
  private static ServedRun.Served served;
  private static ServeClient client;

  @BeforeAll
  static void serve() throws IOException {
    run = ServedRun.shared();
    served = run.serve(ServedRun.settings(Optional.empty(), 32));
    client = served.client();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static String picture() throws IOException {
    return Base64.getEncoder().encodeToString(Files.readAllBytes(run.file("rgb")));
  }

  private static JsonNode done(String request) throws Exception {
    ServeClient.Reply reply = client.post("/api/generate", request);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    assertThat(reply.header("Location")).isEqualTo("/api/jobs/" + reply.json().get("id").asText());
    JsonNode job = client.ended(reply.json().get("id").asText());
    assertThat(job.get("state").asText()).as(job.toString()).isEqualTo("done");
    return job;
  }

  @Test
  void theModelSaysWhatGoesInAndWhatComesOut() throws Exception {
    JsonNode model = client.get("/api/model").json();
    assertThat(model.get("name").asText()).isEqualTo("served");
    List<String> seen = new ArrayList<>();
    for (JsonNode modality : model.get("modalities")) {
      List<String> forms = new ArrayList<>();
      modality.get("forms").forEach(form -> forms.add(form.get("type").asText()));
      seen.add(
          modality.get("key").asText()
              + " "
              + modality.get("kind").asText()
              + " "
              + texts(modality.get("roles"))
              + " "
              + forms);
    }
    assertThat(seen)
        .containsExactly(
            "caption text [input, output] [text, file]",
            "color_palette text [input, output] [colors, document, file]",
            "det text [input, output] [boxes, document, file]",
            "image_metadata text [input, output] [numbers, document, file]",
            "rgb@32 pixels [input] [drawing, file]",
            "tok_depth@32 grid [input, output] [drawing, file]",
            "tok_rgb@32 grid [output] [drawing, file]",
            "tok_semseg@32 grid [input, output] [classes, file]");
  }

  @Test
  void predictsFilesFromAPictureAndKeepsThemForDownload() throws Exception {
    JsonNode job =
        done(
            """
            {"inputs": {"rgb@32": {"file": "%s"}}, "samples": 2, "seed": 3,
             "outputs": ["tok_depth@32", {"key": "caption", "temperature": 0.5, "top_p": 0.9}]}
            """
                .formatted(picture()));
    assertThat(job.get("chain").toString())
        .isEqualTo(
            "[{\"key\":\"tok_depth@32\",\"from\":[\"rgb@32\"]},"
                + "{\"key\":\"caption\",\"from\":[\"rgb@32\",\"tok_depth@32\"]}]");
    JsonNode depth = job.get("outputs").get(0);
    assertThat(depth.get("results")).hasSize(2);
    JsonNode second = depth.get("results").get(1);
    ServeClient.Reply file = client.get(second.get("file").asText());
    assertThat(file.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"tok_depth-32-2.png\"");
    assertThat(file.bytes()).startsWith(0x89, 'P', 'N', 'G');
    ServeClient.Reply shown = client.get(second.get("picture").asText());
    assertThat(shown.header("Content-Type")).isEqualTo("image/png");
    JsonNode caption = job.get("outputs").get(1).get("results").get(0);
    assertThat(client.get(caption.get("file").asText() + "&as=words").text())
        .isEqualTo(caption.get("words").asText());
  }

  @Test
  void sameSeedGivesTheSameFile() throws Exception {
    String request =
        "{\"inputs\": {\"rgb@32\": {\"example\": 1}}, \"outputs\": [\"tok_rgb@32\"], \"seed\": %d}";
    List<byte[]> files = new ArrayList<>();
    for (int seed : new int[] {5, 5, 6}) {
      JsonNode job = done(request.formatted(seed));
      String place = job.get("outputs").get(0).get("results").get(0).get("file").asText();
      files.add(client.get(place).bytes());
    }
    assertThat(files.get(1)).isEqualTo(files.get(0));
    assertThat(files.get(2)).isNotEqualTo(files.get(0));
  }

  @Test
  void filesComeAsPartsOfAForm() throws Exception {
    byte[] file = Files.readAllBytes(run.file("rgb"));
    List<byte[]> body = new ArrayList<>();
    body.add(
        """
        --line\r
        Content-Disposition: form-data; name="request"\r
        \r
        {"inputs": {"rgb@32": {"part": "photo"}}, "outputs": ["tok_depth@32"]}\r
        --line\r
        Content-Disposition: form-data; name="photo"; filename="../../../etc/passwd"\r
        Content-Type: image/png\r
        \r
        """
            .getBytes(StandardCharsets.UTF_8));
    body.add(file);
    body.add("\r\n--line--\r\n".getBytes(StandardCharsets.UTF_8));
    ServeClient.Reply reply =
        client.post(
            "/api/generate",
            "multipart/form-data; boundary=line",
            BodyPublishers.ofByteArrays(body));
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    assertThat(client.ended(reply.json().get("id").asText()).get("state").asText())
        .isEqualTo("done");
  }

  @Test
  void everyFormOfInputBecomesAValue() throws Exception {
    String bytes = Base64.getEncoder().encodeToString(new byte[16 * 16]);
    JsonNode job =
        done(
            """
            {"inputs": {
               "caption": {"text": "a red sphere"},
               "color_palette": {"colors": ["#ff8000", "#0000ff"]},
               "det": {"boxes": [{"label": "cone", "sides": [0.1, 0.2, 0.5, 0.9]}]},
               "image_metadata": {"numbers": {"brightness": 0.5}},
               "tok_depth@32": {"drawing": {"width": 16, "height": 16, "data": "%1$s"}},
               "tok_semseg@32": {"classes": {"width": 16, "height": 16, "data": "%1$s"}}},
             "outputs": ["tok_rgb@32"]}
            """
                .formatted(bytes));
    assertThat(job.get("chain").get(0).get("from")).hasSize(6);
  }

  @Test
  void aPreviewShowsTheCentreSquareThatTheModelSees() throws Exception {
    String bytes = Base64.getEncoder().encodeToString(new byte[3 * 40 * 20]);
    ServeClient.Reply reply =
        client.post(
            "/api/preview",
            """
            {"key": "rgb@32", "input": {"drawing": {"width": 40, "height": 20, "data": "%s"}}}
            """
                .formatted(bytes));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().get("crop").toString()).isEqualTo("[0.25,0.0,0.5,1.0]");
    assertThat(reply.json().get("picture").asText()).startsWith("data:image/png;base64,");
  }

  @Test
  void resultsServeAsInputs() throws Exception {
    JsonNode first = done("{\"outputs\": [\"tok_rgb@32\"]}");
    JsonNode second =
        done(
            """
            {"inputs": {"rgb@32": {"result": {"job": "%s", "key": "tok_rgb@32", "sample": 0}}},
             "outputs": ["caption"]}
            """
                .formatted(first.get("id").asText()));
    assertThat(texts(second.get("chain").get(0).get("from"))).containsExactly("rgb@32");
  }

  @Test
  void eventsTellOfEachOutputInOrder() throws Exception {
    ServeClient.Reply accepted =
        client.post(
            "/api/generate",
            """
            {"inputs": {"rgb@32": {"example": 0}}, "outputs": ["tok_depth@32", "tok_semseg@32"]}
            """);
    ServeClient.Reply events = client.get(accepted.json().get("events").asText());
    assertThat(events.header("Content-Type")).startsWith("text/event-stream");
    List<String> told = new ArrayList<>();
    for (String message : events.text().split("\n\n")) {
      List<String> lines = message.lines().toList();
      if (lines.size() == 3) {
        JsonNode data = ServeClient.MAPPER.readTree(lines.get(2).substring(6));
        told.add(lines.get(1).substring(7) + " " + data.path("key").asText());
      }
    }
    assertThat(told)
        .containsExactly("running ", "result tok_depth@32", "result tok_semseg@32", "end ");
  }

  @Test
  void examplesComeFromTheValidationSplit() throws Exception {
    JsonNode examples = client.get("/api/examples").json().get("examples");
    assertThat(examples).hasSize(3);
    assertThat(texts(examples.get(0).get("keys"))).contains("rgb@32", "caption", "det");
    assertThat(client.get("/api/examples/2/caption?as=words").text()).isNotBlank();
    assertThat(client.get("/api/examples/0/rgb@32").bytes()).startsWith(0x89, 'P', 'N', 'G');
    ServeClient.Reply none = client.get("/api/examples/3/caption");
    assertThat(none.status()).isEqualTo(404);
    assertThat(none.json().get("reason").asText()).contains("there are 3, counted from 0");
  }

  @Test
  void cancellingEndsAJob() throws Exception {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      ServeClient.Reply reply =
          client.post("/api/generate", "{\"outputs\": [\"tok_rgb@32\", \"caption\"]}");
      ids.add(reply.json().get("id").asText());
    }
    String last = ids.get(11);
    JsonNode job = client.delete("/api/jobs/" + last).json();
    assertThat(job.get("state").asText()).isIn("cancelled", "done");
    for (String id : ids) {
      assertThat(client.ended(id).get("state").asText()).isIn("done", "cancelled");
    }
  }

  @Test
  void descriptionAndRoutesAgree() throws Exception {
    JsonNode description = client.get("/api/openapi.json").json();
    List<String> described = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : description.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        described.add(method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
      }
    }
    assertThat(described).containsExactlyInAnyOrderElementsOf(served.server().routes());
    List<String> references = new ArrayList<>();
    description.findValues("$ref").forEach(reference -> references.add(reference.asText()));
    for (String reference : new TreeSet<>(references)) {
      assertThat(description.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }

  @Test
  void aPresetForASecondModelNeedsASecondModel() throws Exception {
    ServeClient.Reply reply =
        client.post(
            "/api/generate",
            "{\"outputs\": [\"tok_depth@32\"], \"super_resolution_preset\": \"demo-sr\"}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text()).contains("super_resolution_preset", "this server has no second model");
  }

  @Test
  void metricsCountRequestsTokensAndMemory() throws Exception {
    done("{\"outputs\": [\"tok_depth@32\"]}");
    ServeClient.Reply reply = client.get("/metrics");
    assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
    assertThat(reply.text())
        .containsPattern(
            "anymod_http_requests_total\\{method=\"POST\",route=\"/api/generate\",status=\"202\"\\} \\d")
        .containsPattern("anymod_generated_tokens_total [1-9]")
        .containsPattern("anymod_resident_memory_bytes [1-9]")
        .containsPattern("anymod_jobs_total\\{state=\"done\"\\} [1-9]")
        .contains("anymod_queue_length 0.0", "anymod_http_request_seconds_bucket");
  }

  @Test
  void thePageLoadsNothingFromElsewhere() throws Exception {
    ServeClient.Reply page = client.get("/");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
    assertThat(page.header("Set-Cookie")).isEmpty();
    assertThat(page.text()).doesNotContain("http://", "https://", "onclick", "style=");
    assertThat(client.get("/assets/app.js").header("Content-Type")).startsWith("text/javascript");
    for (String name : List.of("..%2fopenapi.json", "%2e%2e/openapi.json", "nothing.js")) {
      assertThat(client.get("/assets/" + name).status()).isBetween(400, 404);
    }
  }

  @Test
  void isAliveAndReady() throws Exception {
    assertThat(client.get("/healthz").status()).isEqualTo(200);
    assertThat(client.get("/readyz").json().get("status").asText()).isEqualTo("ready");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://elsewhere.example, 403",
    "Origin, null, 403",
    "Content-Type, text/plain, 415"
  })
  void pagesOfOtherSitesAreRefused(String header, String value, int status) throws Exception {
    ServeClient.Reply reply =
        client.send(
            client
                .request("/api/generate")
                .header(header, value)
                .POST(BodyPublishers.ofString("{\"outputs\": [\"caption\"]}"))
                .build());
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.json().get("reason").asText()).isNotBlank();
  }

  @Test
  void aTokenIsAskedFor() throws Exception {
    String secret = "0123456789abcdef";
    try (ServedRun.Served guarded = run.serve(ServedRun.settings(Optional.of(secret), 2))) {
      assertThat(guarded.client().get("/api/model").status()).isEqualTo(200);
      for (String wrong : List.of("0123456789abcdee", "", "x")) {
        ServeClient stranger =
            new ServeClient(guarded.server().port(), Optional.of(wrong).filter(t -> !t.isEmpty()));
        for (String path : List.of("/api/model", "/metrics", "/api/jobs/1", "/api/examples")) {
          ServeClient.Reply reply = stranger.get(path);
          assertThat(reply.status()).isEqualTo(401);
          assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
        assertThat(stranger.get("/").status()).isEqualTo(200);
        assertThat(stranger.get("/healthz").status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aPublicAddressNeedsAToken() throws Exception {
    ServeSettings usual = ServedRun.settings(Optional.empty(), 2);
    ServeSettings open =
        new ServeSettings(
            "0.0.0.0",
            0,
            Optional.empty(),
            usual.queue(),
            usual.parallel(),
            usual.timeout(),
            usual.grace(),
            usual.maxBody(),
            usual.maxSamples(),
            usual.kept(),
            usual.examples());
    assertThatThrownBy(
            () ->
                AnymodServer.start(
                    List.of(served.session().run()), Presets.NONE, Optional.empty(), open))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("can be reached from other machines; give a token");
    CommandRun command = run.tiny().command("serve", "--host", "0.0.0.0");
    assertThat(command.exitCode()).isEqualTo(ExitCode.USER_ERROR);
    assertThat(command.err()).contains("give a token (--token or ANYMOD_TOKEN)");
  }
}
