package org.anymod.media.measures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class NeighborVoteTest {
  private static final List<float[]> GALLERY =
      List.of(new float[] {10, 0}, new float[] {1, 1}, new float[] {2, 2.1f}, new float[] {0, 1});
  private static final List<String> LABELS = List.of("x", "both", "both", "y");

  @Test
  void weighsVotesByHowNearTheyAre() {
    float[] query = {1, 0};
    // Cosines 1, 0.707, 0.690, 0; at a temperature of 1 two votes of 0.746 and 0.733 win over 1.
    assertThat(vote(4, 1).ranked(query)).containsExactly("both", "x", "y");
    assertThat(vote(4, 0.07).ranked(query)).containsExactly("x", "both", "y");
    assertThat(vote(1, 1).ranked(query)).containsExactly("x");
    assertThat(vote(2, 1).ranked(query)).containsExactly("x", "both");
  }

  @Test
  void doesNotCareForLengthsOrTinyTemperatures() {
    assertThat(vote(4, 1e-9).ranked(new float[] {0, 1e-3f})).startsWith("y");
    assertThat(vote(20, 0.07).ranked(new float[] {0, 0})).startsWith("both");
    assertThatThrownBy(() -> vote(1, 1).ranked(new float[1]))
        .hasMessage("the vector has 1 numbers, must have 2");
    assertThatThrownBy(() -> new NeighborVote(List.of(), List.of(), 1, 1))
        .hasMessageContaining("at least one");
  }

  private static NeighborVote vote(int neighbors, double temperature) {
    return new NeighborVote(GALLERY, LABELS, neighbors, temperature);
  }
}
