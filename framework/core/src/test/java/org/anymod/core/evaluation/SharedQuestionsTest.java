package org.anymod.core.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedQuestionsTest {
  private static final List<String> ASKED =
      List.of("a>x", "a>y", "a>z", "b>x", "b>y", "b>z", "c>x", "c>z", "a+b>x");

  private static List<String> part(int rank, int size) {
    return SharedQuestions.part(ASKED, question -> question.split(">")[1], rank, size);
  }

  @Test
  void eachRankAsksInTheOrderOfInputs() {
    assertThat(part(0, 1)).isEqualTo(ASKED);
    for (int rank = 0; rank < 3; rank++) {
      List<String> sorted = new ArrayList<>(ASKED);
      sorted.retainAll(part(rank, 3));
      assertThat(part(rank, 3)).hasSize(3).isEqualTo(sorted);
    }
  }

  @Test
  void everythingIsAskedOnceAndOutputsAreSharedEvenly() {
    for (int size = 1; size <= 4; size++) {
      List<String> all = new ArrayList<>();
      for (int rank = 0; rank < size; rank++) {
        List<String> own = part(rank, size);
        for (String output : Arrays.asList("x", "y", "z")) {
          long most = ASKED.stream().filter(question -> question.endsWith(output)).count();
          assertThat(own.stream().filter(question -> question.endsWith(output)).count())
              .isBetween(most / size, (most + size - 1) / size);
        }
        all.addAll(own);
      }
      assertThat(all).containsExactlyInAnyOrderElementsOf(ASKED);
    }
  }
}
