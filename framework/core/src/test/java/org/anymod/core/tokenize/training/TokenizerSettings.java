package org.anymod.core.tokenize.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.core.recipe.ResolutionsRecipe;
import org.anymod.core.recipe.TokenizerRecipe;

/** Settings of a small training, to be changed by a test before it starts. */
final class TokenizerSettings {
  int steps = 12;
  int accumulate = 1;
  double learningRate = 3e-3;
  double ema;
  ResolutionsRecipe resolutions = ResolutionsRecipe.one();
  int checkEvery = 5;
  String precision = "auto";
  final Map<String, Object> family = new LinkedHashMap<>();

  private TokenizerSettings() {
    with("dim", 16, "depth", 1, "heads", 2, "latent", 4, "post_mlp", false, "ema_decay", 0.8);
  }

  static TokenizerSettings plain() {
    return new TokenizerSettings();
  }

  /** Levels of numbers instead of a codebook, 4 x 4 of them. */
  static TokenizerSettings levels() {
    TokenizerSettings settings = new TokenizerSettings().with("quantizer", "fsq", "levels", "4, 4");
    settings.family.remove("latent");
    settings.family.remove("ema_decay");
    return settings;
  }

  /** A codebook of averages that starts from clusters, and in which codes die. */
  static TokenizerSettings vq() {
    return new TokenizerSettings().with("kmeans", true, "dead_code", 2);
  }

  static TokenizerSettings diffusion() {
    return new TokenizerSettings()
        .with("decoder", "unet", "channels", 32, "channel_mult", "1", "res_blocks", 1)
        .with("attention", "", "decode_steps", 2, "condition_dropout", 0.2);
  }

  TokenizerSettings with(Object... pairs) {
    for (int i = 0; i < pairs.length; i += 2) {
      family.put((String) pairs[i], pairs[i + 1]);
    }
    return this;
  }

  /** All that a training can do at once: sizes, several batches, an average, checks. */
  TokenizerSettings everything() {
    accumulate = 2;
    ema = 0.9;
    resolutions = new ResolutionsRecipe(OptionalInt.of(4), OptionalInt.of(8), 4);
    return this;
  }

  TokenizerRecipe recipe() {
    return new TokenizerRecipe(
        Optional.empty(),
        OptionalInt.of(16),
        steps,
        6,
        accumulate,
        learningRate,
        1e-4,
        2,
        ema,
        precision,
        resolutions,
        4,
        OptionalInt.of(checkEvery),
        4,
        family);
  }
}
