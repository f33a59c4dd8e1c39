package org.anymod.networks.diffusion;

import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.torch.SafeTensors;

/**
 * A published diffusion tokenizer: a file whose metadata are the arguments of its constructor as
 * text. Sizes that only a preset's name implies are read from the shapes of the tensors.
 */
final class PublishedDiffusion {
  private static final Map<String, Integer> HEADS =
      Map.of("vit_s_enc", 8, "vit_b_enc", 12, "vit_l_enc", 16);

  private final Path file;
  private final Map<String, String> arguments;
  private final Map<String, SafeTensors.Entry> tensors;

  PublishedDiffusion(Path file, SafeTensors.Header header) {
    this.file = file;
    this.arguments = header.metadata();
    this.tensors = header.tensors();
    refuseOthers();
  }

  private String text(String name, String fallback) {
    String value = arguments.getOrDefault(name, fallback);
    return value.equals("None") || value.equals("null") ? fallback : value;
  }

  private boolean flag(String name, boolean fallback) {
    return text(name, Boolean.toString(fallback)).equalsIgnoreCase("true");
  }

  private int whole(String name, int fallback) {
    String value = text(name, Integer.toString(fallback));
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          file + ": metadata " + name + " is '" + value + "', must be a whole number", e);
    }
  }

  /** Names what this family does not have. */
  private void refuseOthers() {
    List<String> problems = new ArrayList<>();
    refuse(problems, "dec_type", text("dec_type", "unet_patched"), "unet_.*", "unet_...");
    refuse(problems, "enc_type", text("enc_type", "vit_b_enc"), "vit_.*", "vit_...");
    refuse(problems, "quant_type", text("quant_type", "lucid"), "lucid", "lucid");
    refuse(problems, "num_codebooks", text("num_codebooks", "1"), "1", "1");
    refuse(problems, "patch_proj", text("patch_proj", "True"), "(?i)true", "True");
    refuse(problems, "undo_std", text("undo_std", "False"), "(?i)false", "False");
    refuse(problems, "n_labels", text("n_labels", ""), "", "absent");
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(file + ": " + String.join("; ", problems));
    }
  }

  private static void refuse(
      List<String> problems, String name, String found, String pattern, String allowed) {
    if (!found.matches(pattern)) {
      problems.add(
          "metadata " + name + " is '" + found + "', a diffusion tokenizer here needs " + allowed);
    }
  }

  /** Compares with what the modality declares. */
  void check(int channels, int patch, int codes) {
    List<String> problems = new ArrayList<>();
    compare(problems, "n_channels", whole("n_channels", 3), channels, "channels");
    compare(problems, "patch_size", whole("patch_size", 16), patch, "pixels a patch");
    compare(problems, "codebook_size", whole("codebook_size", 16384), codes, "codes");
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(file + ": " + String.join("; ", problems));
    }
  }

  private static void compare(
      List<String> problems, String name, int found, int declared, String what) {
    if (found != declared) {
      problems.add(
          "metadata %s is %d, but the modality has %d %s".formatted(name, found, declared, what));
    }
  }

  /**
   * Returns what the file says as settings of a recipe.
   *
   * @param headsGiven whether the number of attention heads, which no shape shows, is known
   */
  Map<String, Object> settings(boolean headsGiven) {
    Map<String, Object> settings = new LinkedHashMap<>();
    String preset = text("enc_type", "vit_b_enc");
    if (HEADS.containsKey(preset)) {
      settings.put("heads", HEADS.get(preset));
    } else if (!headsGiven) {
      throw new IllegalArgumentException(
          file
              + ": metadata enc_type is '"
              + preset
              + "', which does not say the number of attention heads; give the setting heads");
    }
    settings.put("quantizer", flag("norm_codes", true) ? "cosine" : "euclidean");
    settings.put("norm_latents", flag("norm_latents", false));
    settings.put("dim", (int) size("encoder.proj.weight", 0));
    settings.put("depth", depth());
    settings.put("latent", (int) size("quant_proj.weight", 0));
    settings.put("post_mlp", tensors.containsKey("encoder.norm_mlp.weight"));
    settings.put("position_grid", (int) size("encoder.pos_emb", 2));
    settings.put("timesteps", whole("num_train_timesteps", 1000));
    settings.put("scheduler", text("scheduler", "ddpm").equals("ddpm") ? "ddpm" : "ddim");
    settings.put("beta_schedule", text("beta_schedule", "squaredcos_cap_v2"));
    putPrediction(settings, text("prediction_type", "v_prediction"));
    settings.put("clip_sample", flag("clip_sample", false));
    settings.put("thresholding", flag("thresholding", true));
    settings.put("zero_terminal_snr", flag("zero_terminal_snr", true));
    putLevels(settings);
    return settings;
  }

  private static void putPrediction(Map<String, Object> settings, String type) {
    boolean noiseLoss = type.equals("v_prediction-epsilon_loss");
    settings.put("prediction", noiseLoss ? "v_prediction" : type);
    settings.put("epsilon_loss", noiseLoss);
  }

  private int depth() {
    int depth = 0;
    while (tensors.containsKey("encoder.blocks." + depth + ".norm1.weight")) {
      depth++;
    }
    return depth;
  }

  /** Reads the levels of the way down: a level ends where a block halves. */
  private void putLevels(Map<String, Object> settings) {
    int base = (int) size("decoder.input_blocks.0.0.weight", 0);
    List<Integer> mult = new ArrayList<>();
    List<Integer> attention = new ArrayList<>();
    int blocks = 0;
    int level = 0;
    for (int i = 1; ; i++) {
      String name = "decoder.input_blocks." + i;
      if (tensors.containsKey(name + ".0.op.weight")) {
        level++;
        continue;
      }
      String convolution = name + ".0.in_layers.2.weight";
      if (!tensors.containsKey(convolution)) {
        break;
      }
      if (mult.size() == level) {
        mult.add((int) size(convolution, 0) / base);
      }
      blocks += level == 0 ? 1 : 0;
      if (tensors.containsKey(name + ".1.qkv.weight") && !attention.contains(1 << level)) {
        attention.add(1 << level);
      }
    }
    settings.put("decoder", "unet");
    settings.put("channels", base);
    settings.put("channel_mult", mult);
    settings.put("res_blocks", blocks);
    settings.put("attention", attention);
  }

  private long size(String name, int axis) {
    SafeTensors.Entry entry = tensors.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(file + ": has no tensor " + name);
    }
    Shape shape = entry.shape();
    if (shape.dimension() <= axis) {
      throw new IllegalArgumentException(
          file + ": tensor " + name + " has shape " + shape + ", too few axes");
    }
    return shape.get(axis);
  }
}
