package org.anymod.core.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.spi.Declaration.Role;

/**
 * The configuration that a checkpoint carries in its header, one text a key, as published
 * checkpoints do.
 */
public final class ModelMetadata {
  /** Keys without which the published system does not build a model. */
  static final List<String> REQUIRED =
      List.of("domains_in", "domains_out", "image_size", "patch_size", "norm_bias", "act_layer");

  private static final Set<String> OPTIONAL =
      Set.of(
          "dim",
          "encoder_depth",
          "decoder_depth",
          "num_heads",
          "mlp_ratio",
          "qkv_bias",
          "proj_bias",
          "mlp_bias",
          "drop_path_rate_encoder",
          "drop_path_rate_decoder",
          "shared_drop_path",
          "gated_mlp",
          "qk_norm",
          "decoder_causal_mask",
          "decoder_sep_mask",
          "num_register_tokens",
          "use_act_checkpoint",
          "share_modality_embeddings");

  private ModelMetadata() {}

  /** Whether the published system accepts a key; it refuses a file with any other. */
  static boolean isPublished(String key) {
    return REQUIRED.contains(key) || OPTIONAL.contains(key);
  }

  /**
   * Describes a model.
   *
   * @param recipe the recipe
   * @param modalities its modalities
   * @return one text a key, written as Python would
   */
  public static Map<String, String> of(Recipe recipe, ModalitySet modalities) {
    ModelRecipe model = recipe.model();
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("domains_in", keys(modalities, Role.INPUT));
    metadata.put("domains_out", keys(modalities, Role.OUTPUT));
    metadata.put("dim", Integer.toString(model.dim()));
    metadata.put("encoder_depth", Integer.toString(model.encoderLayers()));
    metadata.put("decoder_depth", Integer.toString(model.decoderLayers()));
    metadata.put("num_heads", Integer.toString(model.heads()));
    metadata.put("mlp_ratio", Double.toString(model.mlpRatio()));
    metadata.put("image_size", Integer.toString(recipe.resolution()));
    metadata.put("patch_size", Integer.toString(recipe.patch()));
    metadata.put("qkv_bias", truth(model.hasQkvBias()));
    metadata.put("proj_bias", truth(model.hasProjBias()));
    metadata.put("mlp_bias", truth(model.hasMlpBias()));
    metadata.put("norm_bias", truth(model.hasNormBias()));
    metadata.put("act_layer", model.usesSilu() ? "SiLU" : "GELU");
    metadata.put("gated_mlp", truth(model.gated()));
    metadata.put("qk_norm", truth(model.qkNorm()));
    metadata.put("num_register_tokens", Integer.toString(model.registerTokens()));
    metadata.put("drop_path_rate_encoder", Double.toString(model.encoderDropPath()));
    metadata.put("drop_path_rate_decoder", Double.toString(model.decoderDropPath()));
    metadata.put("shared_drop_path", truth(model.sharedDropPath()));
    metadata.put("decoder_causal_mask", truth(model.decoderCausal()));
    metadata.put("decoder_sep_mask", truth(model.decoderSeparate()));
    metadata.put("share_modality_embeddings", truth(model.sharedModalityEmbeddings()));
    return metadata;
  }

  private static String truth(boolean value) {
    return value ? "True" : "False";
  }

  private static String keys(ModalitySet modalities, Role role) {
    return modalities.all().stream()
        .filter(m -> m.declaration().roles().contains(role))
        .map(UsedModality::key)
        .map(key -> "'" + key + "'")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
