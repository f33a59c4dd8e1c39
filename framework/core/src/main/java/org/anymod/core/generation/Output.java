package org.anymod.core.generation;

import java.util.Objects;
import java.util.Optional;

/**
 * One thing that a request wants.
 *
 * @param key model key, the name of a modality or a source
 * @param change sampling settings that differ from those of preset and recipe
 * @param steering guidance for this output in place of that of the request
 * @param decoded whether a value is made of its tokens; without, it is only a condition of what
 *     comes after it
 */
public record Output(
    String key, SamplingChange change, Optional<Steering> steering, boolean decoded) {

  /** Checks that all parts are present. */
  public Output {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(steering, "steering");
  }

  /**
   * An output with the settings of preset and recipe.
   *
   * @param key model key, the name of a modality or a source
   * @return the output
   */
  public static Output of(String key) {
    return new Output(key, SamplingChange.NONE, Optional.empty(), true);
  }

  /**
   * Returns this output with other sampling settings.
   *
   * @param settings what to change
   * @return the output
   */
  public Output with(SamplingChange settings) {
    return new Output(key, settings, steering, decoded);
  }

  /**
   * Returns this output with guidance of its own.
   *
   * @param own how conditions steer it
   * @return the output
   */
  public Output with(Steering own) {
    return new Output(key, change, Optional.of(own), decoded);
  }

  /**
   * Returns this output as a mere condition of those after it: it is sampled but no value is made
   * of it.
   *
   * @return the output
   */
  public Output onlyCondition() {
    return new Output(key, change, steering, false);
  }
}
