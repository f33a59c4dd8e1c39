package org.anymod.core.modality;

import java.util.List;
import java.util.stream.Collectors;
import org.anymod.spi.Kind;

/** Whether the samples of a modality can enter a model under the key of another. */
final class FeedingCheck {
  private FeedingCheck() {}

  /**
   * Checks a modality that feeds another.
   *
   * @throws IllegalArgumentException if there is no such other, or they are too different
   */
  static void check(UsedModality feeder, List<UsedModality> used) {
    UsedModality target =
        used.stream()
            .filter(m -> m.key().equals(feeder.modelKey()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "feeds '"
                            + feeder.modelKey()
                            + "', which feeds another itself; there are "
                            + used.stream()
                                .map(UsedModality::key)
                                .collect(Collectors.joining(", "))));
    if (!agree(feeder, target)) {
      throw new IllegalArgumentException(
          "feeds '"
              + target.key()
              + "', which is "
              + target.declaration().kind()
              + ", but is "
              + feeder.declaration().kind()
              + "; use one of them only");
    }
  }

  /** Texts may differ in length, which masking cuts; everything else must be the same. */
  private static boolean agree(UsedModality feeder, UsedModality target) {
    Kind own = feeder.declaration().kind();
    Kind other = target.declaration().kind();
    if (own instanceof Kind.TextSequence) {
      return other instanceof Kind.TextSequence;
    }
    return own.equals(other)
        && (!feeder.isTokens() || feeder.tokenizer().equals(target.tokenizer()));
  }
}
