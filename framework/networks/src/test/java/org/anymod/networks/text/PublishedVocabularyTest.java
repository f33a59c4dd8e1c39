package org.anymod.networks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares encoding and decoding with what the Hugging Face tokenizers library makes of the
 * published 30,000 entries. That file is not part of the project; where it is missing, these tests
 * are skipped.
 */
class PublishedVocabularyTest {
  private static final Path FILE =
      Path.of(
          System.getProperty(
              "anymod.publishedVocabulary",
              "../../../shared/data/text_tokenizer_4m_wordpiece_30k.json"));

  private TextTokenizer tokenizer;

  @BeforeEach
  void readTheVocabulary() throws Exception {
    assumeTrue(
        Files.isRegularFile(FILE),
        FILE + " is missing; name it with -Danymod.publishedVocabulary=...");
    tokenizer = TextTokenizer.read(FILE);
  }

  private static JsonNode recorded() throws IOException {
    try (InputStream in =
        PublishedVocabularyTest.class.getResourceAsStream("/text/text_tokenizer.json")) {
      return new ObjectMapper().readTree(in);
    }
  }

  private static int[] numbers(JsonNode list) {
    return IntStream.range(0, list.size()).map(i -> list.get(i).intValue()).toArray();
  }

  @Test
  void encodesEveryRecordedText() throws IOException {
    for (JsonNode entry : recorded().get("encodings")) {
      String text = entry.get("text").textValue();
      assertThat(tokenizer.encode(text)).as(text).isEqualTo(numbers(entry.get("ids")));
    }
  }

  @Test
  void namesTheTokensOfEveryRecordedText() throws IOException {
    for (JsonNode entry : recorded().get("encodings")) {
      List<String> tokens = new ArrayList<>();
      entry.get("tokens").forEach(token -> tokens.add(token.textValue()));
      assertThat(IntStream.of(numbers(entry.get("ids"))).mapToObj(tokenizer::tokenOf))
          .containsExactlyElementsOf(tokens);
    }
  }

  @Test
  void decodesEveryRecordedText() throws IOException {
    JsonNode encodings = recorded().get("encodings");
    assertThat(encodings).hasSize(52);
    for (JsonNode entry : encodings) {
      assertThat(tokenizer.decode(numbers(entry.get("ids"))))
          .isEqualTo(entry.get("decode_keep_special").textValue());
    }
  }

  @Test
  void knowsTheRecordedSpecialTokens() throws IOException {
    JsonNode recorded = recorded();
    recorded
        .get("special")
        .properties()
        .forEach(e -> assertThat(tokenizer.idOf(e.getKey())).isEqualTo(e.getValue().intValue()));
    assertThat(tokenizer.size()).isEqualTo(recorded.get("vocab_size").intValue());
    assertThat(tokenizer.sentinels()).isEqualTo(recorded.get("num_sentinels").intValue());
    assertThat(tokenizer.sentinel(199)).isEqualTo(203);
    assertThat(tokenizer.controlTokens()).isEqualTo(204);
  }

  @ParameterizedTest
  @MethodSource("publishedEncodings")
  void encodesThePublishedExamples(String text, int[] ids) {
    assertThat(tokenizer.encode(text)).isEqualTo(ids);
  }

  static Stream<Arguments> publishedEncodings() {
    return Stream.of(
        example(
            "A lake house with a boat in front [S_1]",
            4321,
            5857,
            5208,
            4937,
            4321,
            4215,
            4921,
            5224,
            5),
        example(
            "a nice restaurant in santorini at sunset [S_1]",
            4321,
            7144,
            5944,
            4921,
            18139,
            4974,
            6320,
            5),
        example(
            "[S_1] v0=0 v1=250 v2=420 v3=999 potted plant v0=400 v1=750 v2=950 v3=999"
                + " dining table [S_2]",
            5,
            204,
            1454,
            2624,
            4203,
            4255,
            604,
            1954,
            3154,
            4203,
            4231,
            6),
        example("v1=0 v0=32 v1=1 v0=24 v1=9 v0=14", 1204, 236, 1205, 228, 1213, 218),
        example("café naïve 東京 ﬁ", 7312, 26835, 4666, 4619, 1),
        example("human global pose shape", 6304, 9292, 8620, 6631),
        example("camera none point polygon", 5585, 18109, 6712, 14445),
        example(""));
  }

  private static Arguments example(String text, int... ids) {
    return Arguments.of(text, ids);
  }

  @ParameterizedTest
  @MethodSource("publishedSplits")
  void cutsSpecialWordsOutOnlyWhereTheyStandAlone(String text, String tokens) {
    assertThat(IntStream.of(tokenizer.encode(text)).mapToObj(tokenizer::tokenOf))
        .containsExactly(tokens.split(" "));
  }

  static Stream<Arguments> publishedSplits() {
    return Stream.of(
        Arguments.of("foo[S_1]", "foo [ s _ 1 ]"),
        Arguments.of("v0=1234", "v ##0 = 123 ##4"),
        Arguments.of("v0=-12", "v ##0 = - 12"),
        Arguments.of("v0=12.0", "v0=12 . 0"),
        Arguments.of("[S_1].", "[S_1] ."),
        Arguments.of("[PAD] [UNK] [SOS] [EOS] [S_199]", "[PAD] [UNK] [SOS] [EOS] [S_199]"));
  }

  @Test
  void keepsItsIdentityWhenWrittenAndReadAgain() throws Exception {
    TextTokenizer again = TextTokenizer.parse(tokenizer.toJson(), "copy");
    assertThat(again.identity()).isEqualTo(tokenizer.identity());
    assertThat(again.encode("a hot dog, v0=7 [S_3]"))
        .isEqualTo(tokenizer.encode("a hot dog, v0=7 [S_3]"));
  }
}
