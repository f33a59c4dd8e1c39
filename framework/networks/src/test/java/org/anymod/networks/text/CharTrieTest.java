package org.anymod.networks.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CharTrieTest {
  private static int valueOf(CharTrie trie, String key) {
    int node = trie.find(key);
    return node == CharTrie.NONE ? CharTrie.NONE : trie.value(node);
  }

  private static String key(Random random) {
    StringBuilder key = new StringBuilder();
    int length = 1 + random.nextInt(6);
    for (int i = 0; i < length; i++) {
      key.append(
          (char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : 'a' + random.nextInt(5)));
    }
    return key.toString();
  }

  @Test
  void holdsWhatAMapHolds() {
    Random random = new Random(3);
    CharTrie trie = new CharTrie();
    Map<String, Integer> map = new HashMap<>();
    for (int i = 0; i < 20_000; i++) {
      String key = key(random);
      trie.put(key, i);
      map.put(key, i);
    }
    map.forEach((key, value) -> assertThat(valueOf(trie, key)).isEqualTo(value));
    for (int i = 0; i < 20_000; i++) {
      String key = key(random);
      assertThat(valueOf(trie, key)).isEqualTo(map.getOrDefault(key, CharTrie.NONE));
    }
  }

  @Test
  void findsNothingWhenEmpty() {
    assertThat(new CharTrie().value(CharTrie.ROOT)).isEqualTo(CharTrie.NONE);
    assertThat(new CharTrie().find("a")).isEqualTo(CharTrie.NONE);
  }
}
