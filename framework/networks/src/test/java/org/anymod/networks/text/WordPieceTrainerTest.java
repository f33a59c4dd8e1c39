package org.anymod.networks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.anymod.networks.text.WordPieceTrainer.Settings;
import org.junit.jupiter.api.Test;

class WordPieceTrainerTest {
  private static final List<String> CORPUS =
      List.of("Low low lower", "newest newest newest, widest", "low and newest");

  private static TextTokenizer train(int size, List<String> texts) {
    return new WordPieceTrainer(new Settings(size, 0, 0, List.of())).train(texts);
  }

  private static List<String> entries(TextTokenizer tokenizer, int from) {
    return IntStream.range(from, tokenizer.size()).mapToObj(tokenizer::tokenOf).toList();
  }

  @Test
  void laysOutSpecialWordsBeforeCharactersBeforeMerges() {
    TextTokenizer tokenizer =
        new WordPieceTrainer(new Settings(60, 3, 2, List.of("Zoo", "hot dog")))
            .train(List.of("ab ab"));
    assertThat(entries(tokenizer, 0))
        .containsExactly(
            "[PAD]", "[UNK]", "[SOS]", "[EOS]", "[S_0]", "[S_1]", "[S_2]", "v0=0", "v0=1", "v1=0",
            "v1=1", "v2=0", "v2=1", "v3=0", "v3=1", "Zoo", "hot dog", "a", "b", "d", "g", "h", "o",
            "t", "z", "##b", "##g", "##o", "##t", "ab");
  }

  @Test
  void mergesTheMostFrequentPairFirstAndEqualOnesInAlphabeticalOrder() {
    List<String> merges =
        entries(train(100, CORPUS), 4).stream()
            .filter(token -> token.replace("#", "").length() > 1)
            .toList();
    // Seen 5 times: e-s and s-t, then es-t. Seen 4 times: e-w, ew-est, l-o, n-e, o-w, w-est.
    assertThat(merges)
        .startsWith("##es", "##est", "##ew", "##ewest", "##ow", "low", "newest")
        .contains("lower", "widest", "and");
  }

  @Test
  void stopsAtTheWantedSizeOrWhenTheCorpusGivesNoMore() {
    TextTokenizer all = train(1000, CORPUS);
    assertThat(all.size()).isLessThan(60);
    assertThat(train(30, CORPUS).size()).isEqualTo(30);
    assertThat(entries(train(30, CORPUS), 0)).isEqualTo(entries(all, 0).subList(0, 30));
  }

  @Test
  void keepsTheMostFrequentCharactersWhereNotAllFit() {
    TextTokenizer tokenizer = train(6, List.of("a a a b b c"));
    assertThat(entries(tokenizer, 4)).containsExactly("a", "b");
  }

  @Test
  void learnsTheSameFromTextsInAnyOrder() {
    List<String> texts = randomTexts(new Random(11), 200);
    String identity = train(400, texts).identity();
    List<String> shuffled = new ArrayList<>(texts);
    Collections.shuffle(shuffled, new Random(12));
    assertThat(train(400, shuffled).identity()).isEqualTo(identity);
  }

  @Test
  void writesEveryTextOfItsCorpusWithoutUnknownWords() {
    List<String> texts = randomTexts(new Random(13), 200);
    TextTokenizer tokenizer = train(90, texts);
    for (String text : texts) {
      int[] ids = tokenizer.encode(text);
      assertThat(ids).doesNotContain(tokenizer.unk());
      assertThat(tokenizer.decode(ids)).isEqualTo(text);
    }
  }

  @Test
  void needsFewerTokensTheLargerTheVocabulary() {
    List<String> texts = randomTexts(new Random(14), 200);
    int[] lengths = new int[3];
    int[] sizes = {60, 120, 300};
    for (int i = 0; i < sizes.length; i++) {
      TextTokenizer tokenizer = train(sizes[i], texts);
      lengths[i] = texts.stream().mapToInt(text -> tokenizer.encode(text).length).sum();
    }
    assertThat(lengths[0]).isGreaterThan(lengths[1]);
    assertThat(lengths[1]).isGreaterThan(lengths[2]);
  }

  @Test
  void learnsNothingFromWordsThatAreFoundAsAWhole() {
    TextTokenizer tokenizer =
        new WordPieceTrainer(new Settings(100, 2, 13, List.of("hot dog")))
            .train(List.of("a Hot Dog v0=12 [S_1]", "a hot dog"));
    assertThat(tokenizer.find("hot")).isEmpty();
    assertThat(tokenizer.find("##og")).isEmpty();
    assertThat(tokenizer.encode("A HOT DOG"))
        .containsExactly(tokenizer.idOf("a"), tokenizer.idOf("hot dog"));
  }

  @Test
  void canWriteLettersOfClassWordsThatNoTextHas() {
    TextTokenizer tokenizer =
        new WordPieceTrainer(new Settings(100, 0, 0, List.of("cats"))).train(List.of());
    assertThat(tokenizer.decode(tokenizer.encode("cast"))).isEqualTo("cast");
  }

  @Test
  void takesWordsThatDifferOnlyInCaseAsOne() {
    TextTokenizer tokenizer =
        new WordPieceTrainer(new Settings(50, 1, 0, List.of("Tree", "tree", "[S_0]")))
            .train(List.of());
    assertThat(entries(tokenizer, 5)).startsWith("Tree", "e", "r", "t");
    assertThat(tokenizer.encode("TREE [S_0]")).containsExactly(5, 4);
  }

  @Test
  void survivesItsFile() throws Exception {
    TextTokenizer tokenizer =
        new WordPieceTrainer(new Settings(200, 5, 4, List.of("hot dog"))).train(CORPUS);
    assertThat(TextTokenizer.parse(tokenizer.toJson(), "copy").identity())
        .isEqualTo(tokenizer.identity());
  }

  @Test
  void passesOverWordsThatEncodingWouldGiveUpOn() {
    String endless = "ab".repeat(51);
    assertThat(entries(train(100, List.of(endless + " cd")), 4))
        .containsExactly("c", "d", "##d", "cd");
  }

  @Test
  void refusesSettingsThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(213, 200, 2, List.of("cat", "dog")))
        .withMessageContaining("213")
        .withMessageContaining("allowed are 214");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(Integer.MAX_VALUE, 0, 0, List.of()))
        .withMessageContaining("1048576");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(100, Integer.MAX_VALUE, 0, List.of()))
        .withMessageContaining("allowed are 2147483651");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(100, -1, 0, List.of()))
        .withMessageContaining("-1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Settings(100, 0, 0, List.of("  ")))
        .withMessageContaining("blank");
  }

  /** Lower-case texts with skewed letters, so that frequencies differ and ties happen too. */
  private static List<String> randomTexts(Random random, int count) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder();
      for (int word = 0; word < 6; word++) {
        text.append(word == 0 ? "" : " ");
        int letters = 1 + random.nextInt(7);
        for (int letter = 0; letter < letters; letter++) {
          text.append((char) ('a' + random.nextInt(1 + random.nextInt(12))));
        }
      }
      texts.add(text.toString());
    }
    return texts;
  }
}
