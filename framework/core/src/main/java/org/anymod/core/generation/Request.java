package org.anymod.core.generation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.anymod.spi.Value;

/**
 * What an application asks of a model: some modalities are given, others are wanted. Outputs are
 * drawn in order, each from the inputs and the outputs before it.
 *
 * <p>Keys are model keys, names of modalities, or sources that several keys share. A modality that
 * is given in part may also be wanted: what is missing is filled in then.
 *
 * <pre>{@code
 * Request request =
 *     Request.builder()
 *         .given("rgb", picture)
 *         .given("caption", Given.words("a red ball on [S_1]"))
 *         .outputs("depth", "caption")
 *         .samples(4)
 *         .seed(7)
 *         .build();
 * }</pre>
 *
 * @param inputs what is given by key
 * @param outputs what is wanted, in order; if empty, what the preset says, or else everything that
 *     the model can predict and that is not given
 * @param steering how conditions steer all outputs that have no guidance of their own
 * @param samples how many answers to draw, 1 to {@link #MOST_SAMPLES}
 * @param seed seed of the first answer; the same request with the same seed gives the same values
 * @param presets names of presets, one for each model of the generator's chain at most; an empty
 *     name means none
 */
public record Request(
    Map<String, Given> inputs,
    List<Output> outputs,
    Steering steering,
    int samples,
    long seed,
    List<String> presets) {

  /** The largest number of answers to one request. */
  public static final int MOST_SAMPLES = 10_000;

  /** Checks what can be checked without a model. */
  public Request {
    inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    outputs = List.copyOf(outputs);
    presets = List.copyOf(presets);
    Objects.requireNonNull(steering, "steering");
    if (samples < 1 || samples > MOST_SAMPLES) {
      throw new RequestException("samples is " + samples + ", must be from 1 to " + MOST_SAMPLES);
    }
  }

  /**
   * Returns the preset of one model of the chain.
   *
   * @param stage number of the model, from 0
   * @return the name; empty if there is none
   */
  public Optional<String> preset(int stage) {
    return stage < presets.size() && !presets.get(stage).isEmpty()
        ? Optional.of(presets.get(stage))
        : Optional.empty();
  }

  /**
   * Returns a builder of requests.
   *
   * @return a builder for one answer with seed 0
   */
  public static Builder builder() {
    return new Builder();
  }

  /** Collects a request. Not safe for use by several threads. */
  public static final class Builder {
    private final Map<String, Given> inputs = new LinkedHashMap<>();
    private final List<Output> outputs = new ArrayList<>();
    private Steering steering = Steering.DEFAULT;
    private int samples = 1;
    private long seed;
    private List<String> presets = List.of();

    private Builder() {}

    /**
     * Gives a whole value.
     *
     * @param key model key, the name of a modality or a source
     * @param value the value
     * @return this builder
     * @throws RequestException if the key is given already
     */
    public Builder given(String key, Value value) {
      return given(key, Given.of(value));
    }

    /**
     * Gives a value or parts of it.
     *
     * @param key model key, the name of a modality or a source
     * @param given what is given
     * @return this builder
     * @throws RequestException if the key is given already
     */
    public Builder given(String key, Given given) {
      if (inputs.putIfAbsent(key, given) != null) {
        throw new RequestException("'" + key + "' is given twice");
      }
      return this;
    }

    /**
     * Asks for outputs with the settings of preset and recipe.
     *
     * @param keys model keys, names or sources, in the order in which they are drawn
     * @return this builder
     */
    public Builder outputs(String... keys) {
      for (String key : keys) {
        outputs.add(Output.of(key));
      }
      return this;
    }

    /**
     * Asks for an output.
     *
     * @param output the output
     * @return this builder
     */
    public Builder output(Output output) {
      outputs.add(output);
      return this;
    }

    /**
     * Says how conditions steer the outputs.
     *
     * @param guidance the guidance
     * @return this builder
     */
    public Builder steering(Steering guidance) {
      this.steering = guidance;
      return this;
    }

    /**
     * Says how many answers to draw.
     *
     * @param count 1 to {@link #MOST_SAMPLES}
     * @return this builder
     */
    public Builder samples(int count) {
      this.samples = count;
      return this;
    }

    /**
     * Sets the seed.
     *
     * @param value the seed of the first answer
     * @return this builder
     */
    public Builder seed(long value) {
      this.seed = value;
      return this;
    }

    /**
     * Names presets.
     *
     * @param names one for each model of the chain at most
     * @return this builder
     */
    public Builder presets(String... names) {
      this.presets = List.of(names);
      return this;
    }

    /**
     * Builds the request.
     *
     * @return the request
     * @throws RequestException if its numbers are outside their ranges
     */
    public Request build() {
      return new Request(inputs, outputs, steering, samples, seed, presets);
    }
  }
}
