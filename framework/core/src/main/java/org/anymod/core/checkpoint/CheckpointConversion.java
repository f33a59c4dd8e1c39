package org.anymod.core.checkpoint;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.checkpoint.TensorName.Room;
import org.anymod.core.data.DatasetException;
import org.anymod.torch.SafeTensorsWriter;
import org.anymod.torch.StoredType;
import org.anymod.torch.TensorScope;

/** Writes a checkpoint in another form with the same numbers. */
public final class CheckpointConversion {

  /** What becomes of output heads, which a tied model shares with the decoder's token tables. */
  public enum Heads {
    /** As they are. */
    KEEP,
    /** Left out; they must equal the token tables. */
    TIED,
    /** Present for each output, copied from the token table where missing. */
    UNTIED
  }

  /** Whom the file is for. */
  public enum Form {
    /** As it is. */
    KEEP,
    /** For the published system: every tensor that it demands, and only metadata that it knows. */
    PUBLISHED,
    /** For training here: with the number of steps done, 0 unless known. */
    TRAINING
  }

  /**
   * How to convert.
   *
   * @param type type of floating point numbers; empty keeps it
   * @param heads what becomes of output heads
   * @param form whom the file is for
   */
  public record Options(Optional<StoredType> type, Heads heads, Form form) {
    /** Checks that type and heads fit the rest. */
    public Options {
      if (type.isPresent() && !type.get().isFloating()) {
        throw new IllegalArgumentException(
            "type is " + type.get() + ", must be F32, F16, BF16 or F64");
      }
      if (form == Form.PUBLISHED && heads == Heads.TIED) {
        throw new IllegalArgumentException(
            "the published system needs separate heads; leave out 'tied'");
      }
    }
  }

  private final CheckpointFile from;
  private final Options options;

  /** Stored names by name in the new file. */
  private final Map<String, String> plan = new LinkedHashMap<>();

  private final Map<String, Long> zeros = new LinkedHashMap<>();
  private final List<String> added = new ArrayList<>();
  private final List<String> dropped = new ArrayList<>();

  /**
   * Prepares a conversion.
   *
   * @param from the checkpoint
   * @param options how to convert
   */
  public CheckpointConversion(CheckpointFile from, Options options) {
    this.from = from;
    this.options = options;
  }

  /**
   * Writes the converted checkpoint.
   *
   * @param output the new file, overwritten if it exists
   * @return what was done
   * @throws IOException if heads differ from their tables, tensors or metadata that the form needs
   *     are missing, a number is too large for its type, or a file cannot be read or written
   */
  public ConversionReport write(Path output) throws IOException {
    from.file().header().tensors().keySet().forEach(name -> plan.put(name, name));
    if (options.form() == Form.PUBLISHED) {
      from.aliases().forEach(this::add);
      shareModalityEmbeddings();
      addNormBiases();
      checkPublished();
    }
    if (options.heads() == Heads.TIED) {
      dropHeads();
    } else if (options.heads() == Heads.UNTIED || options.form() == Form.PUBLISHED) {
      addHeads();
    }
    Map<String, String> metadata = metadata();
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      writer(scope).write(output, metadata);
    }
    List<String> droppedMetadata =
        from.metadata().keySet().stream().filter(key -> !metadata.containsKey(key)).toList();
    return new ConversionReport(
        output, plan.size() + zeros.size(), Files.size(output), added, dropped, droppedMetadata);
  }

  private void add(String name, String stored) {
    if (plan.putIfAbsent(name, from.stored(stored)) == null) {
      added.add(name);
    }
  }

  private List<String> tables() {
    return List.copyOf(plan.keySet()).stream()
        .filter(name -> TensorName.of(name).room() == Room.DECODER_EMBEDDINGS)
        .filter(name -> TensorName.of(name).part().equals(TensorName.TABLE))
        .toList();
  }

  private static String head(String table) {
    return TensorName.of(table).family() + "." + TensorName.HEAD;
  }

  private void addHeads() {
    tables().forEach(table -> add(head(table), plan.get(table)));
  }

  private void dropHeads() throws IOException {
    List<String> different = new ArrayList<>();
    for (String table : tables()) {
      String head = head(table);
      if (plan.containsKey(head)) {
        if (from.isSame(table, head)) {
          plan.remove(head);
          dropped.add(head);
        } else {
          different.add(head);
        }
      }
    }
    if (!different.isEmpty()) {
      throw new DatasetException(
          from.path()
              + ": heads cannot be tied, these differ from their token tables: "
              + String.join(", ", different));
    }
  }

  /** A modality that is read and predicted has one embedding under two names. */
  private void shareModalityEmbeddings() {
    for (String name : from.names()) {
      TensorName parts = TensorName.of(name);
      boolean encoder = parts.room() == Room.ENCODER_EMBEDDINGS;
      if (parts.modality().isPresent() && parts.part().equals(TensorName.MODALITY)) {
        String other = (encoder ? "decoder" : "encoder") + "_embeddings." + parts.owner() + ".";
        if (from.names().contains(other + TensorName.TABLE)) {
          add(other + TensorName.MODALITY, name);
        }
      }
    }
  }

  private void addNormBiases() {
    Object bias = MetadataText.parse(from.metadata().getOrDefault("norm_bias", "null"));
    if (!Boolean.FALSE.equals(bias)) {
      return;
    }
    for (String name : from.names()) {
      String own = name.replaceFirst("weight$", "bias");
      if (TensorName.isNormBias(own) && !plan.containsKey(own)) {
        zeros.put(own, from.entry(name).shape().size());
        added.add(own);
      }
    }
  }

  private void checkPublished() throws IOException {
    List<String> missing = new ArrayList<>();
    for (String key : ModelMetadata.REQUIRED) {
      if (!from.metadata().containsKey(key)) {
        missing.add("metadata " + key);
      }
    }
    for (String name : List.copyOf(plan.keySet())) {
      TensorName parts = TensorName.of(name);
      String positions = parts.family() + "." + TensorName.POSITIONS;
      if (parts.modality().isPresent()
          && !plan.containsKey(positions)
          && !missing.contains(positions)) {
        missing.add(positions);
      }
    }
    if (!missing.isEmpty()) {
      throw new DatasetException(
          from.path()
              + ": the published form needs what is not there: "
              + String.join(", ", missing));
    }
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>(from.metadata());
    if (options.form() == Form.PUBLISHED) {
      metadata.keySet().removeIf(key -> !ModelMetadata.isPublished(key));
      return metadata;
    }
    from.aliases()
        .forEach(
            (alias, name) -> {
              if (!plan.containsKey(alias) && plan.containsKey(name)) {
                metadata.put(alias, name);
              }
            });
    if (options.form() == Form.TRAINING) {
      metadata.putIfAbsent("step", "0");
    }
    return metadata;
  }

  private SafeTensorsWriter writer(TensorScope scope) {
    SafeTensorsWriter writer = new SafeTensorsWriter();
    plan.forEach(
        (name, stored) -> {
          StoredType own = from.entry(stored).type();
          writer.add(
              name, from.file(), stored, own.isFloating() ? options.type().orElse(own) : own);
        });
    StoredType type = options.type().orElse(StoredType.F32);
    zeros.forEach((name, size) -> writer.add(name, scope.manager().zeros(new Shape(size)), type));
    return writer;
  }
}
