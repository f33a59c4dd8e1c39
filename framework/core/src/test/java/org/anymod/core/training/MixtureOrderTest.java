package org.anymod.core.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MixtureOrderTest {
  private static final int BLOCK = MixtureOrder.BLOCK;

  @Test
  void leavesASingleDatasetAsItIs() {
    MixtureOrder order = new MixtureOrder(new double[] {0.3}, 1);
    assertThat(order.at(123_456_789_012L)).isEqualTo(new MixtureOrder.Place(0, 123_456_789_012L));
  }

  @Test
  void givesEveryDatasetItsPositionsOneAfterTheOther() {
    MixtureOrder order = new MixtureOrder(new double[] {0.6, 0.2, 0.2}, 5);
    long[] next = new long[3];
    for (long position = 0; position < 3L * BLOCK; position++) {
      MixtureOrder.Place place = order.at(position);
      assertThat(place.position()).isEqualTo(next[place.source()]++);
    }
    assertThat(next[0] / (3.0 * BLOCK)).isCloseTo(0.6, org.assertj.core.data.Offset.offset(1e-3));
    assertThat(next[1] / (3.0 * BLOCK)).isCloseTo(0.2, org.assertj.core.data.Offset.offset(1e-3));
    assertThat(next[0] + next[1] + next[2]).isEqualTo(3L * BLOCK);
  }

  @Test
  void needsNoCountingFromTheStart() {
    double[] weights = {5, 1};
    MixtureOrder fromStart = new MixtureOrder(weights, 2);
    MixtureOrder.Place last = null;
    for (long position = 0; position <= 40_000; position++) {
      last = fromStart.at(position);
    }
    assertThat(new MixtureOrder(weights, 2).at(40_000)).isEqualTo(last);
  }

  @Test
  void mixesWithinABlockDifferentlyForEverySeed() {
    double[] weights = {1, 1};
    int same = 0;
    int changes = 0;
    MixtureOrder a = new MixtureOrder(weights, 1);
    MixtureOrder b = new MixtureOrder(weights, 2);
    for (long position = 1; position < BLOCK; position++) {
      same += a.at(position).source() == b.at(position).source() ? 1 : 0;
      changes += a.at(position).source() != a.at(position - 1).source() ? 1 : 0;
    }
    assertThat(same).isBetween(BLOCK * 4 / 10, BLOCK * 6 / 10);
    assertThat(changes).isBetween(BLOCK * 4 / 10, BLOCK * 6 / 10);
  }

  @Test
  void givesTheRarestDatasetAtLeastOnePlaceInABlock() {
    MixtureOrder order = new MixtureOrder(new double[] {1e9, 1e-6, 1e-6}, 1);
    int[] uses = new int[3];
    for (long position = 0; position < BLOCK; position++) {
      uses[order.at(position).source()]++;
    }
    assertThat(uses).containsExactly(BLOCK - 2, 1, 1);
  }

  @Test
  void refusesMoreDatasetsThanABlockCanHold() {
    assertThatThrownBy(() -> new MixtureOrder(new double[2000], 1))
        .hasMessageContaining("2000 datasets, must be 1 to 1024");
  }
}
