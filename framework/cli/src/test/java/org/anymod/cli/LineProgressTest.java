package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LineProgressTest {
  private final StringWriter text = new StringWriter();
  private long nanos;
  private final LineProgress progress = new LineProgress(new PrintWriter(text), () -> nanos);

  @Test
  void linesAreFarApartAndTellRateAndTimeLeft() {
    progress.start("training", 100, "step");
    for (int step = 1; step <= 100; step++) {
      nanos += 200_000_000L;
      progress.advance(step, "loss 1.5");
    }
    progress.finish();
    assertThat(text.toString().lines())
        .containsExactly(
            "training: 100 steps",
            "training: 25/100 steps, 5.0 steps/s, 15 s left, loss 1.5",
            "training: 50/100 steps, 5.0 steps/s, 10 s left, loss 1.5",
            "training: 75/100 steps, 5.0 steps/s, 5.0 s left, loss 1.5",
            "training: 100/100 steps, 5.0 steps/s, loss 1.5",
            "training: done, 100 steps in 20 s");
  }

  @Test
  void unknownTotalsAndSlowUnitsReadWell() {
    progress.start("packing", 0, "shard");
    nanos += 8_000_000_000L;
    progress.advance(2, "");
    progress.message("a word");
    nanos += 3_700_000_000_000L;
    progress.finish();
    assertThat(text.toString().lines())
        .containsExactly(
            "packing",
            "packing: 2 shards, 4.0 s/shard",
            "a word",
            "packing: done, 2 shards in 1 h 1 min");
  }

  @Test
  void ratesOfAResumedTaskAreThoseOfNow() {
    progress.start("training", 3000, "step");
    for (int step = 2001; step <= 2050; step++) {
      nanos += 200_000_000L;
      progress.advance(step, "");
    }
    assertThat(text.toString().lines())
        .last()
        .isEqualTo("training: 2050/3000 steps, 5.0 steps/s, 3 min 10 s left");
  }

  @Test
  void withoutAPauseEveryAdvanceIsALine() {
    LineProgress each = new LineProgress(new PrintWriter(text), () -> nanos, 0);
    each.start("training", 2, "step");
    nanos += 1_000_000_000L;
    each.advance(1, "loss 2");
    nanos += 1_000_000_000L;
    each.advance(2, "loss 1");
    assertThat(text.toString().lines())
        .containsExactly(
            "training: 2 steps",
            "training: 1/2 steps, 1.0 steps/s, 1.0 s left, loss 2",
            "training: 2/2 steps, 1.0 steps/s, loss 1");
  }
}
