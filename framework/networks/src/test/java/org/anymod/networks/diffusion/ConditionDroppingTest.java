package org.anymod.networks.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;

class ConditionDroppingTest {
  @Test
  void hidesTheConditionAsOftenAsAsked() {
    StreamRandom random = StreamRandom.at(1, "drop");
    boolean[] all = new ConditionDropping(0.25, false, 0, -1).draw(4000, 2, random);
    int hidden = 0;
    for (int i = 0; i < 4000; i++) {
      assertThat(all[2 * i]).isEqualTo(all[2 * i + 1]);
      hidden += all[2 * i] ? 1 : 0;
    }
    assertThat(hidden).isBetween(900, 1100);
    boolean[] partly = new ConditionDropping(1, true, 2, 3).draw(600, 5, random);
    int[] keptAt = new int[5];
    for (int i = 0; i < 600; i++) {
      int kept = 0;
      for (int j = 0; j < 5; j++) {
        kept += partly[i * 5 + j] ? 0 : 1;
        keptAt[j] += partly[i * 5 + j] ? 0 : 1;
      }
      assertThat(kept).isBetween(2, 3);
    }
    for (int count : keptAt) {
      assertThat(count).isBetween(240, 360);
    }
  }
}
