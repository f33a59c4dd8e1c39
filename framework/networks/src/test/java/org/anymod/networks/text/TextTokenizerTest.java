package org.anymod.networks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.spi.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTokenizerTest {
  private static final TextTokenizer TOKENIZER =
      Vocabularies.with(
          "a", "s", "##s", "run", "##n", "##ing", "##ning", "v", "##0", "=", "1", "[", "]", "_",
          ".", "!", "-", "cafe", "京");

  private static List<String> tokens(String text) {
    return IntStream.of(TOKENIZER.encode(text)).mapToObj(TOKENIZER::tokenOf).toList();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "running, run ##ning",
        "runs, run ##s",
        "RUN a, run a",
        "a.s!, a . s !",
        "Café, cafe",
        "a京s, a 京 s",
        "xrun a, [UNK] a",
        "runx a, [UNK] a",
        "[S_1]a, [ s _ 1 ] a",
        "a [S_1] a, a [S_1] a",
        "[S_1][S_2], [S_1] [S_2]",
        "[SOS]a[EOS], [SOS] a [EOS]",
        "v0=12, v0=12",
        "v0=1., v0=1 .",
        "V0=1, v ##0 = 1",
        "v0=1s, v ##0 = 1 ##s",
        "hot-dog, [UNK] - dog",
        "hot dogs, [UNK] dog ##s",
        "dög, dog",
        "dogs, dog ##s",
        "adog a, [UNK] a"
      })
  void splitsTextIntoSpecialWordsAndPieces(String text, String expected) {
    assertThat(tokens(text)).containsExactly(expected.split(" "));
  }

  @Test
  void findsClassWordsInAnyCaseButOnlyWholeOnes() {
    assertThat(tokens("a Hot DOG! DOG")).containsExactly("a", "hot dog", "!", "dog");
    assertThat(tokens("hot  dog")).containsExactly("[UNK]", "dog");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n", "\u0000\u200b", "\u0301"})
  void encodesTextWithoutWordsAsNothing(String text) {
    assertThat(TOKENIZER.encode(text)).isEmpty();
  }

  @Test
  void dropsControlCharactersAndTurnsOddSpacesIntoSpaces() {
    assertThat(tokens("a\u0001s")).containsExactly("a", "##s");
    assertThat(tokens("run\u0007s")).containsExactly("run", "##s");
    assertThat(tokens("a\u00a0s\u3000a\ns")).containsExactly("a", "s", "a", "s");
  }

  @Test
  void survivesLoneSurrogates() {
    assertThat(tokens("run\ud800s")).containsExactly("run", "##s");
    assertThat(tokens("a \udc00")).containsExactly("a");
  }

  @Test
  void givesUpOnWordsLongerThanItsLimit() {
    TextTokenizer tokenizer = Vocabularies.with("a", "##a", "\ud83d\ude00", "##\ud83d\ude00");
    assertThat(tokenizer.encode("a".repeat(100))).hasSize(100);
    assertThat(tokenizer.encode("a".repeat(101))).containsExactly(tokenizer.unk());
    assertThat(tokenizer.encode("\ud83d\ude00".repeat(100))).hasSize(100);
    assertThat(tokenizer.encode("\ud83d\ude00".repeat(101))).containsExactly(tokenizer.unk());
  }

  @Test
  void decodesWithSpacesBetweenWordsOnly() {
    assertThat(TOKENIZER.decode(TOKENIZER.encode("[S_1] Running dogs run. a hot dog ! v0=12")))
        .isEqualTo("[S_1] running dogs run. a hot dog! v0=12");
    assertThat(TOKENIZER.decode(new int[0])).isEmpty();
  }

  @Test
  void decodesAPieceThatComesFirstAsItIs() {
    assertThat(TOKENIZER.decode(new int[] {TOKENIZER.idOf("##ing"), TOKENIZER.idOf("##s")}))
        .isEqualTo("##ings");
  }

  @Test
  void refusesIdsOutsideTheVocabulary() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TOKENIZER.decode(new int[] {30}))
        .withMessage("id 30 is outside the vocabulary, 0 to 29");
    assertThatIllegalArgumentException().isThrownBy(() -> TOKENIZER.tokenOf(-1));
  }

  @Test
  void findsEntriesByName() {
    assertThat(TOKENIZER.size()).isEqualTo(30);
    assertThat(TOKENIZER.idOf("##ning")).isEqualTo(17);
    assertThat(TOKENIZER.find("Run")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TOKENIZER.idOf("Run"))
        .withMessage("the vocabulary of 30 entries has no \"Run\"");
  }

  @Test
  void numbersSentinels() {
    assertThat(TOKENIZER.sentinels()).isEqualTo(3);
    assertThat(TOKENIZER.sentinel(2)).isEqualTo(6);
    assertThat(TOKENIZER.sentinelNumber(6)).isEqualTo(2);
    assertThat(TOKENIZER.isSentinel(6)).isTrue();
    assertThat(TOKENIZER.isSentinel(7)).isFalse();
    assertThat(TOKENIZER.isSentinel(-1)).isFalse();
    assertThat(TOKENIZER.controlTokens()).isEqualTo(7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TOKENIZER.sentinel(3))
        .withMessageContaining("[S_3]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TOKENIZER.sentinelNumber(3))
        .withMessage("id 3 is not a sentinel [S_0] to [S_2]");
  }

  @Test
  void changesItsIdentityWithAnythingThatEncodingDependsOn() {
    List<String> tokens = Vocabularies.tokens("a", "b");
    List<AddedToken> fewer = Vocabularies.added().subList(0, 10);
    assertThat(
            List.of(
                new TextTokenizer(tokens, Vocabularies.added(), 100).identity(),
                new TextTokenizer(tokens, Vocabularies.added(), 99).identity(),
                new TextTokenizer(tokens, fewer, 100).identity(),
                Vocabularies.with("b", "a").identity(),
                Vocabularies.with("ab").identity()))
        .doesNotHaveDuplicates()
        .allMatch(identity -> identity.matches("[0-9a-f]{64}"));
    assertThat(Vocabularies.with("a", "b").identity())
        .isEqualTo(new TextTokenizer(tokens, Vocabularies.added(), 100).identity());
  }

  @Test
  void comesBackFromItsFile(@TempDir Path folder) throws IOException, InvalidDataException {
    Path file = folder.resolve("vocabulary.json");
    Files.writeString(file, "something older");
    TOKENIZER.write(file);
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(Files.list(folder)).containsExactly(file);
    TextTokenizer again = TextTokenizer.read(file);
    assertThat(again.identity()).isEqualTo(TOKENIZER.identity());
    assertThat(again.toJson()).isEqualTo(Files.readAllBytes(file));
  }

  @Test
  void givesTheSameIdsToManyThreads() {
    int[] expected = TOKENIZER.encode("a hot dog runs. [S_1] running v0=12");
    assertThat(
            IntStream.range(0, 2000)
                .parallel()
                .mapToObj(i -> TOKENIZER.encode("a hot dog runs. [S_1] running v0=12")))
        .allSatisfy(ids -> assertThat(ids).isEqualTo(expected));
  }
}
