package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.recipe.ModelRecipe;

/** Tensors that a model has once and a checkpoint holds under each of their names. */
final class SharedTensors {
  private SharedTensors() {}

  /** Whether the decoder's embedding of a modality is the encoder's. */
  static boolean isEmbeddingShared(ModelRecipe recipe, ModelModality modality) {
    return recipe.sharedModalityEmbeddings()
        && modality.declaration().isInput()
        && modality.declaration().isOutput();
  }

  /** Names in a checkpoint that are other names of tensors the model has once, with these. */
  static Map<String, String> aliases(ModelRecipe recipe, List<ModelModality> modalities) {
    Map<String, String> aliases = new LinkedHashMap<>();
    for (ModelModality modality : modalities) {
      if (modality.declaration().isOutput()) {
        String prefix = ModelWeights.decoderPrefix(modality);
        if (isEmbeddingShared(recipe, modality)) {
          aliases.put(prefix + "mod_emb", ModelWeights.encoderPrefix(modality) + "mod_emb");
        }
        if (recipe.tiedHeads()) {
          aliases.put(prefix + "to_logits.weight", prefix + "token_emb.weight");
        }
      }
    }
    return aliases;
  }

  /** The model's tensors as a checkpoint holds them. */
  static Map<String, NDArray> withAliases(Map<String, String> aliases, Map<String, NDArray> model) {
    Map<String, NDArray> checkpoint = new LinkedHashMap<>(model);
    aliases.forEach((alias, name) -> checkpoint.put(alias, model.get(name)));
    return checkpoint;
  }

  /**
   * The tensors of a checkpoint as the model has them.
   *
   * @throws IllegalArgumentException if a tensor differs from one that it shares
   */
  static Map<String, NDArray> withoutAliases(
      Map<String, String> aliases, Map<String, NDArray> checkpoint) {
    Map<String, NDArray> model = new LinkedHashMap<>(checkpoint);
    aliases.forEach(
        (alias, name) -> {
          NDArray other = model.remove(alias);
          NDArray own = model.get(name);
          if (other != null && own != null && !other.contentEquals(own)) {
            throw new IllegalArgumentException(
                alias + " and " + name + " differ, but this model shares them");
          }
        });
    return model;
  }
}
