package org.anymod.core.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SkippedSamplesTest {

  @Test
  void endsTheRunWithTheCauseWhereNothingIsLeftOut() {
    IOException cause = new IOException("a/1.png: is no picture");
    assertThatThrownBy(() -> new SkippedSamples(false, 10).skip("a 1", cause)).isSameAs(cause);
  }

  @Test
  void countsDifferentSamplesUpToTheLimit() throws IOException {
    SkippedSamples skipped = new SkippedSamples(true, 2);
    for (int epoch = 0; epoch < 3; epoch++) {
      skipped.skip("a 1", new IOException("first"));
      skipped.skip("a 2", new IOException("second"));
    }
    assertThat(skipped.count()).isEqualTo(2);
    assertThatThrownBy(() -> skipped.skip("b 1", new IOException("b/1.png: is no picture")))
        .hasMessage(
            "3 samples cannot be read, data.max_skips allows 2; the last one: b/1.png: is no picture");
  }
}
