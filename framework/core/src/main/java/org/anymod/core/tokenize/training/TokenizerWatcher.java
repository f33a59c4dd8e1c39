package org.anymod.core.tokenize.training;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Value;

/** Sees what comes back from a tokenizer while it is trained, for example to draw it. */
@FunctionalInterface
public interface TokenizerWatcher {

  /**
   * A check in the course of a training.
   *
   * @param modality the modality
   * @param step steps done
   * @param originals held-out values
   * @param trained what came back with the weights as they are trained
   * @param averaged what came back with their moving average, if there is one
   */
  record Seen(
      UsedModality modality,
      long step,
      List<Value> originals,
      List<Value> trained,
      Optional<List<Value>> averaged) {}

  /**
   * A check was made.
   *
   * @param seen what there is to see
   * @throws IOException if it cannot be shown
   */
  void checked(Seen seen) throws IOException;
}
