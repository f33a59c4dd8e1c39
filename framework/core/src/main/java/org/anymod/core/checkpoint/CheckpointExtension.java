package org.anymod.core.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anymod.core.checkpoint.Match.Pair;
import org.anymod.core.data.DatasetException;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.ModelModality;
import org.anymod.spi.Kind;
import org.anymod.torch.SafeTensorsWriter;

/**
 * Brings a trained checkpoint to a larger set of modalities: what it has is kept bit for bit, what
 * is new is as in a model with fresh weights.
 */
public final class CheckpointExtension {

  /**
   * What an extension may change beside adding modalities.
   *
   * @param drop whether modalities that the model does not have are left out
   * @param lengthenText whether text tables may get more rows, which is right only where the new
   *     vocabulary begins with the old one
   */
  public record Options(boolean drop, boolean lengthenText) {}

  private final CheckpointFile from;
  private final AnyToAnyModel model;
  private final Options options;
  private final Set<String> oldFamilies = new LinkedHashSet<>();
  private final Set<String> newFamilies = new LinkedHashSet<>();
  private final Set<String> added = new TreeSet<>();
  private final Set<String> dropped = new TreeSet<>();
  private final List<Pair> lengthened = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /**
   * Prepares an extension.
   *
   * @param from the trained checkpoint
   * @param model a model of the new recipe with fresh weights; its text tables are overwritten
   *     where they are lengthened
   * @param options what else may change
   */
  public CheckpointExtension(CheckpointFile from, AnyToAnyModel model, Options options) {
    this.from = from;
    this.model = model;
    this.options = options;
    from.names().forEach(name -> oldFamilies.add(TensorName.of(name).family()));
    model.checkpoint().keySet().forEach(name -> newFamilies.add(TensorName.of(name).family()));
  }

  /**
   * Writes the extended checkpoint.
   *
   * @param output the new file, overwritten if it exists
   * @param metadata free texts to store with the weights
   * @return what was done
   * @throws IOException listing everything that stands against it, before anything is written; or
   *     if a file cannot be read or written
   */
  public ExtensionReport write(Path output, Map<String, String> metadata) throws IOException {
    Match match = Match.of(from, model);
    problems.addAll(match.conflicting());
    match.absent().stream().filter(ModelTensor::trained).forEach(this::checkAbsent);
    match.unexpected().forEach(this::checkUnexpected);
    match.reshaped().forEach(this::checkReshaped);
    if (!dropped.isEmpty() && !options.drop()) {
      problems.add(
          "the recipe does not have "
              + String.join(", ", dropped)
              + "; add them to it, or leave them out with --drop");
    }
    if (!problems.isEmpty()) {
      throw new DatasetException(
          from.path() + " cannot be extended:\n  " + String.join("\n  ", problems));
    }
    for (Pair pair : lengthened) {
      from.fillStart(pair.name(), pair.tensor().tensor());
    }
    Map<String, String> texts = new LinkedHashMap<>(metadata);
    texts.put(FrozenTensors.NEW_TENSORS, String.join("\n", newNames(match)));
    writer(match).write(output, texts);
    return report(match);
  }

  private void checkAbsent(ModelTensor tensor) {
    TensorName name = TensorName.of(tensor.name());
    if (name.modality().isPresent() && !oldFamilies.contains(name.family())) {
      added.add(name.family());
    } else if (name.part().equals(TensorName.HEAD)) {
      problems.add(
          tensor.name() + " is missing; anymod checkpoint convert --heads untied adds such heads");
    } else {
      problems.add(
          tensor.name() + " is missing: the recipe's network is another, not only its modalities");
    }
  }

  private void checkUnexpected(String text) {
    TensorName name = TensorName.of(text);
    if (name.modality().isPresent() && !newFamilies.contains(name.family())) {
      dropped.add(name.family());
    } else {
      problems.add(
          text + " is not in the recipe's network, which is another, not only its modalities");
    }
  }

  private void checkReshaped(Pair pair) {
    long[] old = from.entry(pair.name()).shape().getShape();
    long[] wanted = pair.tensor().tensor().getShape().getShape();
    String difference =
        pair.name()
            + " has shape "
            + from.entry(pair.name()).shape()
            + ", the recipe's has "
            + pair.tensor().tensor().getShape();
    TensorName name = TensorName.of(pair.name());
    boolean table = name.part().equals(TensorName.TABLE) || name.part().equals(TensorName.HEAD);
    boolean longer =
        old.length == 2 && wanted.length == 2 && old[1] == wanted[1] && old[0] < wanted[0];
    if (!table || !longer) {
      problems.add(difference);
    } else if (!isText(name.owner())) {
      problems.add(
          difference
              + ": codes of another codebook have another meaning, train it under a new key");
    } else if (!options.lengthenText()) {
      problems.add(
          difference
              + ": the vocabulary is another; name the old one with text.file, or, if the new one begins with it,"
              + " allow more rows with --lengthen-text");
    } else {
      lengthened.add(pair);
    }
  }

  private boolean isText(String key) {
    return model.modalities().stream()
        .filter(modality -> modality.key().equals(key))
        .map(ModelModality::kind)
        .anyMatch(Kind.TextSequence.class::isInstance);
  }

  private Set<String> newNames(Match match) {
    Set<String> names = new LinkedHashSet<>();
    match.absent().forEach(tensor -> names.addAll(tensor.names()));
    lengthened.forEach(pair -> names.addAll(pair.tensor().names()));
    return names;
  }

  private SafeTensorsWriter writer(Match match) {
    Map<String, String> stored = new HashMap<>();
    for (Pair pair : match.fitting()) {
      pair.tensor().names().forEach(name -> stored.put(name, from.stored(pair.name())));
    }
    SafeTensorsWriter writer = new SafeTensorsWriter();
    model
        .checkpoint()
        .forEach(
            (name, tensor) -> {
              if (stored.containsKey(name)) {
                writer.add(name, from.file(), stored.get(name));
              } else {
                writer.add(name, tensor);
              }
            });
    return writer;
  }

  private ExtensionReport report(Match match) {
    long drawn =
        match.absent().stream()
            .filter(ModelTensor::trained)
            .mapToLong(tensor -> tensor.tensor().getShape().size())
            .sum();
    List<String> longer = new ArrayList<>();
    for (Pair pair : lengthened) {
      long rows = from.entry(pair.name()).shape().get(0);
      long all = pair.tensor().tensor().getShape().get(0);
      drawn += (all - rows) * pair.tensor().tensor().getShape().get(1);
      longer.add(pair.name() + " from " + rows + " to " + all + " rows");
    }
    List<String> regenerated =
        match.absent().stream()
            .filter(tensor -> !tensor.trained())
            .map(ModelTensor::name)
            .filter(name -> !added.contains(TensorName.of(name).family()))
            .toList();
    return new ExtensionReport(
        match.fitting().size(),
        List.copyOf(added),
        longer,
        List.copyOf(dropped),
        regenerated,
        drawn);
  }
}
