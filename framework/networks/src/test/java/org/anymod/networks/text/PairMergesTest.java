package org.anymod.networks.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Compares the merges with a plain procedure that counts every pair anew before each merge. */
class PairMergesTest {

  @RepeatedTest(40)
  void learnsWhatCountingAnewEachTimeWouldLearn(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    Random random = new Random(seed);
    SortedMap<String, Long> words = new TreeMap<>();
    for (int i = 0; i < 60; i++) {
      StringBuilder word = new StringBuilder();
      int letters = 1 + random.nextInt(9);
      for (int k = 0; k < letters; k++) {
        word.append((char) ('a' + random.nextInt(1 + seed % 4)));
      }
      words.merge(word.toString(), 1L + random.nextInt(3), Long::sum);
    }
    int size = 8 + random.nextInt(120);
    Map<String, Integer> vocabulary = start(words);
    new PairMerges(vocabulary, words).learn(size);
    assertThat(vocabulary.keySet())
        .as("seed %d", seed)
        .containsExactlyElementsOf(plain(start(words).keySet(), words, size));
    assertThat(vocabulary.values()).containsExactlyElementsOf(upTo(vocabulary.size()));
  }

  private static List<Integer> upTo(int size) {
    List<Integer> ids = new ArrayList<>();
    for (int id = 0; id < size; id++) {
      ids.add(id);
    }
    return ids;
  }

  private static Map<String, Integer> start(SortedMap<String, Long> words) {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    for (String piece : Alphabet.of(words, List.of(), 1000)) {
      vocabulary.put(piece, vocabulary.size());
    }
    return vocabulary;
  }

  private static List<String> plain(
      Iterable<String> alphabet, SortedMap<String, Long> words, int size) {
    List<String> vocabulary = new ArrayList<>();
    alphabet.forEach(vocabulary::add);
    Map<String, List<String>> splits = new TreeMap<>();
    for (String word : words.keySet()) {
      List<String> pieces = new ArrayList<>();
      for (int i = 0; i < word.length(); i++) {
        pieces.add((i == 0 ? "" : "##") + word.charAt(i));
      }
      splits.put(word, pieces);
    }
    while (vocabulary.size() < size) {
      // A line feed sorts before every letter, so keys compare as (left, right) do.
      Map<String, Long> counts = new TreeMap<>();
      splits.forEach(
          (word, pieces) -> {
            for (int i = 1; i < pieces.size(); i++) {
              counts.merge(pieces.get(i - 1) + "\n" + pieces.get(i), words.get(word), Long::sum);
            }
          });
      String best = null;
      for (Map.Entry<String, Long> entry : counts.entrySet()) {
        if (best == null || entry.getValue() > counts.get(best)) {
          best = entry.getKey();
        }
      }
      if (best == null) {
        break;
      }
      String[] pair = best.split("\n");
      String merged = pair[0] + pair[1].substring(2);
      if (!vocabulary.contains(merged)) {
        vocabulary.add(merged);
      }
      splits.values().forEach(pieces -> join(pieces, pair, merged));
    }
    return vocabulary;
  }

  private static void join(List<String> pieces, String[] pair, String merged) {
    for (int i = 0; i + 1 < pieces.size(); i++) {
      if (pieces.get(i).equals(pair[0]) && pieces.get(i + 1).equals(pair[1])) {
        pieces.set(i, merged);
        pieces.remove(i + 1);
      }
    }
  }
}
