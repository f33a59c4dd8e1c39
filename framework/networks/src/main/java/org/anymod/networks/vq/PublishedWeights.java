package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.SafeTensors.Entry;
import org.anymod.torch.SafeTensors.Header;

/**
 * A tokenizer in a safetensors file whose metadata are the arguments it was constructed with, as
 * published tokenizers have them. Files that this framework wrote carry no arguments: their
 * construction is what the recipe says.
 */
final class PublishedWeights {
  private static final String SETTING = "weights";

  /** What the published constructor takes where a file does not say. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("image_size", "224"),
          Map.entry("n_channels", "3"),
          Map.entry("enc_type", "vit_b_enc"),
          Map.entry("dec_type", "vit_b_dec"),
          Map.entry("patch_proj", "True"),
          Map.entry("post_mlp", "False"),
          Map.entry("patch_size", "16"),
          Map.entry("out_conv", "False"),
          Map.entry("quant_type", "lucid"),
          Map.entry("codebook_size", "16384"),
          Map.entry("num_codebooks", "1"),
          Map.entry("latent_dim", "32"),
          Map.entry("norm_codes", "True"),
          Map.entry("norm_latents", "False"));

  /** Arguments without a default that mean something here. */
  private static final Set<String> OPTIONAL =
      Set.of("n_labels", "image_size_enc", "image_size_dec", "patch_size_dec");

  /**
   * Arguments that matter only in training, or, as {@code undo_std}, to who prepares the values: a
   * declared range already says how these become [-1, 1].
   */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "sync_codebook",
          "ema_decay",
          "threshold_ema_dead_code",
          "code_replacement_policy",
          "commitment_weight",
          "kmeans_init",
          "ckpt_path",
          "ignore_keys",
          "freeze_enc",
          "undo_std",
          "format");

  private static final Set<String> OWN = Set.of("key", "family", "identity", "format");

  private final Path file;
  private final Header header;
  private final Map<String, String> arguments;

  private PublishedWeights(Path file, Header header) {
    this.file = file;
    this.header = header;
    this.arguments = arguments();
  }

  /** Opens the file that the settings name, if they do. */
  static Optional<PublishedWeights> named(Map<String, Object> settings) {
    Object name = settings.get(SETTING);
    if (name == null) {
      return Optional.empty();
    }
    Path file = Path.of(name.toString());
    try {
      return Optional.of(new PublishedWeights(file, SafeTensors.header(file)));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "tokenizer setting " + SETTING + ": cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private Map<String, String> arguments() {
    Map<String, String> given = header.metadata();
    if (OWN.containsAll(given.keySet())) {
      return Map.of();
    }
    for (String name : given.keySet()) {
      if (!DEFAULTS.containsKey(name)
          && !OPTIONAL.contains(name)
          && !WITHOUT_EFFECT.contains(name)) {
        throw new IllegalArgumentException(
            file + ": is a tokenizer with '" + name + "', which this family does not support");
      }
    }
    Map<String, String> all = new LinkedHashMap<>(DEFAULTS);
    given.forEach(
        (name, value) -> {
          if (!value.equals("None") && !value.equals("null")) {
            all.put(name, value);
          }
        });
    return all;
  }

  /** The settings of a recipe together with those that the file fixes, of a ViT or a perceptron. */
  static Map<String, Object> merge(
      Map<String, Object> settings, Optional<PublishedWeights> weights, boolean vit) {
    Map<String, Object> merged = new LinkedHashMap<>(settings);
    weights.ifPresent(
        file ->
            file.settings(vit, settings).forEach((name, value) -> file.put(merged, name, value)));
    return merged;
  }

  private void put(Map<String, Object> merged, String name, Object value) {
    Object given = merged.putIfAbsent(name, value);
    if (given != null && !given.toString().equals(value.toString())) {
      throw new IllegalArgumentException(
          "tokenizer setting " + name + " is " + given + ", but " + file + " has " + value);
    }
  }

  /**
   * Checks an argument against what the modality is.
   *
   * @throws IllegalArgumentException if it differs
   */
  void require(String name, Object needed) {
    String found = arguments.get(name);
    if (found != null && !found.equalsIgnoreCase(needed.toString())) {
      throw new IllegalArgumentException(
          file + ": " + name + " is " + found + ", but the modality needs " + needed);
    }
  }

  /** All tensors of the file. */
  Map<String, NDArray> tensors(NDManager manager) {
    try {
      return SafeTensors.read(file, manager);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file() {
    return file;
  }

  private Map<String, Object> settings(boolean vit, Map<String, Object> given) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (arguments.isEmpty()) {
      return settings;
    }
    settings.put("quantizer", quantizer());
    settings.put("latent", whole("latent_dim"));
    settings.put("codebooks", whole("num_codebooks"));
    settings.put("norm_latents", flag("norm_latents"));
    if (vit) {
      for (String name : List.of("image_size", "image_size_enc", "image_size_dec")) {
        putWhole(settings, name);
      }
      putWhole(settings, "patch_size_dec");
      settings.put("post_mlp", flag("post_mlp"));
      settings.put("out_conv", flag("out_conv"));
      if (arguments.containsKey("n_labels")) {
        settings.put("class_width", whole("n_channels"));
      }
      putShape(settings, "encoder", "", "enc_type", given);
      putShape(settings, "decoder", "decoder_", "dec_type", given);
    } else {
      settings.put("encoder", perceptron("enc_type"));
      settings.put("decoder", perceptron("dec_type"));
    }
    return settings;
  }

  private String quantizer() {
    return switch (arguments.get("quant_type")) {
      case "lucid" -> flag("norm_codes") ? "cosine" : "euclidean";
      case "memcodes" -> "memcodes";
      default -> throw unsupported("quant_type", "lucid or memcodes");
    };
  }

  private String perceptron(String name) {
    if (!arguments.get(name).contains("MLP")) {
      throw unsupported(name, "a perceptron such as BottleneckMLP/B_6-Wi_1024");
    }
    return arguments.get(name);
  }

  /** Width and depth are those of the tensors; heads, which no tensor shows, those of the name. */
  private void putShape(
      Map<String, Object> settings,
      String part,
      String prefix,
      String type,
      Map<String, Object> given) {
    String name = arguments.get(type);
    if (!name.contains("vit") || name.contains("uvit")) {
      throw unsupported(type, "a ViT such as vit_b_enc");
    }
    Entry positions = header.tensors().get(part + ".pos_emb");
    if (positions == null || positions.shape().dimension() != 4) {
      throw new IllegalArgumentException(
          file + ": tensor " + part + ".pos_emb of shape (1, dim, rows, columns) is missing");
    }
    int depth = 0;
    while (header.tensors().containsKey(part + ".blocks." + depth + ".norm1.weight")) {
      depth++;
    }
    settings.put(prefix + "dim", Math.toIntExact(positions.shape().get(1)));
    settings.put(prefix + "depth", depth);
    int heads =
        switch (name.replaceFirst("_(enc|dec)$", "")) {
          case "vit_s" -> 8;
          case "vit_b" -> 12;
          case "vit_l" -> 16;
          default -> 0;
        };
    if (heads > 0) {
      settings.put(prefix + "heads", heads);
    } else if (!given.containsKey("heads")) {
      throw new IllegalArgumentException(
          file
              + ": "
              + type
              + " is '"
              + name
              + "', whose number of attention heads is unknown; say it with the setting heads");
    }
  }

  private void putWhole(Map<String, Object> settings, String name) {
    if (arguments.containsKey(name)) {
      settings.put(name, whole(name));
    }
  }

  private int whole(String name) {
    try {
      return Integer.parseInt(arguments.get(name));
    } catch (NumberFormatException e) {
      throw unsupported(name, "a whole number");
    }
  }

  private boolean flag(String name) {
    return switch (arguments.get(name)) {
      case "True", "true" -> true;
      case "False", "false" -> false;
      default -> throw unsupported(name, "True or False");
    };
  }

  private IllegalArgumentException unsupported(String name, String allowed) {
    return new IllegalArgumentException(
        file + ": " + name + " is '" + arguments.get(name) + "', must be " + allowed);
  }
}
