package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One step of {@link AdamW}: measures and clips the gradients, lets the rule judge them, updates
 * what the step touches and clears the gradients.
 */
final class AdamWUpdate {
  private final AdamW.Settings settings;
  private final AdamW.Treatment treatment;
  private final List<Moments> weights;
  private final List<Moments> tables;
  private final StepRule rule;
  private final NDManager manager;

  /**
   * Prepares a step.
   *
   * @param weights what is updated as a whole
   * @param tables what is updated otherwise
   * @param manager owner of what the step makes
   */
  AdamWUpdate(
      AdamW.Settings settings,
      AdamW.Treatment treatment,
      List<Moments> weights,
      List<Moments> tables,
      StepRule rule,
      NDManager manager) {
    this.settings = settings;
    this.treatment = treatment;
    this.weights = weights;
    this.tables = tables;
    this.rule = rule;
    this.manager = manager;
  }

  /** Rows of a table in one step, and their gradients. */
  private record Picked(Moments table, NDArray rows, NDArray gradients) {}

  /** Makes the step; {@code halted} is 1 from the first fault on, which the step may set. */
  AdamW.Outcome run(NDArray loss, NDArray halted, TouchedRows touched) {
    List<Moments> full = new ArrayList<>(weights);
    full.addAll(tables.stream().filter(table -> isFull(table, touched)).toList());
    List<Picked> picked = pick(touched);
    List<NDArray> gradients = new ArrayList<>(each(full, Moments::gradient));
    picked.forEach(rows -> gradients.add(rows.gradients()));
    Kernels kernels = Kernels.shared();
    NDArray norm =
        gradients.isEmpty()
            ? manager.zeros(new Shape())
            : kernels.call(manager, "grad_norm", gradients);
    NDArray limits =
        HostNumbers.of(manager, rule.skipAbove(), rule.lossLimit(), rule.halts() ? 1 : 0);
    NDList judged = kernels.callAll(manager, "judge", norm, loss, halted, limits);
    NDArray skip = judged.get(0);
    if (rule.clipNorm() > 0 && !gradients.isEmpty()) {
      kernels.call(manager, "clip", gradients, norm, manager.create((float) rule.clipNorm()));
    }
    picked.forEach(rows -> updatePicked(rows, skip));
    List<Moments> dense = new ArrayList<>(full);
    tables.stream()
        .filter(table -> treatment.updateOf(table) == TableUpdate.SPARSE && !full.contains(table))
        .forEach(dense::add);
    updateDense(dense, true, skip);
    updateDense(dense, false, skip);
    picked.forEach(
        rows -> kernels.call(manager, "zero_rows", rows.table().gradient(), rows.rows()));
    if (!full.isEmpty()) {
      kernels.call(manager, "zero", each(full, Moments::gradient));
    }
    return new AdamW.Outcome(norm, skip, judged.get(1));
  }

  /** Whether a table is treated like any other weight in this step. */
  private boolean isFull(Moments table, TouchedRows touched) {
    return switch (treatment.updateOf(table)) {
      case WHOLE -> true;
      case SPARSE -> touched.whole().contains(table.name());
      case ROWS -> false;
      case TOUCHED -> touched.touches(table.name());
    };
  }

  private List<Picked> pick(TouchedRows touched) {
    List<Picked> picked = new ArrayList<>();
    for (Moments table : tables) {
      long[] rows = touched.of(table.name(), table.weight().getShape().get(0));
      if (rows.length > 0 && !isFull(table, touched)) {
        NDArray index = manager.create(rows);
        NDArray gradients = Kernels.shared().call(manager, "pick_rows", table.gradient(), index);
        picked.add(new Picked(table, index, gradients));
      }
    }
    return picked;
  }

  private void updatePicked(Picked rows, NDArray skip) {
    Moments table = rows.table();
    if (treatment.updateOf(table) == TableUpdate.SPARSE) {
      // The picked ones are copies, which may have been clipped.
      Kernels.shared().call(manager, "put_rows", table.gradient(), rows.rows(), rows.gradients());
      return;
    }
    if (!table.kept()) {
      return;
    }
    Kernels.shared()
        .call(
            manager,
            "adamw_rows",
            table.weight(),
            rows.gradients(),
            table.first(),
            table.second(),
            table.steps(),
            rows.rows(),
            hyper(treatment.decays().test(table.name())),
            skip);
  }

  private void updateDense(List<Moments> dense, boolean decays, NDArray skip) {
    List<Moments> group =
        dense.stream()
            .filter(m -> m.kept() && treatment.decays().test(m.name()) == decays)
            .toList();
    if (!group.isEmpty()) {
      Kernels.shared()
          .call(
              manager,
              "adamw",
              each(group, Moments::weight),
              each(group, Moments::gradient),
              each(group, Moments::first),
              each(group, Moments::second),
              each(group, Moments::steps),
              hyper(decays),
              skip);
    }
  }

  private static List<NDArray> each(List<Moments> group, Function<Moments, NDArray> part) {
    return group.stream().map(part).toList();
  }

  private NDArray hyper(boolean decays) {
    return HostNumbers.of(
        manager,
        rule.learningRate(),
        settings.beta1(),
        settings.beta2(),
        decays ? rule.weightDecay() : 0,
        settings.epsilon());
  }
}
