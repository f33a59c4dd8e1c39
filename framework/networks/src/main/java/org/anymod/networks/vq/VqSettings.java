package org.anymod.networks.vq;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Settings of a ViT VQ-VAE, read from the recipe's section of its tokenizer.
 *
 * @param dim width of encoder and decoder
 * @param depth number of blocks in each of them
 * @param heads attention heads; {@code dim} is a multiple
 * @param latent width of a code
 * @param loss name of the reconstruction loss
 * @param classWidth width of a class embedding, for class maps
 * @param postMlp whether a tanh layer follows the blocks
 * @param decay decay of the codebook's moving averages
 * @param deadCode a code is dead when it is used less than its even share divided by this
 * @param commitment weight of the commitment loss
 * @param weightDecay decoupled weight decay
 * @param clip largest global gradient norm
 */
record VqSettings(
    int dim,
    int depth,
    int heads,
    int latent,
    String loss,
    int classWidth,
    boolean postMlp,
    double decay,
    double deadCode,
    double commitment,
    double weightDecay,
    double clip) {

  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "dim",
              "depth",
              "heads",
              "latent",
              "loss",
              "class_width",
              "post_mlp",
              "ema_decay",
              "dead_code",
              "commitment",
              "weight_decay",
              "clip"));

  static VqSettings of(Map<String, Object> settings, String defaultLoss) {
    for (String name : settings.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "unknown tokenizer setting '" + name + "'; allowed are " + String.join(", ", NAMES));
      }
    }
    VqSettings result =
        new VqSettings(
            whole(settings, "dim", 768, 4, 8192),
            whole(settings, "depth", 12, 1, 64),
            whole(settings, "heads", 12, 1, 128),
            whole(settings, "latent", 32, 1, 4096),
            settings.getOrDefault("loss", defaultLoss).toString(),
            whole(settings, "class_width", 64, 1, 1024),
            flag(settings, "post_mlp", true),
            number(settings, "ema_decay", 0.99, 0, 0.99999),
            number(settings, "dead_code", 32, 1, 1e9),
            number(settings, "commitment", 1, 0, 1e6),
            number(settings, "weight_decay", 0.05, 0, 10),
            number(settings, "clip", 1, 0, 1e9));
    if (result.dim % result.heads != 0 || result.dim % 4 != 0) {
      throw new IllegalArgumentException(
          "tokenizer setting dim is "
              + result.dim
              + ", must be a multiple of 4 and of heads = "
              + result.heads);
    }
    return result;
  }

  private static int whole(
      Map<String, Object> settings, String name, int fallback, int min, int max) {
    double value = number(settings, name, fallback, min, max);
    if (value != Math.rint(value)) {
      throw new IllegalArgumentException(
          "tokenizer setting " + name + " is " + value + ", must be a whole number");
    }
    return (int) value;
  }

  private static double number(
      Map<String, Object> settings, String name, double fallback, double min, double max) {
    Object value = settings.getOrDefault(name, fallback);
    if (!(value instanceof Number number)) {
      throw new IllegalArgumentException(
          "tokenizer setting " + name + " is '" + value + "', must be a number");
    }
    double d = number.doubleValue();
    if (!(d >= min && d <= max)) {
      throw new IllegalArgumentException(
          "tokenizer setting "
              + name
              + " is "
              + value
              + ", must lie in ["
              + min
              + ", "
              + max
              + "]");
    }
    return d;
  }

  private static boolean flag(Map<String, Object> settings, String name, boolean fallback) {
    Object value = settings.getOrDefault(name, fallback);
    if (!(value instanceof Boolean b)) {
      throw new IllegalArgumentException(
          "tokenizer setting " + name + " is '" + value + "', must be true or false");
    }
    return b;
  }
}
