package org.anymod.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.anymod.core.generation.Request;
import org.anymod.core.generation.SamplingChange;
import org.anymod.host.recipe.PluginSections;
import org.anymod.host.recipe.RecipeReader;
import org.anymod.spi.config.Setting;
import picocli.CommandLine.Option;

/** A request in options of the command line. */
final class RequestOptions {
  @Option(
      names = "--input",
      paramLabel = "KEY=FILE",
      description = {
        "What is given: a model key, name or source and a file, or the text itself for modalities",
        "that are text; there [S_1] marks what is missing. Repeatable. With --data, just KEY."
      })
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--visible",
      paramLabel = "KEY=AREA",
      description = {
        "Only this part of a given picture is known: x,y,width,height in pixels, or in fractions",
        "where all are at most 1; or a picture that is bright where the other is known. Repeatable."
      })
  private List<String> visible = new ArrayList<>();

  @Option(
      names = "--beginning",
      paramLabel = "KEY",
      description = "A given text or list is only the beginning: more may follow. Repeatable.")
  private List<String> beginning = new ArrayList<>();

  @Option(
      names = "--output",
      split = ",",
      paramLabel = "KEY",
      description = {
        "What to predict, in this order (default: what the preset says, or all that is not given).",
        "What is given in part may be named too: the rest is filled in."
      })
  private List<String> outputs = new ArrayList<>();

  @Option(
      names = "--sampling",
      paramLabel = "KEY.SETTING=VALUE",
      description = {
        "Change how an output is sampled, such as tok_depth@64.temperature=0.5; settings are those",
        "of sampling in a recipe. Repeatable."
      })
  private List<String> sampling = new ArrayList<>();

  @Option(
      names = "--guide",
      paramLabel = "KEY=WEIGHT",
      description = {
        "Weight of a condition: above 1 follows it more closely, below 0 leads away from it.",
        "Repeatable; conditions without a weight are known as usual."
      })
  private List<String> guide = new ArrayList<>();

  @Option(
      names = "--guidance",
      paramLabel = "SCALE",
      description = "Guidance over all conditions together, in place of the settings' own.")
  private Double guidance;

  @Option(
      names = "--grow",
      negatable = true,
      description = "Whether finished outputs join the conditions of guidance.")
  private Boolean grow;

  @Option(
      names = "--grown-weight",
      paramLabel = "WEIGHT",
      description = "Weight of each finished output where conditions have weights.")
  private Double grownWeight;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of sampling: same seed, same results (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many answers to draw (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Outputs and settings by name (see config presets), or a path to a YAML file.")
  private String preset = "";

  @Option(
      names = "--super-resolution-preset",
      paramLabel = "NAME",
      description = "The same for the second model.")
  private String finePreset = "";

  /** Only to read changed settings strictly. */
  record Changes(@Setting("Changed settings") Map<String, SamplingChange> sampling) {}

  boolean hasInputs() {
    return !inputs.isEmpty();
  }

  /** The request; without values for its inputs where they come from a dataset. */
  RequestLine line(boolean fromData) {
    if (samples < 1 || samples > Request.MOST_SAMPLES) {
      throw new UserMistake(
          "--samples is " + samples + ", must be from 1 to " + Request.MOST_SAMPLES);
    }
    return new RequestLine(
        Optional.empty(),
        fromData ? keys() : pairs("--input", inputs, "KEY=FILE or KEY=TEXT"),
        areas(),
        beginning,
        outputs,
        changes(),
        weights(),
        optional(guidance),
        Optional.ofNullable(grow),
        optional(grownWeight),
        samples,
        seed,
        finePreset.isEmpty()
            ? preset.isEmpty() ? List.of() : List.of(preset)
            : List.of(preset, finePreset));
  }

  private static OptionalDouble optional(Double number) {
    return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
  }

  private Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    for (String input : inputs) {
      if (input.indexOf('=') >= 0) {
        throw new UserMistake("--input is '" + input + "', must be just KEY beside --data");
      }
      keys.put(input, "");
    }
    return keys;
  }

  private static Map<String, String> pairs(String option, List<String> words, String form) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String word : words) {
      int at = word.indexOf('=');
      if (at < 1) {
        throw new UserMistake(option + " is '" + word + "', must be " + form);
      }
      if (pairs.put(word.substring(0, at), word.substring(at + 1)) != null) {
        throw new UserMistake(option + ": '" + word.substring(0, at) + "' is given twice");
      }
    }
    return pairs;
  }

  private Map<String, List<String>> areas() {
    Map<String, List<String>> areas = new LinkedHashMap<>();
    for (String word : visible) {
      int at = word.indexOf('=');
      if (at < 1) {
        throw new UserMistake(
            "--visible is '" + word + "', must be KEY=x,y,width,height or KEY=FILE");
      }
      areas
          .computeIfAbsent(word.substring(0, at), key -> new ArrayList<>())
          .add(word.substring(at + 1));
    }
    return areas;
  }

  private Map<String, Double> weights() {
    Map<String, Double> weights = new LinkedHashMap<>();
    pairs("--guide", guide, "KEY=WEIGHT")
        .forEach(
            (key, text) -> {
              try {
                weights.put(key, Double.valueOf(text));
              } catch (NumberFormatException e) {
                throw new UserMistake("--guide: the weight of " + key + " is '" + text + "'");
              }
            });
    return weights;
  }

  private Map<String, SamplingChange> changes() {
    List<String> settings = sampling.stream().map(s -> "sampling." + s).toList();
    return RecipeReader.read(Changes.class, "--sampling", "{}", settings, PluginSections.none())
        .recipe()
        .sampling();
  }
}
