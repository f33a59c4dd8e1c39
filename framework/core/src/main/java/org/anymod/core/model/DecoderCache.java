package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;

/**
 * Keys and values of sequences that grow id by id: those of the context once for all, those of the
 * ids before in room that is set aside at the first id. Rows come in groups whose contexts have the
 * same number of tokens. Closing it frees its memory.
 */
public final class DecoderCache implements AutoCloseable {
  private static final int SELF_BATCH_AXIS = 2;
  private static final int CROSS_BATCH_AXIS = 1;

  private final Transformer transformer;
  private final List<NDArray> tables;
  private final List<NDArray> weights;
  private final List<Group> groups;
  private final Lengths lengths;
  private final TensorScope scope;
  private NDArray own;
  private int length;

  /**
   * Keys, values (layers, rows, heads, tokens, width) and mask of the context of some rows.
   *
   * @param rows number of rows
   */
  private record Group(int rows, NDArray keys, NDArray values, NDArray mask) {}

  /**
   * Lengths that hold for the whole life.
   *
   * @param capacity most ids that are fed to a row
   * @param positions ids with a position of their own; later ones have that of the first
   */
  record Lengths(int capacity, int positions) {}

  private DecoderCache(
      Transformer transformer,
      List<NDArray> tables,
      List<NDArray> weights,
      List<Group> groups,
      Lengths lengths,
      TensorScope scope) {
    this.transformer = transformer;
    this.tables = tables;
    this.weights = weights;
    this.groups = groups;
    this.lengths = lengths;
    this.scope = scope;
  }

  static DecoderCache open(
      Transformer transformer,
      List<NDArray> tables,
      List<AnyToAnyModel.Context> contexts,
      Lengths lengths,
      TensorScope owner) {
    TensorScope scope = owner.open();
    NDManager manager = scope.manager();
    List<NDArray> weights = transformer.decoder().weights(manager);
    NDArray config = transformer.decoder().unrecordedConfig();
    List<Group> groups = new ArrayList<>();
    for (AnyToAnyModel.Context context : contexts) {
      NDList pair =
          Kernels.shared().callAll(manager, "cross_cache", context.context(), weights, config);
      NDArray mask = Kernels.shared().call(manager, "cached_mask", context.mask(), config);
      int rows = (int) context.context().getShape().get(0);
      groups.add(new Group(rows, pair.get(0), pair.get(1), mask));
    }
    List<NDArray> all = Stream.concat(tables.stream(), transformer.decoderNorm().stream()).toList();
    return new DecoderCache(transformer, all, weights, groups, lengths, scope);
  }

  /**
   * Copies what belongs to some rows.
   *
   * @param rows for each group the rows to take, counted within the group; a row may be taken
   *     several times, a group without rows goes away
   * @param owner scope in which the copy lives
   * @return the copy; as long as it lives, the cache that was opened first must live
   */
  public DecoderCache select(List<int[]> rows, TensorScope owner) {
    TensorScope to = owner.open();
    List<Group> taken = new ArrayList<>();
    List<Integer> places = new ArrayList<>();
    int first = 0;
    for (int g = 0; g < groups.size(); g++) {
      Group group = groups.get(g);
      int base = first;
      if (rows.get(g).length > 0) {
        taken.add(take(group, rows.get(g), to));
        IntStream.of(rows.get(g)).forEach(row -> places.add(base + row));
      }
      first += group.rows();
    }
    DecoderCache copy = new DecoderCache(transformer, tables, weights, taken, lengths, to);
    if (own != null) {
      long[] index = places.stream().mapToLong(Integer::longValue).toArray();
      copy.own = take(own, SELF_BATCH_AXIS, index, to);
      copy.length = length;
    }
    return copy;
  }

  private static Group take(Group group, int[] rows, TensorScope to) {
    long[] index = IntStream.of(rows).asLongStream().toArray();
    boolean empty = group.mask().isEmpty();
    return new Group(
        rows.length,
        take(group.keys(), CROSS_BATCH_AXIS, index, to),
        take(group.values(), CROSS_BATCH_AXIS, index, to),
        empty ? TransformerKernel.none(to.manager()) : take(group.mask(), 0, index, to));
  }

  private static NDArray take(NDArray x, int axis, long[] index, TensorScope to) {
    NDManager manager = to.manager();
    try (NDArray rows = manager.create(index);
        NDArray host = to.host().create((long) axis)) {
      return Kernels.shared().call(manager, "select_along", x, host, rows);
    }
  }

  /**
   * Feeds one more id to each row.
   *
   * @param ids one id a row, group after group
   * @param step owner of the result
   * @return the decoder's output at these ids, (rows, dim)
   * @throws IllegalStateException if there is no room for another id
   */
  public NDArray next(long[] ids, TensorScope step) {
    if (length == lengths.capacity()) {
      throw new IllegalStateException(
          "the cache has room for " + lengths.capacity() + " ids, all are used");
    }
    NDArray config = transformer.decoder().unrecordedConfig();
    if (own == null) {
      own = room(ids.length, config);
    }
    NDManager manager = step.manager();
    NDArray output =
        Kernels.shared()
            .call(
                manager,
                "decode_next",
                manager.create(ids),
                step.host().create(new long[] {length, position()}),
                tables,
                own,
                groups.stream().map(Group::keys).toList(),
                groups.stream().map(Group::values).toList(),
                groups.stream().map(Group::mask).toList(),
                weights,
                config);
    length++;
    return output;
  }

  private NDArray room(int rows, NDArray config) {
    long[] sizes = {rows, lengths.capacity(), transformer.dim()};
    try (NDArray host = scope.host().create(sizes)) {
      return Kernels.shared()
          .call(scope.manager(), "self_cache", host, groups.get(0).keys(), config);
    }
  }

  private long position() {
    return length < lengths.positions() ? length : 0;
  }

  @Override
  public void close() {
    scope.close();
  }
}
