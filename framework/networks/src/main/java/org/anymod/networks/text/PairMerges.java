package org.anymod.networks.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;

/**
 * Grows a vocabulary by the most frequent pair of neighbouring pieces, again and again. Of pairs
 * that are equally frequent, the one whose pieces come first in alphabetical order is taken, so the
 * outcome does not depend on the order of anything in memory.
 */
final class PairMerges {
  private final Map<String, Integer> vocabulary;
  private final List<String> pieces;
  private final List<Word> words = new ArrayList<>();
  private final Map<Long, Pair> pairs = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();

  /**
   * Splits the words into pieces of one character.
   *
   * @param vocabulary entries to ids, in the order of ids from 0 without a gap; new entries are
   *     added to it
   * @param counts words and how often each was seen; words with a character that the vocabulary
   *     lacks teach nothing, since they are unknown as a whole
   */
  PairMerges(Map<String, Integer> vocabulary, SortedMap<String, Long> counts) {
    this.vocabulary = vocabulary;
    this.pieces = new ArrayList<>(vocabulary.keySet());
    counts.forEach(this::addWord);
    words.forEach(Word::enter);
    // The queue has a total order, so the order of the map does not show.
    pairs.values().forEach(this::offer);
  }

  /** Adds entries until there are as many as wanted or no word has two pieces left. */
  void learn(int vocabularySize) {
    while (pieces.size() < vocabularySize && !queue.isEmpty()) {
      Candidate best = queue.poll();
      if (best.count == best.pair.offered) {
        best.pair.offered = 0;
      }
      if (best.pair.count != best.count) {
        // Merges since then changed the count; it may come up again later.
        if (best.pair.count < best.count) {
          offer(best.pair);
        }
      } else {
        merge(best.pair);
      }
    }
  }

  private void addWord(String text, long count) {
    int[] ids = new int[text.codePointCount(0, text.length())];
    int size = 0;
    for (int i = 0; i < text.length(); ) {
      String character = Character.toString(text.codePointAt(i));
      Integer id = vocabulary.get(i == 0 ? character : WordPieces.CONTINUATION + character);
      if (id == null) {
        return;
      }
      ids[size++] = id;
      i += character.length();
    }
    if (size > 1) {
      words.add(new Word(ids, count));
    }
  }

  private void merge(Pair pair) {
    int merged = idOf(pair.left, pair.right);
    List<Pair> grown = new ArrayList<>();
    for (Word word : pair.words) {
      word.countPairs(-1);
      word.merge(pair.leftId, pair.rightId, merged);
      word.countPairs(1);
      word.listPairsOf(merged, grown);
    }
    pair.words.clear();
    grown.forEach(this::offer);
  }

  private int idOf(String left, String right) {
    String text =
        left
            + (right.startsWith(WordPieces.CONTINUATION)
                ? right.substring(WordPieces.CONTINUATION.length())
                : right);
    Integer known = vocabulary.putIfAbsent(text, pieces.size());
    if (known != null) {
      return known;
    }
    pieces.add(text);
    return pieces.size() - 1;
  }

  private void offer(Pair pair) {
    if (pair.count > 0 && pair.count != pair.offered) {
      pair.offered = pair.count;
      queue.add(new Candidate(pair, pair.count));
    }
  }

  private Pair pair(int left, int right) {
    long key = (long) left << 32 | right;
    Pair pair = pairs.get(key);
    if (pair == null) {
      pair = new Pair(left, right, pieces.get(left), pieces.get(right));
      pairs.put(key, pair);
    }
    return pair;
  }

  /** Two neighbouring pieces, and which words may have them. */
  private static final class Pair {
    private final int leftId;
    private final int rightId;
    private final String left;
    private final String right;
    private final List<Word> words = new ArrayList<>();
    private long count;
    private long offered;

    Pair(int leftId, int rightId, String left, String right) {
      this.leftId = leftId;
      this.rightId = rightId;
      this.left = left;
      this.right = right;
    }
  }

  /** A pair with the count it had when it was queued. */
  private record Candidate(Pair pair, long count) implements Comparable<Candidate> {
    @Override
    public int compareTo(Candidate other) {
      int order = Long.compare(other.count, count);
      if (order == 0) {
        order = pair.left.compareTo(other.pair.left);
      }
      return order == 0 ? pair.right.compareTo(other.pair.right) : order;
    }
  }

  /** A word of the corpus as pieces. */
  private final class Word {
    private final int[] ids;
    private final long times;
    private int size;

    Word(int[] ids, long times) {
      this.ids = ids;
      this.times = times;
      this.size = ids.length;
    }

    void enter() {
      countPairs(1);
      for (int i = 1; i < size; i++) {
        list(pair(ids[i - 1], ids[i]));
      }
    }

    void countPairs(int sign) {
      for (int i = 1; i < size; i++) {
        pair(ids[i - 1], ids[i]).count += sign * times;
      }
    }

    void merge(int left, int right, int merged) {
      int kept = 0;
      for (int i = 0; i < size; i++) {
        boolean joins = i + 1 < size && ids[i] == left && ids[i + 1] == right;
        ids[kept++] = joins ? merged : ids[i];
        i += joins ? 1 : 0;
      }
      size = kept;
    }

    /** Lists the word with the pairs that a merge has made. */
    void listPairsOf(int piece, List<Pair> made) {
      for (int i = 1; i < size; i++) {
        if (ids[i - 1] == piece || ids[i] == piece) {
          Pair pair = pair(ids[i - 1], ids[i]);
          list(pair);
          made.add(pair);
        }
      }
    }

    private void list(Pair pair) {
      if (pair.words.isEmpty() || pair.words.get(pair.words.size() - 1) != this) {
        pair.words.add(this);
      }
    }
  }
}
