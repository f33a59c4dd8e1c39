package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InterruptionTest {
  private final StringWriter err = new StringWriter();

  @Test
  void theProcessWaitsForTheLoopToLeaveItsCheckpoint() throws InterruptedException {
    AtomicBoolean checkpoint = new AtomicBoolean();
    AtomicBoolean leftBefore = new AtomicBoolean();
    Interruption interruption = Interruption.open(new PrintWriter(err));
    Thread ending =
        new Thread(
            () -> {
              interruption.stopAndWait();
              leftBefore.set(checkpoint.get());
            });
    ending.start();
    while (!interruption.signal().requested()) {
      Thread.onSpinWait();
    }
    checkpoint.set(true);
    interruption.close();
    ending.join();
    assertThat(leftBefore).isTrue();
    assertThat(err.toString()).contains("stopping at the next safe point");
  }

  @Test
  void nothingIsRequestedWithoutAnInterruption() {
    Interruption interruption = Interruption.open(new PrintWriter(err));
    assertThat(interruption.signal().requested()).isFalse();
    interruption.close();
    assertThat(err.toString()).isEmpty();
  }
}
