package org.anymod.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.pipeline.Run;
import org.anymod.core.pipeline.TinyWorld;
import org.anymod.core.recipe.TrainingRecipe;
import org.anymod.spi.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of applications to a model of squares, their tokens and phrases. */
class GeneratorTest {
  private static final String TOKENS = TinyWorld.TOKENS;

  @TempDir static Path folder;

  private static Run run;
  private static Generator generator;

  @BeforeAll
  static void train() throws Exception {
    TinyWorld world = TinyWorld.in(folder);
    run =
        world.run(
            "trained", new TrainingRecipe(30, 8, 3e-3, 0, 0, 0.9, 0.95, 0, 1, "mod", 10, 30, 1));
    run.trainModel(Progress.silent(), new StopSignal());
    generator = Generator.open(run);
  }

  @AfterAll
  static void free() {
    generator.close();
  }

  private static Value.Raster square(int bright) {
    float[] data = new float[64];
    for (int i = 0; i < data.length; i++) {
      data[i] = i % 8 < bright ? 0.9f : 0.1f;
    }
    return new Value.Raster(1, 8, 8, data);
  }

  private static Request.Builder fromPhrase(String phrase) {
    return Request.builder().given("phrase", new Value.Text(phrase));
  }

  private static float[] pixels(Sample sample) {
    return ((Value.Raster) sample.values().get(TOKENS)).data();
  }

  private static String words(Sample sample) {
    return ((Value.Text) sample.values().get("phrase")).text();
  }

  private static SamplingChange hot() {
    SamplingChange none = SamplingChange.NONE;
    return new SamplingChange(
        none.scheme(),
        OptionalInt.of(2),
        none.schedule(),
        OptionalDouble.of(1),
        none.temperatureSchedule(),
        none.topK(),
        OptionalDouble.of(0),
        none.guidance(),
        none.confidenceNoise(),
        none.maxTokens(),
        none.together(),
        Optional.empty());
  }

  private static Request hotRequest(String phrase, long seed, int samples) {
    return fromPhrase(phrase)
        .output(Output.of(TOKENS).with(hot()))
        .seed(seed)
        .samples(samples)
        .build();
  }

  @Test
  void givesARequestTheSameAloneAndTogetherWithOthers() throws Exception {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      String phrase = i % 3 == 0 ? "the left half" : i % 3 == 1 ? "right" : "the right half left";
      requests.add(hotRequest(phrase, i, 1 + i % 2));
    }
    List<Result> alone = new ArrayList<>();
    for (Request request : requests) {
      alone.add(generator.sample(request));
    }
    long batches = generator.figures().batches();
    List<Result> together = atOnce(requests);
    // The first may be drawn before the others are there.
    assertThat(generator.figures().batches() - batches).isLessThan(requests.size());
    for (int i = 0; i < requests.size(); i++) {
      for (int s = 0; s < alone.get(i).samples().size(); s++) {
        assertThat(pixels(together.get(i).samples().get(s)))
            .isEqualTo(pixels(alone.get(i).samples().get(s)));
      }
    }
    assertThat(together.stream().mapToInt(r -> r.outputs().get(0).batch()).max().orElse(0))
        .isGreaterThan(2);
  }

  /** Hands all requests over while the worker is busy with a first one. */
  private static List<Result> atOnce(List<Request> requests) throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Pending busy =
        generator.submit(
            fromPhrase("left").outputs(TOKENS).build(),
            output -> {
              begun.countDown();
              await(go);
            });
    begun.await();
    List<Pending> pending =
        requests.stream().map(r -> generator.submit(r, OutputListener.NONE)).toList();
    go.countDown();
    busy.await();
    List<Result> results = new ArrayList<>();
    for (Pending p : pending) {
      results.add(p.await());
    }
    return results;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void answersManyThreadsWithoutMixingThemUpOrKeepingTensors() throws Exception {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      requests.add(
          i % 2 == 0
              ? hotRequest("the left half", i, 1)
              : Request.builder().given("square", square(i % 8)).outputs("phrase").build());
    }
    List<Result> expected = new ArrayList<>();
    for (Request request : requests) {
      expected.add(generator.sample(request));
    }
    int tensors = generator.figures().liveTensors();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Result>> answers = new ArrayList<>();
    for (Request request : requests) {
      answers.add(threads.submit(() -> generator.sample(request)));
    }
    for (int i = 0; i < requests.size(); i++) {
      Sample answer = answers.get(i).get().samples().get(0);
      Sample right = expected.get(i).samples().get(0);
      if (i % 2 == 0) {
        assertThat(pixels(answer)).isEqualTo(pixels(right));
      } else {
        assertThat(words(answer)).isEqualTo(words(right));
      }
    }
    threads.shutdown();
    assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
    assertThat(generator.figures().liveTensors()).isEqualTo(tensors);
  }

  @Test
  void drawsAnyAnswerAgainFromItsOwnSeed() throws Exception {
    Result all = generator.sample(hotRequest("left", 77, 20));
    assertThat(all.samples()).hasSize(20).extracting(Sample::seed).doesNotHaveDuplicates();
    assertThat(all.samples().get(0).seed()).isEqualTo(77);
    for (int i : new int[] {3, 18}) {
      Sample again =
          generator.sample(hotRequest("left", all.samples().get(i).seed(), 1)).samples().get(0);
      assertThat(pixels(again)).isEqualTo(pixels(all.samples().get(i)));
    }
    assertThat(pixels(all.samples().get(3))).isNotEqualTo(pixels(all.samples().get(18)));
  }

  @Test
  void fillsTheGapsOfATextAndLeavesTheRest() throws Exception {
    Result result =
        generator.sample(
            Request.builder()
                .given("square", square(4))
                .given("phrase", Given.words("the [S_1] half"))
                .outputs("phrase")
                .build());
    assertThat(words(result.samples().get(0))).startsWith("the ").endsWith("half");
    Result open =
        generator.sample(
            Request.builder()
                .given("phrase", Given.beginning(new Value.Text("the left")))
                .outputs("phrase")
                .build());
    assertThat(words(open.samples().get(0))).startsWith("the left");
  }

  @Test
  void keepsWhatIsVisibleOfAPicture() throws Exception {
    Value.Raster given = square(3);
    boolean[] three = {true, true, true, false};
    Request request =
        Request.builder()
            .given(
                TOKENS,
                Given.part(given, new Visible.Mask(2, 2, new boolean[] {true, true, true, true})))
            .outputs(TOKENS)
            .build();
    // Nothing is open, so that what comes back is what the tokenizer makes of the picture.
    try (Predictor predictor = Predictor.open(run)) {
      Value.Raster rebuilt = (Value.Raster) predictor.reconstruct(TOKENS, List.of(given)).get(0);
      assertThat(pixels(generator.sample(request).samples().get(0))).isEqualTo(rebuilt.data());
    }
    Request part =
        Request.builder()
            .given(TOKENS, Given.part(given, new Visible.Mask(2, 2, three)))
            .output(Output.of(TOKENS).with(hot()))
            .samples(30)
            .build();
    List<float[]> drawn =
        generator.sample(part).samples().stream().map(GeneratorTest::pixels).distinct().toList();
    // One open place of a vocabulary of 16 cannot give more than 16 pictures.
    assertThat(drawn.stream().map(Arrays::hashCode).distinct().count()).isBetween(2L, 16L);
    Request pixelsPart =
        Request.builder()
            .given(
                "square",
                Given.part(given, new Visible.Rectangles(List.of(new Rectangle(0, 0, 0.5, 1)))))
            .outputs(TOKENS, "phrase")
            .build();
    assertThat(generator.sample(pixelsPart).samples().get(0).values())
        .containsOnlyKeys(TOKENS, "phrase");
  }

  @Test
  void handsOutEachOutputWhenItIsFinished() throws Exception {
    List<String> heard = new ArrayList<>();
    Request request =
        Request.builder().given("square", square(4)).outputs(TOKENS, "phrase").samples(20).build();
    Result result =
        generator
            .submit(request, o -> heard.add(o.key() + " " + o.first() + "+" + o.values().size()))
            .await();
    assertThat(heard)
        .containsExactly(TOKENS + " 0+16", "phrase 0+16", TOKENS + " 16+4", "phrase 16+4");
    assertThat(result.outputs()).extracting(OutputReport::key).containsExactly(TOKENS, "phrase");
    assertThat(result.outputs().get(1).conditions()).containsExactly("square@8", TOKENS);
    assertThat(result.outputs().get(0).sampling()).isPositive();
  }

  @Test
  void decodesOnlyWhatIsAskedFor() throws Exception {
    Result result =
        generator.sample(
            Request.builder()
                .given("square", square(4))
                .output(Output.of(TOKENS).onlyCondition())
                .outputs("phrase")
                .build());
    assertThat(result.samples().get(0).values()).containsOnlyKeys("phrase");
    assertThat(result.outputs().get(0).decoding()).isZero();
  }

  @Test
  void steersByWeightedConditions() throws Exception {
    Request.Builder base =
        fromPhrase("the left half")
            .given("square", square(6))
            .output(Output.of(TOKENS).with(hot()));
    Request away =
        base.steering(Steering.weights(Map.of("phrase", -4.0, "square", 3.0)).growing(2))
            .samples(8)
            .build();
    Request towards = base.steering(Steering.scale(6)).build();
    assertThat(generator.sample(away).samples().stream().map(s -> Arrays.hashCode(pixels(s))))
        .isNotEqualTo(
            generator.sample(towards).samples().stream().map(s -> Arrays.hashCode(pixels(s))));
    assertThat(generator.sample(towards).outputs().get(0).batch()).isEqualTo(8);
  }

  @Test
  void saysWhatIsWrongWithARequest() {
    assertMistake(Request.builder().given("smell", square(1)), "'smell' is no input of this run");
    assertMistake(Request.builder().given("squaer", square(1)), "did you mean 'square'?");
    assertMistake(fromPhrase("a").outputs("square@8"), "'square@8' is no output of this run");
    assertMistake(
        fromPhrase("a").outputs("phrase"),
        "'phrase' is both given and to be predicted; give only a part of it");
    assertMistake(fromPhrase("a").given(TOKENS, square(1)), "nothing to predict");
    assertMistake(fromPhrase("a").outputs(TOKENS, TOKENS), "'" + TOKENS + "' is asked for twice");
    assertMistake(
        fromPhrase("a").outputs(TOKENS).steering(Steering.weights(Map.of("square", 2.0))),
        "guidance has a weight for 'square', which is not given; given are [phrase]");
    assertMistake(fromPhrase("a").outputs(TOKENS).presets("x"), "no presets");
    assertMistake(fromPhrase("a").outputs(TOKENS).presets("", "x"), "2 presets for 1 models");
    assertMistake(
        fromPhrase("left right left right left right left right left right left right")
            .outputs(TOKENS),
        "phrase: has 13 tokens with its end, at most 12 are allowed");
    assertMistake(
        Request.builder()
            .given("square", new Value.Raster(3, 8, 8, new float[192]))
            .outputs("phrase"),
        "square@8: has 3 channels, must have 1");
    assertMistake(
        Request.builder()
            .given(
                "square",
                Given.part(
                    square(1), new Visible.Rectangles(List.of(new Rectangle(0, 0, 0.2, 0.2)))))
            .outputs("phrase"),
        "no patch lies wholly in the visible part");
    assertThatThrownBy(() -> new Rectangle(0.5, 0, 0.6, 1)).hasMessageContaining("not inside");
    assertThatThrownBy(() -> fromPhrase("a").samples(0).build())
        .hasMessageContaining("samples is 0, must be from 1 to 10000");
  }

  private static void assertMistake(Request.Builder request, String message) {
    assertThatThrownBy(() -> generator.sample(request.build()))
        .isInstanceOf(RequestException.class)
        .hasMessageContaining(message);
  }

  @Test
  void oneBadRequestDoesNotSpoilTheOthers() throws Exception {
    List<Request> requests =
        List.of(
            hotRequest("left", 1, 1),
            hotRequest("left right left right left right left right left right left right", 2, 1));
    List<Pending> pending =
        requests.stream().map(r -> generator.submit(r, OutputListener.NONE)).toList();
    assertThat(pending.get(0).await().samples()).hasSize(1);
    assertThatThrownBy(() -> pending.get(1).await()).isInstanceOf(RequestException.class);
  }

  @Test
  void endsRequestsThatNobodyWaitsFor() throws Exception {
    Request large = hotRequest("left", 1, 10_000);
    assertThatThrownBy(() -> generator.sample(large, Duration.ofMillis(30)))
        .isInstanceOf(TimeoutException.class);
    Pending cancelled = generator.submit(large, OutputListener.NONE);
    cancelled.cancel();
    assertThatThrownBy(cancelled::await).isInstanceOf(CancellationException.class);
    // The model is free again long before 20,000 samples could be drawn.
    assertThat(generator.sample(hotRequest("left", 1, 1), Duration.ofSeconds(20)).samples())
        .hasSize(1);
  }

  @Test
  void cancelsWhatIsUnderWayWhenItIsClosed() throws Exception {
    Generator other = Generator.open(run);
    Pending pending = other.submit(hotRequest("left", 1, 10_000), OutputListener.NONE);
    other.close();
    assertThatThrownBy(pending::await).isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> other.submit(hotRequest("left", 1, 1), OutputListener.NONE))
        .hasMessageContaining("closed");
  }
}
