package org.anymod.core.transfer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.core.model.WeightAdapter;
import org.anymod.torch.Autograd;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;

/**
 * Low-rank adaptation of linear layers (LoRA, arXiv 2106.09685): {@code y = W x + b + scale * Up
 * (Down x)}, of which only Up and Down are trained. Up begins as zeros, so that a fresh adapter
 * changes nothing.
 *
 * <p>Computed as {@code (W + scale * Up Down) x + b}, which is the same: each use of a stack of
 * blocks first makes adapted copies of its weights. That costs a product of {@code out * rank * in}
 * and the memory of one more copy of each adapted weight until its gradient is there, whatever the
 * number of tokens; what is saved is the optimiser's state. {@link #fuse} before inference removes
 * the cost.
 *
 * <p>From creation to fusing, the adapters' tensors are part of the model's: its checkpoints hold
 * them, and what is loaded into it must have them. Load a checkpoint without them before.
 */
public final class LowRankAdapters implements WeightAdapter {
  private final Parameters parameters;
  private final Settings settings;
  private final Map<String, LowRankNames.Linear> linears = new LinkedHashMap<>();
  private final Map<NDArray, LowRankNames.Linear> byWeight = new IdentityHashMap<>();

  /**
   * Settings of the adapters.
   *
   * @param rank inner width for each projection that a layer packs, at least 1
   * @param scale factor of what is added
   * @param targets which layers are adapted, at least one
   */
  public record Settings(int rank, double scale, Set<LowRankTarget> targets) {

    /** Checks that something is adapted. */
    public Settings {
      targets = Set.copyOf(targets);
      if (rank < 1) {
        throw new IllegalArgumentException("rank is " + rank + ", must be at least 1");
      }
      if (!Double.isFinite(scale)) {
        throw new IllegalArgumentException("scale is " + scale + ", must be a finite number");
      }
      if (targets.isEmpty()) {
        throw new IllegalArgumentException("targets are empty, must name at least one");
      }
    }

    /**
     * Returns the usual settings.
     *
     * @param targets which layers are adapted
     * @return rank 4, scale 1
     */
    public static Settings of(Set<LowRankTarget> targets) {
      return new Settings(4, 1, targets);
    }
  }

  private LowRankAdapters(Parameters parameters, Settings settings) {
    this.parameters = parameters;
    this.settings = settings;
  }

  /**
   * Adds adapters to a model and freezes everything else. Takes effect once the model is told:
   * {@code model.adapt(adapters)}.
   *
   * @param parameters tensors of an any-to-any or encoder-only model, to which {@code
   *     <layer>.lora_down.weight} (packed * rank, in) and {@code <layer>.lora_up.weight} (out,
   *     packed * rank) are added; a layer that packs query, key and value counts as 3, key and
   *     value as 2
   * @param settings rank, scale and targets
   * @param seed seed of first values: Down is normal with standard deviation 1 / rank
   * @return the adapters
   * @throws IllegalArgumentException if a rank is above what a layer allows, no layer is a target,
   *     or there are adapters already; nothing is changed then
   */
  public static LowRankAdapters create(Parameters parameters, Settings settings, long seed) {
    LowRankAdapters adapters = new LowRankAdapters(parameters, settings);
    adapters.choose();
    adapters.checkRanks();
    InitialValues init = new InitialValues(seed);
    adapters.linears.values().forEach(linear -> adapters.add(linear, init));
    parameters.freeze(Freezing.allButLowRank());
    return adapters;
  }

  private void choose() {
    for (String name : parameters.all().keySet()) {
      if (LowRankNames.isLowRank(name)) {
        throw new IllegalArgumentException("the model has adapters already: " + name);
      }
      LowRankNames.linear(name)
          .filter(linear -> settings.targets().contains(linear.target()))
          .ifPresent(linear -> linears.put(linear.name(), linear));
    }
    if (linears.isEmpty()) {
      throw new IllegalArgumentException(
          "the model has no linear layer of the targets " + settings.targets());
    }
  }

  private void checkRanks() {
    List<String> problems = new ArrayList<>();
    for (LowRankNames.Linear linear : linears.values()) {
      Shape shape = parameters.get(linear.weight()).getShape();
      long most = Math.min(shape.get(0), shape.get(1));
      if (width(linear) > most) {
        problems.add(
            linear.name()
                + " "
                + shape
                + " packs "
                + linear.packed()
                + ", so that rank may be at most "
                + most / linear.packed());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "rank is " + settings.rank() + ", too much: " + String.join("; ", problems));
    }
  }

  private long width(LowRankNames.Linear linear) {
    return (long) linear.packed() * settings.rank();
  }

  private void add(LowRankNames.Linear linear, InitialValues init) {
    NDArray weight = parameters.get(linear.weight());
    Shape down = new Shape(width(linear), weight.getShape().get(1));
    Shape up = new Shape(weight.getShape().get(0), width(linear));
    parameters.weight(
        linear.down(), down, init.normal(linear.down(), down.size(), 1.0 / settings.rank()));
    parameters.weight(linear.up(), up, InitialValues.constant(up.size(), 0));
    byWeight.put(weight, linear);
  }

  /**
   * Returns the adapted layers.
   *
   * @return names without {@code .weight}, in model order
   */
  public List<String> layers() {
    return List.copyOf(linears.keySet());
  }

  @Override
  public List<NDArray> adapt(List<NDArray> weights, NDManager step) {
    List<NDArray> own = weights.stream().filter(byWeight::containsKey).toList();
    if (own.isEmpty()) {
      return weights;
    }
    NDList adapted = adapted(own, step);
    Map<NDArray, NDArray> replaced = new IdentityHashMap<>();
    for (int i = 0; i < own.size(); i++) {
      replaced.put(own.get(i), adapted.get(i));
    }
    return weights.stream().map(weight -> replaced.getOrDefault(weight, weight)).toList();
  }

  private NDList adapted(List<NDArray> weights, NDManager step) {
    List<NDArray> downs = new ArrayList<>();
    List<NDArray> ups = new ArrayList<>();
    for (NDArray weight : weights) {
      LowRankNames.Linear linear = byWeight.get(weight);
      downs.add(parameters.get(linear.down()));
      ups.add(parameters.get(linear.up()));
    }
    NDArray scale = Numbers.of(step, settings.scale());
    return Kernels.shared().callAll(step, "low_rank", weights, downs, ups, scale);
  }

  /**
   * Adds what was learned to the weights themselves, {@code W + scale * Up Down}, and removes the
   * adapters' tensors. The model computes the same as before, at its usual cost; everything else
   * stays frozen.
   */
  public void fuse() {
    for (LowRankNames.Linear linear : linears.values()) {
      NDArray weight = parameters.get(linear.weight());
      try (NDManager step = weight.getManager().newSubManager()) {
        NDArray fused = Autograd.pause(() -> adapted(List.of(weight), step)).get(0);
        Parameters.copy(fused, weight);
      }
      parameters.remove(linear.down());
      parameters.remove(linear.up());
    }
    linears.clear();
    byWeight.clear();
  }

  /**
   * Renames tensors to what checkpoints with adapters call them: {@code <layer>.linear.weight} for
   * the weight of an adapted layer.
   *
   * @param tensors tensors under the model's names
   * @return the same tensors in the same order
   */
  public Map<String, NDArray> injectedNames(Map<String, NDArray> tensors) {
    Map<String, NDArray> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(injectedName(name), tensor));
    return renamed;
  }

  private String injectedName(String name) {
    String layer = name.substring(0, Math.max(0, name.lastIndexOf('.')));
    return linears.containsKey(layer) ? LowRankNames.injected(layer, name) : name;
  }

  /**
   * Renames tensors of a checkpoint with adapters to the model's names.
   *
   * @param tensors tensors as {@link #injectedNames} gives them
   * @return the same tensors in the same order
   */
  public static Map<String, NDArray> plainNames(Map<String, NDArray> tensors) {
    Map<String, NDArray> renamed = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> renamed.put(LowRankNames.plain(name), tensor));
    return renamed;
  }
}
