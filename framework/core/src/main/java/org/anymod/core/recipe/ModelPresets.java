package org.anymod.core.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The published sizes of the any-to-any network (arXiv 2406.09406, table of model sizes) in their
 * variants: {@code _gelu} has plain feed-forward layers and biases, {@code _swiglu_nobias} gated
 * ones and none, {@code _swiglu_qknorm_nobias} normalised queries and keys on top.
 */
public final class ModelPresets implements Preset.Defaults {
  private record Size(String name, int dim, int layers, int heads) {}

  private static final List<Size> SIZES =
      List.of(
          new Size("tiny_6e_6d", 384, 6, 6),
          new Size("small_8e_8d", 512, 8, 8),
          new Size("base_12e_12d", 768, 12, 12),
          new Size("large_24e_24d", 1024, 24, 16),
          new Size("xlarge_24e_24d", 2048, 24, 32));
  private static final int SMALLEST_WITH_NORMALISED_KEYS = 768;
  private static final Map<String, Map<String, String>> PRESETS = presets();

  /** Creates the table. */
  public ModelPresets() {}

  private static Map<String, Map<String, String>> presets() {
    Map<String, Map<String, String>> presets = new LinkedHashMap<>();
    for (Size size : SIZES) {
      presets.put(size.name() + "_gelu", settings(size, false, false));
      presets.put(size.name() + "_swiglu_nobias", settings(size, true, false));
      if (size.dim() >= SMALLEST_WITH_NORMALISED_KEYS) {
        presets.put(size.name() + "_swiglu_qknorm_nobias", settings(size, true, true));
      }
    }
    return presets;
  }

  private static Map<String, String> settings(Size size, boolean gated, boolean qkNorm) {
    return Map.of(
        "dim", Integer.toString(size.dim()),
        "encoder_layers", Integer.toString(size.layers()),
        "decoder_layers", Integer.toString(size.layers()),
        "heads", Integer.toString(size.heads()),
        "mlp_ratio", "4.0",
        "gated", Boolean.toString(gated),
        "bias", Boolean.toString(!gated),
        "qk_norm", Boolean.toString(qkNorm));
  }

  /**
   * Returns the names of the presets.
   *
   * @return names, smallest first
   */
  public static List<String> names() {
    return List.copyOf(PRESETS.keySet());
  }

  /**
   * Returns the network of a preset with tied heads and published first weights.
   *
   * @param preset name of the preset
   * @return the network
   * @throws IllegalArgumentException if there is no preset of this name
   */
  public static ModelRecipe recipe(String preset) {
    Map<String, String> settings = PRESETS.get(preset);
    if (settings == null) {
      throw new IllegalArgumentException(
          "preset '" + preset + "' is unknown, allowed are " + String.join(", ", names()));
    }
    return new ModelRecipe(
        Integer.parseInt(settings.get("dim")),
        Integer.parseInt(settings.get("encoder_layers")),
        Integer.parseInt(settings.get("decoder_layers")),
        Integer.parseInt(settings.get("heads")),
        Double.parseDouble(settings.get("mlp_ratio")),
        Boolean.parseBoolean(settings.get("gated")),
        Boolean.parseBoolean(settings.get("qk_norm")),
        Boolean.parseBoolean(settings.get("bias")),
        true,
        "published");
  }

  @Override
  public Map<String, String> of(String preset) {
    return PRESETS.getOrDefault(preset, Map.of());
  }
}
