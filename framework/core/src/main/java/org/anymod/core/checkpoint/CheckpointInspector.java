package org.anymod.core.checkpoint;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.anymod.core.checkpoint.CheckpointInspection.Embedded;
import org.anymod.core.checkpoint.CheckpointInspection.Group;
import org.anymod.core.checkpoint.CheckpointInspection.Network;
import org.anymod.core.checkpoint.CheckpointInspection.Tensor;
import org.anymod.core.checkpoint.TensorName.Room;
import org.anymod.torch.SafeTensors.Entry;
import org.anymod.torch.StoredType;

/** Looks into checkpoints: reads their header and a few numbers, whatever their size. */
public final class CheckpointInspector {
  private final CheckpointFile file;
  private final Map<String, Object> metadata = new LinkedHashMap<>();
  private final Set<String> buffers = new HashSet<>();

  private CheckpointInspector(CheckpointFile file) {
    this.file = file;
    file.metadata().forEach((key, text) -> metadata.put(key, MetadataText.parse(text)));
  }

  /**
   * Describes a checkpoint.
   *
   * @param file the checkpoint
   * @return what it holds
   * @throws IOException if it cannot be read
   */
  public static CheckpointInspection inspect(CheckpointFile file) throws IOException {
    return new CheckpointInspector(file).inspect();
  }

  private CheckpointInspection inspect() throws IOException {
    findBuffers();
    Map<StoredType, Integer> types = new EnumMap<>(StoredType.class);
    List<Tensor> tensors = new ArrayList<>();
    long trained = 0;
    long heads = 0;
    long fixed = 0;
    for (Map.Entry<String, Entry> tensor : stored().entrySet()) {
      Entry entry = tensor.getValue();
      types.merge(entry.type(), 1, Integer::sum);
      tensors.add(new Tensor(tensor.getKey(), entry.type(), entry.shape().getShape()));
      long numbers = entry.shape().size();
      if (buffers.contains(tensor.getKey())) {
        fixed += numbers;
      } else if (!isSecondName(tensor.getKey())) {
        trained += numbers;
        heads += TensorName.of(tensor.getKey()).part().equals(TensorName.HEAD) ? numbers : 0;
      }
    }
    return new CheckpointInspection(
        file.path().toString(),
        Files.size(file.path()),
        network(),
        trained,
        trained - heads,
        fixed,
        types,
        groups(),
        modalities(),
        metadata,
        file.aliases(),
        tensors);
  }

  private Map<String, Entry> stored() {
    return file.file().header().tensors();
  }

  /** The decoder's copy of an embedding that both sides share. */
  private boolean isSecondName(String name) {
    TensorName parts = TensorName.of(name);
    return parts.room() == Room.DECODER_EMBEDDINGS
        && parts.part().equals(TensorName.MODALITY)
        && !Boolean.FALSE.equals(metadata.get("share_modality_embeddings"))
        && file.names().contains("encoder_embeddings." + parts.owner() + "." + TensorName.MODALITY);
  }

  private void findBuffers() throws IOException {
    boolean biased = Boolean.TRUE.equals(metadata.get("norm_bias"));
    for (Map.Entry<String, Entry> tensor : stored().entrySet()) {
      String name = tensor.getKey();
      if (!tensor.getValue().type().isFloating()) {
        continue;
      }
      boolean positions = TensorName.of(name).part().equals(TensorName.POSITIONS);
      if (positions && isSineCosine(name)
          || !biased && TensorName.isNormBias(name) && isZero(name)) {
        buffers.add(name);
      }
    }
  }

  private boolean isZero(String name) throws IOException {
    for (float value : file.firstValues(name, 1 << 16)) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** Sine and cosine tables begin with the position 0: zeros and ones, in halves or quarters. */
  private boolean isSineCosine(String name) throws IOException {
    long[] shape = file.entry(name).shape().getShape();
    int dim = shape.length == 0 ? 0 : (int) Math.min(1 << 16, shape[shape.length - 1]);
    float[] first = file.firstValues(name, dim);
    return isAlternating(first, dim / 2) || isAlternating(first, dim / 4);
  }

  private static boolean isAlternating(float[] values, int run) {
    for (int i = 0; i < values.length; i++) {
      if (run == 0 || values[i] != (i / run) % 2) {
        return false;
      }
    }
    return values.length > 0;
  }

  private Network network() {
    Entry norm = stored().get("encoder_norm.weight");
    if (norm == null) {
      return null;
    }
    long dim = norm.shape().size();
    int encoder = layers(Room.ENCODER);
    int decoder = layers(Room.DECODER);
    return new Network(
        size(dim, encoder, decoder),
        dim,
        encoder,
        decoder,
        axis("encoder.0.mlp.fc1.weight", 0),
        stored().containsKey("encoder.0.mlp.fc3.weight"),
        stored().containsKey("encoder.0.attn.q_norm.weight"));
  }

  private static String size(long dim, int encoder, int decoder) {
    return switch (dim + " " + encoder + " " + decoder) {
      case "384 6 6" -> "tiny";
      case "512 8 8" -> "small";
      case "768 12 12" -> "base";
      case "1024 24 24" -> "large";
      case "2048 24 24" -> "xlarge";
      default -> "custom";
    };
  }

  private int layers(Room room) {
    return 1
        + stored().keySet().stream()
            .map(TensorName::of)
            .filter(name -> name.room() == room)
            .mapToInt(name -> Integer.parseInt(name.owner()))
            .max()
            .orElse(-1);
  }

  private List<Group> groups() {
    List<Group> groups = new ArrayList<>();
    for (Room room : Room.values()) {
      int count = 0;
      long numbers = 0;
      long bytes = 0;
      for (Map.Entry<String, Entry> tensor : stored().entrySet()) {
        if (TensorName.of(tensor.getKey()).room() == room) {
          count++;
          numbers += tensor.getValue().shape().size();
          bytes += tensor.getValue().end() - tensor.getValue().begin();
        }
      }
      if (count > 0) {
        groups.add(new Group(room.name().toLowerCase(Locale.ROOT), count, numbers, bytes));
      }
    }
    return groups;
  }

  private List<Embedded> modalities() {
    Set<String> keys = new LinkedHashSet<>();
    file.names().forEach(name -> TensorName.of(name).modality().ifPresent(keys::add));
    return keys.stream().map(this::modality).toList();
  }

  private Embedded modality(String key) {
    String encoder = "encoder_embeddings." + key + ".";
    String decoder = "decoder_embeddings." + key + ".";
    boolean input = file.names().stream().anyMatch(name -> name.startsWith(encoder));
    boolean output = file.names().stream().anyMatch(name -> name.startsWith(decoder));
    String side = input ? encoder : decoder;
    String content = "tokens";
    long size = axis(side + TensorName.TABLE, 0);
    if (file.names().contains(side + "proj.weight")) {
      content = "pixels";
      size = axis(side + "proj.weight", 1);
    } else if (file.names().contains(side + "emb_proj.weight")) {
      content = "vectors";
      size = axis(side + "emb_proj.weight", 1);
    }
    String positions = side + TensorName.POSITIONS;
    return new Embedded(
        key,
        input,
        output,
        content,
        size,
        axis(positions, 1),
        file.names().contains(positions) && !buffers.contains(file.stored(positions)),
        file.names().contains(decoder + TensorName.HEAD));
  }

  private long axis(String name, int axis) {
    if (!file.names().contains(name)) {
      return 0;
    }
    long[] shape = file.entry(name).shape().getShape();
    return axis < shape.length ? shape[axis] : 0;
  }
}
