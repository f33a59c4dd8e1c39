package org.anymod.core.evaluation;

import java.io.IOException;

/** Somebody asked to stop before everything was measured. */
final class StoppedMeasurement extends IOException {
  private static final long serialVersionUID = 1L;

  StoppedMeasurement() {
    super("stopped before the evaluation was complete");
  }
}
