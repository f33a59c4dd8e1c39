package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.anymod.core.generation.Output;
import org.anymod.core.generation.PlannedOutput;
import org.anymod.core.generation.Planner;
import org.anymod.core.generation.Presets;
import org.anymod.core.generation.Request;
import org.anymod.host.PresetFolder;
import org.anymod.serve.AnymodServer;
import org.anymod.spi.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server of two models, of which the second draws finer pictures. */
class ServeChainTest {
  private static final Path PRESETS = Path.of("../../distribution/conf/sampling");
  private static final String WORDS = "a red sphere on the ground";

  @TempDir static Path folder;

  private static SteeringRun run;
  private static RunSession first;
  private static RunSession second;
  private static AnymodServer server;
  private static ServeClient client;

  @BeforeAll
  static void serve() throws IOException {
    run = SteeringRun.in(folder);
    run.train();
    first = session(run.recipe());
    second = session(run.fine());
    server =
        AnymodServer.start(
            List.of(first.run(), second.run()),
            new PresetFolder(Optional.of(PRESETS)),
            Optional.empty(),
            ServedRun.settings(Optional.empty(), 8));
    client = new ServeClient(server.port(), Optional.empty());
  }

  private static RunSession session(Path recipe) throws IOException {
    return RunSession.open(
        new RecipeChoice(recipe, List.of(), run.plugins()), new PrintWriter(new StringWriter()));
  }

  @AfterAll
  static void stop() {
    server.close();
    second.close();
    first.close();
  }

  private static String request(String outputs, String more) {
    return "{\"inputs\": {\"caption\": {\"text\": \"%s\"}}, \"outputs\": %s, \"seed\": 7%s}"
        .formatted(WORDS, outputs, more);
  }

  private static JsonNode done(String request) throws Exception {
    ServeClient.Reply reply = client.post("/api/generate", request);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    JsonNode job = client.ended(reply.json().get("id").asText());
    assertThat(job.get("state").asText()).as(job.toString()).isEqualTo("done");
    return job;
  }

  private static List<String> keys(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.get("key").asText())
        .toList();
  }

  private static byte[] file(JsonNode job, int output) throws Exception {
    JsonNode result = job.get("outputs").get(output).get("results").get(0);
    ServeClient.Reply reply = client.get(result.get("file").asText());
    assertThat(reply.status()).isEqualTo(200);
    return reply.bytes();
  }

  @Test
  void theModelHasWhatBothReadAndDraw() throws Exception {
    JsonNode model = client.get("/api/model").json();
    assertThat(model.get("name").asText()).isEqualTo("steer");
    assertThat(model.get("chain").toString()).isEqualTo("[\"steer\",\"fine\"]");
    List<String> keys = keys(model.get("modalities"));
    assertThat(keys).doesNotHaveDuplicates().endsWith("tok_rgb@64");
    JsonNode fine = model.get("modalities").get(keys.indexOf("tok_rgb@64"));
    assertThat(fine.get("roles").toString()).isEqualTo("[\"output\"]");
    assertThat(fine.get("side").asInt()).isEqualTo(64);
    assertThat(fine.get("sampling").has("steps")).isTrue();
    // Drawn by the first model, read by the second.
    JsonNode coarse = model.get("modalities").get(keys.indexOf("tok_rgb@32"));
    assertThat(coarse.get("roles").toString()).isEqualTo("[\"input\",\"output\"]");
  }

  @Test
  void theSecondModelRefinesWhatTheFirstHasDrawn() throws Exception {
    JsonNode job = done(request("[\"tok_rgb@32\"]", ""));
    assertThat(keys(job.get("outputs"))).containsExactly("tok_rgb@32", "tok_rgb@64");
    assertThat(job.get("chain").get(1).get("from").toString())
        .isEqualTo("[\"caption\",\"tok_rgb@32\"]");
    assertThat(ImageIO.read(new ByteArrayInputStream(file(job, 0))).getWidth()).isEqualTo(32);
    assertThat(ImageIO.read(new ByteArrayInputStream(file(job, 1))).getWidth()).isEqualTo(64);
  }

  @Test
  void aFinePictureAloneIsTheOneThatGenerateWrites() throws Exception {
    Path made = folder.resolve("made");
    CommandRun generated =
        run.generate(
            "--input",
            "caption=" + WORDS,
            "--output",
            "tok_rgb@64",
            "--seed",
            7,
            "--super-resolution",
            run.fine(),
            "--to",
            made);
    assertThat(generated.exitCode()).as(generated.err()).isZero();
    JsonNode job = done(request("[\"tok_rgb@64\"]", ""));
    assertThat(keys(job.get("outputs"))).containsExactly("tok_rgb@64");
    assertThat(file(job, 0)).isEqualTo(Files.readAllBytes(made.resolve("rgb.png")));
  }

  @Test
  void aPictureThatIsGivenIsRefinedItself() throws Exception {
    String picture =
        Base64.getEncoder()
            .encodeToString(Files.readAllBytes(run.validation("rgb", "90000000.png")));
    String request =
        "{\"inputs\": {\"tok_rgb@32\": {\"file\": \"%s\"}}, \"outputs\": [\"tok_rgb@64\"]}"
            .formatted(picture);
    JsonNode job = done(request);
    assertThat(job.get("chain").toString())
        .isEqualTo("[{\"key\":\"tok_rgb@64\",\"from\":[\"tok_rgb@32\"]}]");
    assertThat(ImageIO.read(new ByteArrayInputStream(file(job, 0))).getWidth()).isEqualTo(64);
    // The first model draws none in its place.
    Request same =
        Request.builder()
            .given("tok_rgb@32", new Value.Raster(3, 32, 32, new float[3 * 32 * 32]))
            .output(Output.of("tok_rgb@64"))
            .build();
    Planner planner = new Planner(List.of(first.run(), second.run()), Presets.NONE);
    assertThat(planner.outputs(same)).extracting(PlannedOutput::key).containsExactly("tok_rgb@64");
  }

  @Test
  void eachModelHasAPresetOfItsOwn() throws Exception {
    byte[] usual = file(done(request("[\"tok_rgb@64\"]", "")), 0);
    String preset = ", \"super_resolution_preset\": \"demo-sr\"";
    JsonNode job = done(request("[\"tok_rgb@64\"]", preset));
    assertThat(file(job, 0)).isNotEqualTo(usual);
    ServeClient.Reply unknown =
        client.post(
            "/api/generate",
            request("[\"tok_rgb@64\"]", ", \"super_resolution_preset\": \"fast\""));
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.text()).contains("super_resolution_preset", "demo-sr");
  }
}
