package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochOrderTest {

  @Test
  void isOnePermutationAnEpochByDefault() {
    EpochOrder order = new EpochOrder(50, 1, 0, 7, "order");
    for (long position = 0; position < 150; position++) {
      int[] epoch = StreamRandom.at(7, "order", position / 50).permutation(50);
      assertThat(order.at(position)).isEqualTo(epoch[(int) (position % 50)]);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1,0", "1,3,16", "97,1,0", "97,1,16", "97,3,0", "97,3,16", "97,1,1", "5000,4,64"})
  void usesEverySampleEquallyOftenInEveryEpoch(int size, int repeats, int window) {
    EpochOrder order = new EpochOrder(size, repeats, window, 3, "order a");
    for (long epoch = 0; epoch < 3; epoch++) {
      int[] uses = new int[size];
      for (long place = 0; place < (long) size * repeats; place++) {
        uses[order.at(epoch * size * repeats + place)]++;
      }
      assertThat(uses).containsOnly(repeats);
    }
  }

  @Test
  void differsBetweenEpochsDatasetsAndSeeds() {
    for (int window : new int[] {0, 64}) {
      List<Integer> first = take(new EpochOrder(500, 1, window, 3, "order a"), 0, 500);
      assertThat(take(new EpochOrder(500, 1, window, 3, "order a"), 500, 500)).isNotEqualTo(first);
      assertThat(take(new EpochOrder(500, 1, window, 3, "order b"), 0, 500)).isNotEqualTo(first);
      assertThat(take(new EpochOrder(500, 1, window, 4, "order a"), 0, 500)).isNotEqualTo(first);
    }
  }

  @Test
  void readsNeighboursAboutTogetherWithinAWindow() {
    int window = 400;
    List<Integer> order = take(new EpochOrder(100_000, 1, window, 3, "order"), 0, window);
    // Four or five blocks of a hundred neighbours meet in a window; a whole shuffle would touch
    // hundreds of different hundreds.
    assertThat(order.stream().map(sample -> sample / 100).distinct().count()).isBetween(4L, 10L);
    assertThat(order).isNotEqualTo(order.stream().sorted().toList());
  }

  @Test
  void spreadsRepeatedUsesOverAWindow() {
    List<Integer> order = take(new EpochOrder(10_000, 4, 0, 3, "order"), 0, 1000);
    assertThat(order.stream().distinct().count()).isEqualTo(250);
    long neighbours =
        IntStream.range(1, 1000).filter(i -> order.get(i).equals(order.get(i - 1))).count();
    assertThat(neighbours).isLessThan(30);
  }

  @Test
  void isTheSameFromAnyPositionAndThread() throws Exception {
    EpochOrder shared = new EpochOrder(300, 2, 50, 9, "order");
    List<Integer> expected = take(new EpochOrder(300, 2, 50, 9, "order"), 0, 2400);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> found = new ArrayList<>();
      List<Long> positions = new ArrayList<>(LongStream.range(0, 2400).boxed().toList());
      Collections.reverse(positions);
      for (long position : positions) {
        Callable<Integer> ask = () -> shared.at(position);
        found.add(threads.submit(ask));
      }
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).get()).isEqualTo(expected.get(2399 - i));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Integer> take(EpochOrder order, long from, int count) {
    return LongStream.range(from, from + count).mapToObj(order::at).toList();
  }
}
