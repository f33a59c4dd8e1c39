package org.anymod.cli;

import java.util.ArrayList;
import java.util.List;
import org.anymod.core.recipe.ModelPresets;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.host.recipe.PluginSections;
import org.anymod.host.recipe.RecipeReader;
import picocli.CommandLine.Option;

/** The size of a model on the command line. */
final class BenchmarkSizes {
  private static final String SECTION = "model.";
  private static final String SMALLEST = "tiny_6e_6d_swiglu_nobias";

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "A published size such as base_12e_12d_swiglu_nobias (default: "
              + SMALLEST
              + ", or the recipe's).")
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
    return settings(preset == null ? List.of() : size(preset)).stream()
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

  /** All settings of a preset: it replaces what a recipe says. */
  private static List<String> size(String name) {
    if (!ModelPresets.names().contains(name)) {
      throw new UserMistake(
          "--preset is '" + name + "', must be one of " + String.join(", ", ModelPresets.names()));
    }
    ModelRecipe model = ModelPresets.recipe(name);
    return List.of(
        "dim=" + model.dim(),
        "encoder_layers=" + model.encoderLayers(),
        "decoder_layers=" + model.decoderLayers(),
        "heads=" + model.heads(),
        "mlp_ratio=" + model.mlpRatio(),
        "gated=" + model.gated(),
        "qk_norm=" + model.qkNorm(),
        "bias=" + model.hasQkvBias());
  }

  /** The model section of a recipe that is not there, read as strictly as one that is. */
  ModelRecipe withoutRecipe(List<String> overrides) {
    List<String> settings = new ArrayList<>(size(SMALLEST));
    if (preset != null) {
      settings.addAll(size(preset));
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
