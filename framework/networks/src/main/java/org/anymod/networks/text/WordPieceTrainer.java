package org.anymod.networks.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Learns a WordPiece vocabulary from text: special entries first, then the characters that occur, then pieces made by
 * merging the most frequent neighbouring pair again and again, with {@code ##} before pieces that continue a word (the
 * byte-pair variant of Wu et al. 2016, arXiv 1609.08144). Deterministic: equal frequencies are ordered by text.
 */
public final class WordPieceTrainer {
  private static final int MAX_WORD_CHARACTERS = 100;
  private static final int COORDINATE_GROUPS = 4;

  private final Settings settings;

  /**
   * What the vocabulary holds.
   *
   * @param vocabularySize largest number of entries; fewer where the text gives no more
   * @param sentinels number of {@code [S_i]} entries
   * @param coordinateBins number of bins of each of the entries {@code v0=} to {@code v3=}; 0 for none
   * @param words words that stay whole, matched after lower-casing
   */
  public record Settings(int vocabularySize, int sentinels, int coordinateBins, List<String> words) {
    /** Checks that numbers are not negative and words are not empty. */
    public Settings {
      words = List.copyOf(words);
      if (vocabularySize < 1 || sentinels < 0 || coordinateBins < 0) {
        throw new IllegalArgumentException(
            "vocabulary size " + vocabularySize + ", sentinels " + sentinels + " and coordinate bins "
                + coordinateBins + " must not be negative");
      }
      for (String word : words) {
        if (word.isBlank()) {
          throw new IllegalArgumentException("words must not be blank");
        }
      }
    }
  }

  /**
   * Creates a trainer.
   *
   * @param settings what the vocabulary holds
   */
  public WordPieceTrainer(Settings settings) {
    this.settings = settings;
  }

  /**
   * Learns a vocabulary.
   *
   * @param texts the text, piece by piece
   * @return the tokenizer
   * @throws IllegalArgumentException if special entries and characters alone exceed the vocabulary
   */
  public TextTokenizer train(Iterable<String> texts) {
    List<AddedToken> added = added();
    Set<String> vocabulary = new LinkedHashSet<>();
    added.forEach(token -> vocabulary.add(token.content()));
    Map<String, Long> counts = words(texts);
    addCharacters(vocabulary, counts.keySet());
    if (vocabulary.size() > settings.vocabularySize()) {
      throw new IllegalArgumentException(
          "special entries and characters are " + vocabulary.size() + ", but the vocabulary may have only "
              + settings.vocabularySize());
    }
    new Merging(counts).grow(vocabulary, settings.vocabularySize());
    return new TextTokenizer(List.copyOf(vocabulary), added, MAX_WORD_CHARACTERS);
  }

  private List<AddedToken> added() {
    List<AddedToken> added = new ArrayList<>();
    for (String token :
        List.of(TextTokenizer.PAD, TextTokenizer.UNK, TextTokenizer.SOS, TextTokenizer.EOS)) {
      added.add(new AddedToken(added.size(), token, false, false));
    }
    for (int i = 0; i < settings.sentinels(); i++) {
      added.add(new AddedToken(added.size(), Sentinels.token(i), true, false));
    }
    for (int group = 0; group < COORDINATE_GROUPS; group++) {
      for (int bin = 0; bin < settings.coordinateBins(); bin++) {
        added.add(new AddedToken(added.size(), "v" + group + "=" + bin, true, false));
      }
    }
    for (String word : new LinkedHashSet<>(settings.words())) {
      added.add(new AddedToken(added.size(), word, true, true));
    }
    return added;
  }

  private static Map<String, Long> words(Iterable<String> texts) {
    Map<String, Long> counts = new TreeMap<>();
    for (String text : texts) {
      char[] normal = BertNormalizer.normalize(text, 0, text.length());
      for (int i = 0; i < normal.length; ) {
        int c = Character.codePointAt(normal, i);
        int next = i + Character.charCount(c);
        if (CharacterClasses.isWhitespace(c)) {
          i = next;
          continue;
        }
        int end =
            CharacterClasses.isPunctuation(c)
                ? next
                : WordPieces.wordEnd(normal, next, normal.length);
        counts.merge(new String(normal, i, end - i), 1L, Long::sum);
        i = end;
      }
    }
    return counts;
  }

  private static void addCharacters(Set<String> vocabulary, Set<String> words) {
    Set<String> first = new TreeSet<>();
    Set<String> later = new TreeSet<>();
    for (String word : words) {
      List<String> pieces = characters(word);
      first.add(pieces.get(0));
      later.addAll(pieces.subList(1, pieces.size()));
    }
    vocabulary.addAll(first);
    vocabulary.addAll(later);
  }

  /** A word as single characters, the later ones marked. */
  private static List<String> characters(String word) {
    List<String> pieces = new ArrayList<>();
    word.codePoints()
        .forEach(
            c -> {
              String character = Character.toString(c);
              pieces.add(pieces.isEmpty() ? character : WordPieces.CONTINUATION + character);
            });
    return pieces;
  }

  /** Words cut into pieces, with the count of each neighbouring pair kept up to date as pairs are merged. */
  private static final class Merging {
    private final List<List<String>> pieces = new ArrayList<>();
    private final List<Long> counts = new ArrayList<>();
    private final Map<Pair, Long> pairCounts = new HashMap<>();
    private final Map<Pair, Set<Integer>> places = new HashMap<>();

    private record Pair(String left, String right) {
      String merged() {
        return left + right.substring(WordPieces.CONTINUATION.length());
      }
    }

    /** A pair with its count when it was queued; outdated entries are skipped. */
    private record Candidate(Pair pair, long count) implements Comparable<Candidate> {
      @Override
      public int compareTo(Candidate other) {
        int byCount = Long.compare(other.count, count);
        if (byCount != 0) {
          return byCount;
        }
        int byLeft = pair.left().compareTo(other.pair.left());
        return byLeft != 0 ? byLeft : pair.right().compareTo(other.pair.right());
      }
    }

    Merging(Map<String, Long> words) {
      words.forEach(
          (word, count) -> {
            pieces.add(characters(word));
            counts.add(count);
          });
      for (int i = 0; i < pieces.size(); i++) {
        count(i, 1, new HashSet<>());
      }
    }

    /** Adds or removes the pairs of a word, noting which pairs changed. */
    private void count(int word, int sign, Set<Pair> changed) {
      List<String> own = pieces.get(word);
      for (int i = 0; i + 1 < own.size(); i++) {
        Pair pair = new Pair(own.get(i), own.get(i + 1));
        pairCounts.merge(pair, sign * counts.get(word), Long::sum);
        places.computeIfAbsent(pair, key -> new HashSet<>()).add(word);
        changed.add(pair);
      }
    }

    void grow(Set<String> vocabulary, int size) {
      PriorityQueue<Candidate> queue = new PriorityQueue<>();
      pairCounts.forEach((pair, count) -> queue.add(new Candidate(pair, count)));
      while (vocabulary.size() < size && !queue.isEmpty()) {
        Candidate best = queue.remove();
        long count = pairCounts.getOrDefault(best.pair(), 0L);
        if (count < 1 || count != best.count()) {
          continue;
        }
        vocabulary.add(best.pair().merged());
        for (Pair changed : merge(best.pair())) {
          long now = pairCounts.getOrDefault(changed, 0L);
          if (now > 0) {
            queue.add(new Candidate(changed, now));
          }
        }
      }
    }

    private Set<Pair> merge(Pair pair) {
      Set<Pair> changed = new HashSet<>();
      for (int word : places.remove(pair)) {
        List<String> own = pieces.get(word);
        if (!contains(own, pair)) {
          continue;
        }
        count(word, -1, changed);
        pieces.set(word, merged(own, pair));
        count(word, 1, changed);
      }
      pairCounts.remove(pair);
      changed.remove(pair);
      return changed;
    }

    private static boolean contains(List<String> own, Pair pair) {
      for (int i = 0; i + 1 < own.size(); i++) {
        if (own.get(i).equals(pair.left()) && own.get(i + 1).equals(pair.right())) {
          return true;
        }
      }
      return false;
    }

    private static List<String> merged(List<String> own, Pair pair) {
      List<String> result = new ArrayList<>();
      for (int i = 0; i < own.size(); i++) {
        boolean here =
            i + 1 < own.size()
                && own.get(i).equals(pair.left())
                && own.get(i + 1).equals(pair.right());
        result.add(here ? pair.merged() : own.get(i));
        i += here ? 1 : 0;
      }
      return result;
    }
  }
}
