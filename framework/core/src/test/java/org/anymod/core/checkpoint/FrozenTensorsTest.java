package org.anymod.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FrozenTensorsTest {
  private static final FrozenTensors OLD =
      FrozenTensors.old(
          Set.of("a", "b", "c"), Map.of(FrozenTensors.NEW_TENSORS, "b\nd", "step", "3"));

  @Test
  void freezesWhatACheckpointHadBeforeItWasExtended() {
    assertThat(OLD.names()).containsExactlyInAnyOrder("a", "c");
    assertThat(OLD.isTrained("a")).isFalse();
    assertThat(OLD.isTrained("b")).isTrue();
    assertThat(OLD.trained(List.of("d", "c", "b"))).containsExactly("d", "b");
  }

  @Test
  void freezesAllOfACheckpointThatWasNeverExtended() {
    assertThat(FrozenTensors.old(Set.of("a", "b"), Map.of()).names())
        .containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void joinsRules() {
    assertThat(FrozenTensors.none().trained(List.of("a"))).containsExactly("a");
    assertThat(OLD.and(new FrozenTensors(Set.of("d"))).names())
        .containsExactlyInAnyOrder("a", "c", "d");
    assertThat(OLD.and(FrozenTensors.none())).isEqualTo(OLD);
  }
}
