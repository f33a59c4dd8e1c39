package org.anymod.core.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.model.EncoderTensors;
import org.anymod.spi.Kind;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;

/** Copies the tensors of a checkpoint that a model has under the same name. */
final class WeightTransfer {
  private final Parameters parameters;
  private final Kind.PixelPatches kind;
  private final String ownPrefix;
  private final String otherPrefix;
  private final Positions positions;
  private final Map<String, NDArray> copied = new LinkedHashMap<>();
  private final List<String> resized = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  WeightTransfer(
      Parameters parameters, String key, Kind.PixelPatches kind, String from, Positions positions) {
    this.parameters = parameters;
    this.kind = kind;
    this.ownPrefix = EncoderTensors.prefix(key);
    this.otherPrefix = EncoderTensors.prefix(from);
    this.positions = positions;
  }

  TransferReport run(Map<String, NDArray> checkpoint) {
    List<String> kept = new ArrayList<>();
    List<String> unused = new ArrayList<>(checkpoint.keySet());
    parameters
        .all()
        .forEach(
            (name, own) -> {
              NDArray other = checkpoint.get(otherName(name));
              if (other == null || !plan(name, own, other)) {
                kept.add(name);
              } else {
                unused.remove(otherName(name));
              }
            });
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("tensors do not fit: " + String.join("; ", problems));
    }
    if (copied.isEmpty()) {
      throw new IllegalArgumentException(
          "the checkpoint has no tensor of this model; it has " + some(unused));
    }
    copied.forEach((name, other) -> copy(other, name));
    return new TransferReport(List.copyOf(copied.keySet()), resized, kept, unused);
  }

  private String otherName(String name) {
    return name.startsWith(ownPrefix) ? otherPrefix + name.substring(ownPrefix.length()) : name;
  }

  /** Notes a tensor to be copied; returns whether the model takes it. */
  private boolean plan(String name, NDArray own, NDArray other) {
    boolean table = name.equals(ownPrefix + "pos_emb");
    if (own.getShape().equals(other.getShape())) {
      copied.put(name, other);
    } else if (table && positions == Positions.REGENERATED) {
      return false;
    } else if (table && isSquareTable(other.getShape())) {
      copied.put(name, other);
      resized.add(name);
    } else {
      problems.add(
          otherName(name)
              + " has shape "
              + other.getShape()
              + ", must have "
              + own.getShape()
              + (table ? " or be a square grid to resize" : ""));
    }
    return true;
  }

  /** The shape of a table does not say how many rows its grid has, so only squares are resized. */
  private boolean isSquareTable(Shape shape) {
    Shape own = parameters.get(ownPrefix + "pos_emb").getShape();
    return shape.dimension() == 3
        && shape.get(0) == 1
        && shape.get(2) == own.get(2)
        && side(shape) * side(shape) == shape.get(1);
  }

  private static long side(Shape shape) {
    return Math.round(Math.sqrt(shape.get(1)));
  }

  private void copy(NDArray other, String name) {
    NDArray own = parameters.get(name);
    if (!resized.contains(name)) {
      Parameters.copy(other, own);
      return;
    }
    try (NDManager scope = own.getManager().newSubManager()) {
      long side = side(other.getShape());
      NDArray table = other.toDevice(own.getDevice(), true);
      table.attach(scope);
      NDArray sizes = Numbers.of(scope, new long[] {side, side, kind.rows(), kind.columns()});
      Parameters.copy(
          Autograd.pause(() -> Kernels.shared().call(scope, "resize_places", table, sizes)), own);
    }
  }

  private static String some(List<String> names) {
    return names.size() > 5
        ? String.join(", ", names.subList(0, 5)) + " and " + (names.size() - 5) + " more"
        : names.toString();
  }
}
