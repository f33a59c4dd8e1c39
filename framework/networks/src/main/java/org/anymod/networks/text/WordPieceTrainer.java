package org.anymod.networks.text;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Learns a WordPiece vocabulary from text: byte-pair merges by frequency (Sennrich et al. 2016,
 * arXiv 1508.07909) with {@code ##} before pieces that continue a word, as the Hugging Face
 * WordPiece trainer does.
 *
 * <p>Layout of the ids: {@code [PAD] [UNK] [SOS] [EOS]}, sentinels {@code [S_0]...}, coordinate
 * words {@code v0=0...} to {@code v3=...}, class words, single characters, continuing characters,
 * merges in the order they were learned. The same settings and the same texts, in any order, give
 * the same vocabulary.
 */
public final class WordPieceTrainer {
  static final int MAX_WORD_CHARACTERS = 100;
  private static final int COORDINATES = 4;

  private final Settings settings;

  /**
   * Creates a trainer.
   *
   * @param settings size and special words of the vocabulary
   */
  public WordPieceTrainer(Settings settings) {
    this.settings = settings;
  }

  /**
   * What to train.
   *
   * @param vocabularySize largest number of entries, at most 1,048,576; a small corpus gives fewer
   * @param sentinels number of sentinels {@code [S_0], [S_1], ...}, at least 0
   * @param coordinateBins number of words of each of {@code v0=} to {@code v3=}, at least 0
   * @param words words that are found as a whole whatever their case, such as class names; the
   *     first counts where two differ in nothing else
   */
  public record Settings(
      int vocabularySize, int sentinels, int coordinateBins, List<String> words) {

    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException if a number is negative, a word is blank or longer than 1000
     *     characters, or the special words alone do not fit
     */
    public Settings {
      words = List.copyOf(words);
      if (sentinels < 0 || coordinateBins < 0) {
        throw new IllegalArgumentException(
            "sentinels is " + sentinels + " and coordinateBins " + coordinateBins + ", least is 0");
      }
      for (String word : words) {
        if (word.isBlank() || word.length() > TokenizerReader.MAX_TOKEN_CHARACTERS) {
          throw new IllegalArgumentException(
              "word \""
                  + word
                  + "\" is blank or longer than "
                  + TokenizerReader.MAX_TOKEN_CHARACTERS
                  + " characters");
        }
      }
      long needed =
          (long) TextTokenizer.CONTROL.size()
              + sentinels
              + (long) COORDINATES * coordinateBins
              + words.size();
      if (vocabularySize < needed || vocabularySize > TokenizerReader.MAX_ENTRIES) {
        throw new IllegalArgumentException(
            "vocabularySize is "
                + vocabularySize
                + ", allowed are "
                + needed
                + " (control tokens, sentinels, coordinates and words alone) to "
                + TokenizerReader.MAX_ENTRIES);
      }
    }
  }

  /**
   * Learns the vocabulary.
   *
   * @param texts the corpus; read once, in any order; words longer than 100 characters teach
   *     nothing
   * @return a tokenizer with the learned vocabulary
   */
  public TextTokenizer train(Iterable<String> texts) {
    List<AddedToken> added = specials();
    WordCounts counts = new WordCounts(added);
    for (String text : texts) {
      counts.add(text);
    }
    SortedMap<String, Long> words = counts.words();
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    for (AddedToken token : added) {
      vocabulary.put(token.content(), token.id());
    }
    for (String piece : Alphabet.of(words, added, settings.vocabularySize())) {
      vocabulary.putIfAbsent(piece, vocabulary.size());
    }
    new PairMerges(vocabulary, words).learn(settings.vocabularySize());
    return new TextTokenizer(List.copyOf(vocabulary.keySet()), added, MAX_WORD_CHARACTERS);
  }

  private List<AddedToken> specials() {
    List<AddedToken> added = new ArrayList<>();
    for (String token : TextTokenizer.CONTROL) {
      added.add(new AddedToken(added.size(), token, false, false));
    }
    for (int k = 0; k < settings.sentinels(); k++) {
      added.add(new AddedToken(added.size(), Sentinels.token(k), true, false));
    }
    for (int axis = 0; axis < COORDINATES; axis++) {
      for (int bin = 0; bin < settings.coordinateBins(); bin++) {
        added.add(new AddedToken(added.size(), "v" + axis + "=" + bin, true, false));
      }
    }
    Set<String> known = new HashSet<>();
    added.forEach(token -> known.add(normal(token.content())));
    for (String word : settings.words()) {
      if (known.add(normal(word))) {
        added.add(new AddedToken(added.size(), word, true, true));
      }
    }
    return added;
  }

  private static String normal(String word) {
    return new String(BertNormalizer.normalize(word, 0, word.length()));
  }
}
