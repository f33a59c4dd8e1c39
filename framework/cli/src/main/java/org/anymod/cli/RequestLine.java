package org.anymod.cli;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.anymod.core.generation.SamplingChange;
import org.anymod.spi.config.Setting;

/**
 * A request as it is written: on the command line, or as a line of a file of requests.
 *
 * @param name name of the folder for its results
 * @param input what is given
 * @param visible which parts of it are known
 * @param beginning what of it goes on
 * @param output what is wanted
 * @param sampling changed settings
 * @param guide weights of conditions
 * @param guidance scale over all conditions
 * @param grow whether finished outputs join the conditions of guidance
 * @param grownWeight weight of each of them beside weights
 * @param samples number of answers
 * @param seed seed
 * @param preset presets
 */
record RequestLine(
    @Setting("Name of the folder for its results, request-0001 and so on where it has none")
        Optional<String> name,
    @Setting("What is given, by key: a file, or the text itself; [S_1] marks what is missing of it")
        Map<String, String> input,
    @Setting(
            "What is known of a given picture, by key: areas x,y,width,height in pixels, or in"
                + " fractions where all four are at most 1; or a picture that is bright where the"
                + " other is known")
        Map<String, List<String>> visible,
    @Setting("Keys of given texts and lists that are only the beginning") List<String> beginning,
    @Setting("What to predict, in order; empty for what the preset says or all that is not given")
        List<String> output,
    @Setting("Sampling settings to change, by key of an output")
        Map<String, SamplingChange> sampling,
    @Setting(value = "Weights of conditions, by key", min = -100, max = 100)
        Map<String, Double> guide,
    @Setting(value = "Guidance scale over all conditions", min = -100, max = 100)
        OptionalDouble guidance,
    @Setting("Whether finished outputs join the conditions of guidance") Optional<Boolean> grow,
    @Setting(value = "Weight of each finished output beside weights", min = -100, max = 100)
        OptionalDouble grownWeight,
    @Setting(value = "How many answers to draw", defaultValue = "1", min = 1, max = 10000)
        int samples,
    @Setting(value = "Seed: same seed, same results", defaultValue = "0") long seed,
    @Setting("Presets, one for each model of the chain at most") List<String> preset) {

  /** The same request with other inputs. */
  RequestLine with(Map<String, String> inputs, long ownSeed, String ownName) {
    return new RequestLine(
        Optional.of(ownName),
        inputs,
        visible,
        beginning,
        output,
        sampling,
        guide,
        guidance,
        grow,
        grownWeight,
        samples,
        ownSeed,
        preset);
  }
}
