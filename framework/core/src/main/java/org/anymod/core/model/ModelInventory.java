package org.anymod.core.model;

import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.anymod.core.recipe.ModelRecipe;

/**
 * The tensors that a model of given sizes has, by name and shape, without making it.
 *
 * @param tensors all tensors of its checkpoint, shared ones under each of their names, in a fixed
 *     order
 */
public record ModelInventory(List<ModelTensor> tensors) {

  /** Keeps the list as it is. */
  public ModelInventory {
    tensors = List.copyOf(tensors);
  }

  /**
   * Lists the tensors of a model.
   *
   * @param recipe sizes
   * @param modalities modalities in model order
   * @return the inventory
   */
  public static ModelInventory of(ModelRecipe recipe, List<ModelModality> modalities) {
    Map<String, ModelTensor> tensors = new LinkedHashMap<>();
    TensorSink sink =
        new TensorSink() {
          @Override
          public void weight(String name, Shape shape, Supplier<float[]> values) {
            tensors.put(name, new ModelTensor(name, shape, true, Optional.empty()));
          }

          @Override
          public void buffer(String name, Shape shape, Supplier<float[]> values) {
            tensors.put(name, new ModelTensor(name, shape, false, Optional.empty()));
          }
        };
    ModelWeights.describe(recipe, modalities, 0, sink);
    List<ModelTensor> all = new ArrayList<>(tensors.values());
    SharedTensors.aliases(recipe, modalities)
        .forEach(
            (alias, name) ->
                all.add(
                    new ModelTensor(
                        alias,
                        tensors.get(name).shape(),
                        tensors.get(name).trained(),
                        Optional.of(name))));
    return new ModelInventory(all);
  }

  /**
   * Counts the numbers that are trained, shared tensors once.
   *
   * @return number of parameters
   */
  public long parameters() {
    return count(tensors);
  }

  /**
   * Counts the parameters that do not belong to a modality: blocks, norms, context projection, mask
   * token and registers. This is what the paper calls the size of a model.
   *
   * @return number of parameters
   */
  public long coreParameters() {
    return count(
        tensors.stream()
            .filter(
                t ->
                    !t.name().startsWith("encoder_embeddings.")
                        && !t.name().startsWith("decoder_embeddings."))
            .toList());
  }

  private static long count(List<ModelTensor> tensors) {
    return tensors.stream()
        .filter(t -> t.trained() && t.sharedWith().isEmpty())
        .mapToLong(t -> t.shape().size())
        .sum();
  }
}
