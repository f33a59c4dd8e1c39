package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.anymod.core.generation.Generator;
import org.anymod.core.generation.Given;
import org.anymod.core.generation.Request;
import org.anymod.core.generation.Result;
import org.anymod.core.generation.Sample;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.host.AnymodHost;
import org.anymod.spi.Value;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code anymod generate} with two tiny models. */
class GenerateCommandTest {
  private static final Path EXAMPLES = Path.of("../../examples");

  @TempDir static Path folder;

  private static SteeringRun run;

  @BeforeAll
  static void train() throws IOException {
    run = SteeringRun.in(folder);
    run.train();
  }

  private static Path picture() {
    return run.validation("rgb", "90000000.png");
  }

  /** All files below a folder with their bytes. */
  private static Map<String, String> files(Path root) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(
            root.relativize(file).toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  private static void assertFailsWithoutFiles(String message, Object... words) throws IOException {
    Path to = folder.resolve("never");
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--to", to));
    CommandRun result = run.generate(all.toArray());
    assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
    assertThat(result.err()).contains(message).doesNotContain("internal error");
    assertThat(to).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(p -> p.getFileName().toString().startsWith(".generated"))).isEmpty();
    }
  }

  @Test
  void drawsEverythingThatIsNotGivenWithSeedsAndSettings() throws IOException {
    Path to = folder.resolve("all");
    CommandRun result =
        run.generate("--input", "rgb=" + picture(), "--samples", 2, "--seed", 3, "--to", to);
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(files(to))
        .containsKeys(
            "caption-0001.txt",
            "color_palette-0002.json",
            "depth-0001.png",
            "det-0002.json",
            "metadata-0001.json",
            "result.json",
            "semseg-0002.png",
            "sheet.png")
        .doesNotContainKey("rgb-0001.png");
    JsonNode report = new ObjectMapper().readTree(to.resolve("result.json").toFile());
    JsonNode request = report.get("requests").get(0);
    assertThat(request.get("samples").get(0).get("seed").asLong()).isEqualTo(3);
    assertThat(request.get("samples").get(1).get("files").get("tok_depth@32").asText())
        .isEqualTo("depth-0002.png");
    assertThat(request.get("outputs").get(0).get("conditions").get(0).asText()).isEqualTo("rgb@32");
    assertThat(request.get("outputs").get(0).get("sampling").has("temperature_schedule")).isTrue();
  }

  @Test
  void sameSeedGivesTheSameBytesOfEveryFile() throws IOException {
    Object[] words = {
      "--input",
      "caption=a red box",
      "--output",
      "rgb,depth,det",
      "--samples",
      3,
      "--sampling",
      "tok_rgb@32.temperature=1.5",
      "--sampling",
      "rgb.steps=3",
      "--guide",
      "caption=2.5",
      "--grow"
    };
    Map<String, String> first = files(made("once", words, "--seed", 8));
    assertThat(files(made("twice", words, "--seed", 8))).isEqualTo(first);
    Map<String, String> other = files(made("other", words, "--seed", 9));
    assertThat(other.get("rgb-0001.png")).isNotEqualTo(first.get("rgb-0001.png"));
    String settings = Files.readString(folder.resolve("once/result.json"));
    assertThat(settings).contains("\"temperature\" : 1.5", "\"steps\" : 3", "\"caption\" : 2.5");
  }

  private static Path made(String name, Object[] words, Object... more) {
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    Path to = folder.resolve(name);
    all.addAll(List.of("--to", to));
    CommandRun result = run.generate(all.toArray());
    assertThat(result.exitCode()).as(result.err()).isZero();
    return to;
  }

  @Test
  void fillsInWhatIsMissingOfAPictureAndAText() throws IOException {
    Path mask = folder.resolve("mask.png");
    BufferedImage half = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    half.getRaster().setSample(0, 0, 0, 255);
    ImageIO.write(half, "png", mask.toFile());
    Object[] parts = {
      "--input",
      "depth=" + run.validation("depth", "90000000.png"),
      "--input",
      "caption=a scene with [S_1] ground",
      "--input",
      "det=" + run.validation("det", "90000000.json"),
      "--beginning",
      "det",
      "--output",
      "depth,caption,det"
    };
    Path byArea = made("area", parts, "--visible", "depth=0,0,0.5,1");
    Path byPixels = made("pixels", parts, "--visible", "depth=0,0,16,32");
    Path byMask = made("masked", parts, "--visible", "depth=" + mask);
    assertThat(Files.readAllBytes(byPixels.resolve("depth.png")))
        .isEqualTo(Files.readAllBytes(byArea.resolve("depth.png")))
        .isEqualTo(Files.readAllBytes(byMask.resolve("depth.png")));
    assertThat(Files.readString(byArea.resolve("caption.txt")))
        .startsWith("a scene with ")
        .endsWith("ground");
    JsonNode given = new ObjectMapper().readTree(run.validation("det", "90000000.json").toFile());
    JsonNode boxes = new ObjectMapper().readTree(byArea.resolve("det.json").toFile());
    // Words drawn behind the last box may spoil its class, so that it is not read back.
    assertThat(boxes.get("instances").size())
        .isGreaterThanOrEqualTo(given.get("instances").size() - 1);
  }

  @Test
  void aSecondModelRefinesWhatTheFirstHasDrawn() throws IOException {
    Object[] chain = {
      "--input",
      "depth=" + run.validation("depth", "90000000.png"),
      "--super-resolution",
      run.fine()
    };
    Path both = made("both", chain, "--output", "caption,tok_rgb@32");
    assertThat(ImageIO.read(both.resolve("tok_rgb@32.png").toFile()).getWidth()).isEqualTo(32);
    assertThat(ImageIO.read(both.resolve("tok_rgb@64.png").toFile()).getWidth()).isEqualTo(64);
    Path fine = made("finest", chain, "--output", "tok_rgb@64");
    // What the second model needs is drawn, but made into no file.
    assertThat(files(fine)).containsOnlyKeys("rgb.png", "result.json", "sheet.png");
    assertThat(Files.readString(fine.resolve("result.json")))
        .contains(
            "\"key\" : \"tok_rgb@32\"", "\"conditions\" : [ \"tok_depth@32\", \"tok_rgb@32\" ]");
  }

  @Test
  void readsRequestsOfAFileAndTheSteeringExamples() throws IOException {
    Path requests =
        Files.copy(EXAMPLES.resolve("steering.jsonl"), folder.resolve("steering.jsonl"));
    Path to = folder.resolve("runs/toy-21/steering");
    CommandRun first = run.generate("--requests", requests, "--to", to);
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(files(to))
        .containsKeys(
            "scene/depth.png",
            "bright/rgb-0004.png",
            "dark/sheet.png",
            "away/rgb-0001.png",
            "gap/caption.txt",
            "half/depth-0004.png",
            "result.json");
    Path edit =
        Files.copy(EXAMPLES.resolve("steering-edit.jsonl"), folder.resolve("steering-edit.jsonl"));
    Path edited = folder.resolve("runs/toy-21/edited");
    CommandRun second = run.generate("--requests", edit, "--to", edited);
    assertThat(second.exitCode()).as(second.err()).isZero();
    assertThat(files(edited))
        .containsKeys(
            "kept/rgb-0001.png", "edited/rgb-0001.png", "words/sheet.png", "palette/rgb-0001.png");
  }

  @Test
  void mistakesInAFileOfRequestsAreNamedWithTheirLine() throws IOException {
    Path file = folder.resolve("bad.jsonl");
    Files.writeString(file, "{\"input\": {\"caption\": \"a\"}}\n\n{\"inptu\": {}}\n");
    assertFailsWithoutFiles("bad.jsonl, line 3", "--requests", file);
    assertFailsWithoutFiles("did you mean 'input'?", "--requests", file);
    Files.writeString(
        file, "{\"input\": {\"caption\": \"a\"}, \"output\": [\"depht\"], \"name\": \"x\"}\n");
    assertFailsWithoutFiles("line 1: 'depht' is no output", "--requests", file);
    Files.writeString(file, "{\"input\": {\"caption\": \"a\"}, \"name\": \"../x\"}\n");
    assertFailsWithoutFiles("name is '../x'", "--requests", file);
  }

  @Test
  void answersForEverySampleOfADatasetOnce() throws IOException {
    Path data = folder.resolve("runs/toy-21/data/val");
    Object[] words = {"--data", data, "--input", "rgb", "--output", "depth,caption"};
    Path to = made("bulk", words);
    assertThat(files(to))
        .hasSize(8)
        .containsKeys("caption/90000000.txt", "depth/90000001.png", "depth/90000003.png");
    Map<String, String> before = files(to);
    Files.delete(to.resolve("depth/90000001.png"));
    CommandRun again =
        run.generate("--data", data, "--input", "rgb", "--output", "depth,caption", "--to", to);
    assertThat(again.out()).contains("90000001").doesNotContain("90000000");
    assertThat(files(to)).isEqualTo(before);
  }

  @Test
  void failsWithAClearErrorAndNoFile() throws IOException {
    String rgb = "rgb=" + picture();
    assertFailsWithoutFiles("did you mean 'caption'?", "--input", "capton=a");
    assertFailsWithoutFiles(
        "'rgb@32' is no output of this run", "--input", "caption=a", "--output", "rgb@32");
    assertFailsWithoutFiles(
        "'caption' is both given and to be predicted",
        "--input",
        "caption=a",
        "--output",
        "caption");
    assertFailsWithoutFiles(
        "guidance has a weight for 'depth', which is not given",
        "--input",
        rgb,
        "--output",
        "caption",
        "--guide",
        "depth=2");
    assertFailsWithoutFiles(
        "at most 256 are allowed",
        "--input",
        "caption=" + "red blue ".repeat(200),
        "--output",
        "depth");
    assertFailsWithoutFiles("there is no preset", "--input", rgb, "--preset", "nothing");
    assertFailsWithoutFiles(
        "'caption' is given twice, as caption and web_text",
        "--input",
        "caption=a",
        "--input",
        "web_text=b",
        "--output",
        "depth");
    assertFailsWithoutFiles(
        "sampling.tok_depth@32.tempo: unknown key",
        "--input",
        rgb,
        "--sampling",
        "tok_depth@32.tempo=1");
    assertFailsWithoutFiles(
        "'tok_rgb@32' is not predicted by this request",
        "--input",
        rgb,
        "--output",
        "depth",
        "--sampling",
        "tok_rgb@32.steps=1");
    assertFailsWithoutFiles(
        "visible: 'depth' is not given", "--input", rgb, "--visible", "depth=0,0,1,1");
    assertFailsWithoutFiles(
        "is not inside the picture", "--input", rgb, "--visible", "rgb=0,0,40,10");
    assertFailsWithoutFiles(
        "nothing to predict",
        "--input",
        rgb,
        "--input",
        "depth=" + run.validation("depth", "90000000.png"),
        "--input",
        "semseg=" + run.validation("semseg", "90000000.png"),
        "--input",
        "caption=a",
        "--input",
        "det=" + run.validation("det", "90000000.json"),
        "--input",
        "color_palette=[{\"1\": [[1, 2, 3]]}]",
        "--input",
        "metadata=" + run.validation("metadata", "90000000.json"));
  }

  @Test
  void refusesPicturesOfOneSceneThatDifferInSize() throws IOException {
    Path wide = folder.resolve("wide.png");
    ImageIO.write(new BufferedImage(48, 40, BufferedImage.TYPE_INT_RGB), "png", wide.toFile());
    Path map = folder.resolve("map.png");
    ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY), "png", map.toFile());
    assertFailsWithoutFiles(
        "rgb@32 has 48 by 40 pixels, but tok_semseg@32 has 40 by 40",
        "--input",
        "rgb=" + wide,
        "--input",
        "semseg=" + map,
        "--output",
        "caption");
  }

  @Test
  void whatFeedsAnotherModalityIsTakenUnderItsName() throws IOException {
    Path fed = made("fed", new Object[] {"--input", "web_text=a red box", "--output", "depth"});
    assertThat(Files.readString(fed.resolve("result.json")))
        .contains("\"conditions\" : [ \"caption\" ]");
  }

  /** The example of the README, as a program that embeds a trained model has it. */
  @Test
  void aProgramAsksATrainedModelFromAnyThread() throws Exception {
    try (AnymodHost host = AnymodHost.open(run.plugins())) {
      Run trained = host.run(run.recipe(), List.of());
      try (Generator generator = Generator.open(trained)) {
        UsedModality rgb = generator.planner().input("rgb");
        Value photo = rgb.modality().codec().decode(Files.readAllBytes(picture()));
        Request request =
            Request.builder()
                .given("rgb", photo)
                .given("caption", Given.words("a scene with [S_1]"))
                .outputs("depth", "caption")
                .samples(2)
                .seed(7)
                .build();
        Result result = generator.sample(request);
        for (Sample sample : result.samples()) {
          Value depth = sample.values().get("tok_depth@32");
          byte[] png = generator.output("tok_depth@32").modality().codec().encode(depth);
          Files.write(folder.resolve("depth-" + sample.number() + ".png"), png);
        }
        assertThat(ImageIO.read(folder.resolve("depth-1.png").toFile()).getWidth()).isEqualTo(32);
      }
    }
  }
}
