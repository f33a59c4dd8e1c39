package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter, 2019) and clipping of the global
 * gradient norm, in a handful of fused native calls. Epsilon is added after bias correction.
 *
 * <p>A step whose gradient norm or loss is no finite number changes neither weights nor moments;
 * that is decided on the device, without a wait for it.
 *
 * <p>AdamW moves each weight in each step, also where the gradient is zero: by its decay and by the
 * moments of steps before. So its cost follows the number of weights. Tables may instead be updated
 * by rows, or only in steps that touch them (see {@link TableUpdate}): then only what a step
 * touched costs anything. That is not exactly AdamW: what is not touched keeps its weight and its
 * moments, where AdamW would decay both, and bias correction counts its own updates. What each step
 * touches is updated as AdamW does.
 */
public final class AdamW implements AutoCloseable {

  /**
   * Settings of the optimiser.
   *
   * @param beta1 decay of the first moment
   * @param beta2 decay of the second moment
   * @param epsilon added to the denominator
   * @param weightDecay decoupled weight decay
   */
  public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {}

  /**
   * Which weights are treated how, by name.
   *
   * @param decays whether a weight is decayed
   * @param trained whether a weight is trained at all
   * @param update how a weight is updated where a step does not touch it
   * @param kept whether this process keeps the moments of a weight and updates it; all others are
   *     measured, clipped and cleared only, and updated by another process
   */
  public record Treatment(
      Predicate<String> decays,
      Predicate<String> trained,
      Function<String, TableUpdate> update,
      Predicate<String> kept) {

    /**
     * A treatment by a process that keeps all moments.
     *
     * @param decays whether a weight is decayed
     * @param trained whether a weight is trained at all
     * @param update how a weight is updated where a step does not touch it
     */
    public Treatment(
        Predicate<String> decays, Predicate<String> trained, Function<String, TableUpdate> update) {
      this(decays, trained, update, name -> true);
    }

    TableUpdate updateOf(Moments moments) {
      return update.apply(moments.name());
    }
  }

  /**
   * What became of a step; on the device, to be read when it is convenient.
   *
   * @param norm global gradient norm before clipping, of shape ()
   * @param skipped 1 if weights and moments were left as they are, of shape ()
   * @param report norm, loss, 1 if this step is the fault, 1 if it was skipped: of shape (4)
   */
  public record Outcome(NDArray norm, NDArray skipped, NDArray report) {}

  private final Settings settings;
  private final Treatment treatment;
  private final TensorScope scope;
  private final List<Moments> all = new ArrayList<>();
  private final NDArray halted;
  private List<Moments> weights = List.of();
  private List<Moments> tables = List.of();

  /**
   * Creates an optimiser for all trained weights.
   *
   * @param parameters the weights
   * @param settings the settings
   * @param decays which names are decayed
   * @param owner scope in which the moments live
   */
  public AdamW(
      Parameters parameters, Settings settings, Predicate<String> decays, TensorScope owner) {
    this(
        parameters,
        settings,
        new Treatment(decays, name -> true, name -> TableUpdate.WHOLE),
        owner);
  }

  /**
   * Creates an optimiser. Weights that are not trained stop asking for a gradient.
   *
   * @param parameters the weights
   * @param settings the settings
   * @param treatment which weights are treated how
   * @param owner scope in which the moments live
   * @throws IllegalArgumentException if no weight is trained
   */
  public AdamW(Parameters parameters, Settings settings, Treatment treatment, TensorScope owner) {
    this.settings = settings;
    this.treatment = treatment;
    this.scope = owner.open();
    this.halted = scope.manager().zeros(new Shape());
    List<String> names = new ArrayList<>();
    for (String name : parameters.trainedNames()) {
      if (treatment.trained().test(name)) {
        names.add(name);
      } else {
        parameters.get(name).setRequiresGradient(false);
      }
    }
    if (names.isEmpty()) {
      throw new IllegalArgumentException("no weight is trained: all are frozen");
    }
    allocateGradients(names.stream().map(parameters::get).toList());
    for (String name : names) {
      boolean byRows = treatment.update().apply(name) == TableUpdate.ROWS;
      boolean kept = treatment.kept().test(name);
      all.add(Moments.of(name, parameters.get(name), byRows, kept, scope.manager()));
    }
    freeze(name -> false);
  }

  /**
   * Lets an all-zero gradient flow to every weight: the engine allocates a gradient only when one
   * arrives.
   */
  private void allocateGradients(List<NDArray> weights) {
    try (TensorScope step = scope.open()) {
      Autograd.backward(
          Autograd.record(() -> Kernels.shared().call(step.manager(), "zero_sum", weights)));
    }
  }

  /**
   * Holds some weights as they are until the next call. Their moments are kept.
   *
   * @param frozen which names are held
   * @throws IllegalArgumentException if all are
   */
  public void freeze(Predicate<String> frozen) {
    if (all.stream().allMatch(moments -> frozen.test(moments.name()))) {
      throw new IllegalArgumentException("no weight is trained: all are frozen");
    }
    weights = new ArrayList<>();
    tables = new ArrayList<>();
    for (Moments moments : all) {
      boolean held = frozen.test(moments.name());
      moments.weight().setRequiresGradient(!held);
      if (!held) {
        (treatment.updateOf(moments) == TableUpdate.WHOLE ? weights : tables).add(moments);
      }
    }
  }

  /**
   * Makes one step with the accumulated gradients and clears them.
   *
   * @param learningRate the rate of this step
   * @param clipNorm largest allowed global gradient norm; 0 or less means no clipping
   * @param step scope of the step
   * @return the global gradient norm before clipping, of shape ()
   */
  public NDArray step(double learningRate, double clipNorm, TensorScope step) {
    StepRule rule = StepRule.of(learningRate, settings.weightDecay(), clipNorm);
    return step(rule, step.manager().zeros(new Shape()), TouchedRows.NONE, step).norm();
  }

  /**
   * Makes one step with the accumulated gradients, unless the rule refuses it, and clears them.
   *
   * @param rule numbers of this step
   * @param loss the loss that the rule judges, of shape ()
   * @param touched what got a gradient of each weight that is not updated as {@link
   *     TableUpdate#WHOLE}
   * @param step scope of the step
   * @return what became of it
   */
  public Outcome step(StepRule rule, NDArray loss, TouchedRows touched, TensorScope step) {
    AdamWUpdate update =
        new AdamWUpdate(settings, treatment, weights, tables, rule, step.manager());
    return Autograd.pause(() -> update.run(loss, halted, touched));
  }

  /** Clears the gradients without a step. */
  public void clear() {
    try (TensorScope step = scope.open()) {
      List<NDArray> gradients = all.stream().map(Moments::gradient).toList();
      Autograd.pause(() -> Kernels.shared().call(step.manager(), "zero", gradients));
    }
  }

  /**
   * Returns the moments and step counts that are kept here, by name.
   *
   * @return {@code exp_avg.<weight>}, {@code exp_avg_sq.<weight>} and {@code step.<weight>} in a
   *     fixed order
   */
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    all.stream().filter(Moments::kept).forEach(moments -> moments.putInto(state));
    return state;
  }

  /**
   * Returns the shapes of the whole state, also of what another process keeps.
   *
   * @return shapes by the names of {@link #state()}, in its order
   */
  public Map<String, Shape> stateShapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    all.forEach(moments -> moments.putShapesInto(shapes));
    return shapes;
  }

  /**
   * Returns the trained weights.
   *
   * @return weights by name, in a fixed order
   */
  public Map<String, NDArray> weights() {
    Map<String, NDArray> trained = new LinkedHashMap<>();
    all.forEach(moments -> trained.put(moments.name(), moments.weight()));
    return trained;
  }

  /**
   * Returns where gradients gather.
   *
   * @return the gradient of each trained weight by its name, in a fixed order; still this object's
   */
  public Map<String, NDArray> gradients() {
    Map<String, NDArray> gradients = new LinkedHashMap<>();
    all.forEach(moments -> gradients.put(moments.name(), moments.gradient()));
    return gradients;
  }

  /**
   * Overwrites moments and step counts.
   *
   * @param state what {@link #state()} returned; where this process keeps a part only, the whole
   * @throws IllegalArgumentException if a name is missing or unknown or a shape differs; nothing is
   *     changed then
   */
  public void load(Map<String, NDArray> state) {
    Map<String, NDArray> own = state();
    Map<String, NDArray> part = new LinkedHashMap<>(state);
    Map<String, Shape> elsewhere = stateShapes();
    elsewhere.keySet().removeAll(own.keySet());
    part.keySet().removeAll(elsewhere.keySet());
    Parameters.checkMatches(own, part);
    own.forEach((name, tensor) -> Parameters.copy(part.get(name), tensor));
  }

  @Override
  public void close() {
    scope.close();
  }
}
