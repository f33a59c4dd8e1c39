package org.anymod.core.checkpoint;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.core.model.AnyToAnyModel;

/**
 * A tensor of a model under all the names that a checkpoint has for it.
 *
 * @param names its names, the first being the model's own
 * @param tensor the tensor
 * @param trained false for one that follows from the model's sizes, such as a position table
 */
record ModelTensor(List<String> names, NDArray tensor, boolean trained) {

  /** All tensors of a model in the order of its checkpoints. */
  static List<ModelTensor> of(AnyToAnyModel model) {
    Set<String> trained = new HashSet<>(model.parameters().trainedNames());
    Map<NDArray, List<String>> names = new IdentityHashMap<>();
    List<NDArray> order = new ArrayList<>();
    model
        .checkpoint()
        .forEach(
            (name, tensor) -> {
              if (!names.containsKey(tensor)) {
                names.put(tensor, new ArrayList<>());
                order.add(tensor);
              }
              names.get(tensor).add(name);
            });
    return order.stream()
        .map(
            tensor ->
                new ModelTensor(
                    List.copyOf(names.get(tensor)),
                    tensor,
                    names.get(tensor).stream().anyMatch(trained::contains)))
        .toList();
  }

  String name() {
    return names.get(0);
  }
}
