package org.anymod.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.anymod.core.benchmark.PublishedSize;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.host.recipe.PluginSections;
import org.anymod.host.recipe.RecipeReader;
import picocli.CommandLine.Option;

/** The size of a model on the command line. */
final class BenchmarkSizes {
  private static final String SECTION = "model.";

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "A published size: tiny, small, base, large or xlarge (default: tiny, or the recipe's).")
  private String preset;

  @Option(names = "--dim", paramLabel = "N", description = "Width of the model.")
  private Integer dim;

  @Option(names = "--encoder-layers", paramLabel = "N", description = "Encoder blocks.")
  private Integer encoderLayers;

  @Option(names = "--decoder-layers", paramLabel = "N", description = "Decoder blocks.")
  private Integer decoderLayers;

  @Option(names = "--heads", paramLabel = "N", description = "Attention heads.")
  private Integer heads;

  /** What the options change in the model section of a recipe. */
  List<String> overrides() {
    return settings(preset == null ? List.of() : size(preset).settings()).stream()
        .map(setting -> SECTION + setting)
        .toList();
  }

  private List<String> settings(List<String> first) {
    List<String> settings = new ArrayList<>(first);
    add(settings, "dim", dim);
    add(settings, "encoder_layers", encoderLayers);
    add(settings, "decoder_layers", decoderLayers);
    add(settings, "heads", heads);
    return settings;
  }

  private static void add(List<String> settings, String key, Integer value) {
    if (value != null) {
      settings.add(key + "=" + value);
    }
  }

  private static PublishedSize size(String name) {
    try {
      return PublishedSize.valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      String all =
          Arrays.stream(PublishedSize.values())
              .map(size -> size.name().toLowerCase(Locale.ROOT))
              .collect(Collectors.joining(", "));
      throw new UserMistake("--preset is '" + name + "', must be one of " + all);
    }
  }

  /** The model section of a recipe that is not there, read as strictly as one that is. */
  ModelRecipe withoutRecipe(List<String> overrides) {
    List<String> settings = new ArrayList<>(PublishedSize.TINY.settings());
    if (preset != null) {
      settings.addAll(size(preset).settings());
    }
    settings.addAll(settings(List.of()));
    for (String override : overrides) {
      if (!override.startsWith(SECTION)) {
        throw new UserMistake(
            "--set is '" + override + "', without a recipe it must begin with " + SECTION);
      }
      settings.add(override.substring(SECTION.length()));
    }
    return RecipeReader.read(ModelRecipe.class, "options", "", settings, PluginSections.none())
        .recipe();
  }
}
