package org.anymod.torch.parallel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.TableUpdate;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TouchedRows;

/**
 * Sums gradients over ranks, stage by stage while the later ones are still computed. Gradients of
 * one stage lie together in buckets, which are summed where they lie, always in the same order. Of
 * tables only what some rank touched is sent (see {@link TableUpdate}).
 */
public final class GradientReducer implements AutoCloseable {

  /**
   * How gradients belong together.
   *
   * @param stages number of stages
   * @param stage the stage by whose end a gradient is complete, from 0
   * @param update how a weight is updated where a step does not touch it
   */
  public record Layout(
      int stages, ToIntFunction<String> stage, Function<String, TableUpdate> update) {}

  private record Table(String name, NDArray gradient) {}

  /** Rows of a table on their way; afterwards they go back to their places. */
  private record Rows(NDArray gradient, NDArray index, NDArray picked) {}

  private final Communicator group;
  private final TensorScope scope;
  private final List<List<NDArray>> buckets = new ArrayList<>();
  private final List<List<Table>> tables = new ArrayList<>();
  private final TouchedUnion union;
  private final List<Pending> pending = new ArrayList<>();
  private final List<Rows> travelling = new ArrayList<>();
  private TouchedRows touched = TouchedRows.NONE;
  private TensorScope step;
  private int reached;

  /**
   * Moves gradients into buckets.
   *
   * @param group the ranks
   * @param gradients gradients by the names of their weights, in an order that all ranks share
   * @param layout how they belong together
   * @param bucketBytes size from which on a bucket is full
   * @param owner scope in which the buckets are held
   */
  public GradientReducer(
      Communicator group,
      Map<String, NDArray> gradients,
      Layout layout,
      long bucketBytes,
      TensorScope owner) {
    this.group = group;
    this.scope = owner.open();
    Map<String, Long> rows = new LinkedHashMap<>();
    for (int i = 0; i < layout.stages(); i++) {
      List<NDArray> dense = new ArrayList<>();
      List<Table> own = new ArrayList<>();
      for (Map.Entry<String, NDArray> entry : gradients.entrySet()) {
        if (layout.stage().applyAsInt(entry.getKey()) != i) {
          continue;
        }
        if (layout.update().apply(entry.getKey()) == TableUpdate.WHOLE) {
          dense.add(entry.getValue());
        } else {
          own.add(new Table(entry.getKey(), entry.getValue()));
          rows.put(entry.getKey(), entry.getValue().getShape().get(0));
        }
      }
      buckets.add(buckets(dense, bucketBytes / Float.BYTES));
      tables.add(own);
    }
    this.union = new TouchedUnion(rows);
  }

  private List<NDArray> buckets(List<NDArray> gradients, long most) {
    List<NDArray> full = new ArrayList<>();
    List<NDArray> next = new ArrayList<>();
    long length = 0;
    for (NDArray gradient : gradients) {
      next.add(gradient);
      length += FlatTensors.room(gradient.getShape().size());
      if (length >= most) {
        full.add(FlatTensors.join(next, scope.manager()));
        next.clear();
        length = 0;
      }
    }
    if (!next.isEmpty()) {
      full.add(FlatTensors.join(next, scope.manager()));
    }
    return full;
  }

  /**
   * Begins a step: asks all ranks which parts of tables they will touch.
   *
   * @param own what this rank will touch
   * @return what any rank will touch
   */
  public TouchedRows begin(TouchedRows own) {
    touched = union.of(own, group);
    reached = 0;
    step = scope.open();
    return touched;
  }

  /**
   * Says that all gradients of a stage, and of the stages before it, are complete on this rank;
   * they must not be touched until {@link #finish}.
   *
   * @param stage the stage
   */
  public void reached(int stage) {
    while (reached <= stage) {
      buckets.get(reached).forEach(bucket -> pending.add(group.sum(bucket)));
      tables.get(reached).forEach(this::send);
      reached++;
    }
  }

  private void send(Table table) {
    if (touched.whole().contains(table.name())) {
      pending.add(group.sum(table.gradient()));
    } else if (touched.rows().containsKey(table.name())) {
      NDManager manager = step.manager();
      NDArray index = manager.create(touched.rows().get(table.name()));
      NDArray picked =
          Autograd.pause(
              () -> Kernels.shared().call(manager, "pick_rows", table.gradient(), index));
      travelling.add(new Rows(table.gradient(), index, picked));
      pending.add(group.sum(picked));
    }
  }

  /** Sends what has not been sent yet and waits until all gradients are those of all ranks. */
  public void finish() {
    reached(buckets.size() - 1);
    pending.forEach(Pending::await);
    pending.clear();
    for (Rows rows : travelling) {
      Autograd.pause(
          () ->
              Kernels.shared()
                  .call(step.manager(), "put_rows", rows.gradient(), rows.index(), rows.picked()));
    }
    travelling.clear();
    step.close();
  }

  @Override
  public void close() {
    scope.close();
  }
}
