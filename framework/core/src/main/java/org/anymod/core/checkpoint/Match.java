package org.anymod.core.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anymod.core.model.AnyToAnyModel;

/**
 * The tensors of a file beside those of a model.
 *
 * @param fitting tensors that the file has in the right shape
 * @param reshaped tensors that the file has in another shape
 * @param absent tensors that the file does not have
 * @param unexpected names in the file that the model does not have
 * @param conflicting sentences on tensors that the model shares and the file has twice, differently
 */
record Match(
    List<Pair> fitting,
    List<Pair> reshaped,
    List<ModelTensor> absent,
    List<String> unexpected,
    List<String> conflicting) {

  /** A tensor of the model and the name under which the file has it. */
  record Pair(ModelTensor tensor, String name) {}

  static Match of(CheckpointFile file, AnyToAnyModel model) throws IOException {
    Set<String> unexpected = new LinkedHashSet<>(file.names());
    Match match =
        new Match(
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    for (ModelTensor tensor : ModelTensor.of(model)) {
      unexpected.removeAll(tensor.names());
      match.add(file, tensor);
    }
    match.unexpected.addAll(unexpected);
    return match;
  }

  /** The same without unexpected tensors of modalities that the model does not have at all. */
  Match withoutFurtherModalities(AnyToAnyModel model) {
    Set<String> families =
        model.checkpoint().keySet().stream()
            .map(name -> TensorName.of(name).family())
            .collect(Collectors.toSet());
    List<String> rest =
        unexpected.stream()
            .filter(
                name ->
                    TensorName.of(name).modality().isEmpty()
                        || families.contains(TensorName.of(name).family()))
            .toList();
    return new Match(fitting, reshaped, absent, rest, conflicting);
  }

  private void add(CheckpointFile file, ModelTensor tensor) throws IOException {
    List<String> present = tensor.names().stream().filter(file.names()::contains).toList();
    if (present.isEmpty()) {
      absent.add(tensor);
      return;
    }
    Optional<String> reshapedName =
        present.stream()
            .filter(name -> !file.entry(name).shape().equals(tensor.tensor().getShape()))
            .findFirst();
    if (reshapedName.isPresent()) {
      reshaped.add(new Pair(tensor, reshapedName.get()));
    } else {
      fitting.add(new Pair(tensor, present.get(0)));
    }
    for (String other : present.subList(1, present.size())) {
      if (!file.isSame(present.get(0), other)) {
        conflicting.add(other + " differs from " + present.get(0) + ", but this model shares them");
      }
    }
  }
}
