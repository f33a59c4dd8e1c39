package org.anymod.torch.parallel;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.anymod.torch.TensorScope;

/** A program that several processes run together: they tell each other numbers of each type. */
public final class RankedSums {
  private static final int COUNT = 3000;

  private RankedSums() {}

  /** Argument: what to do. */
  public static void main(String[] arguments) {
    Communicator ranks;
    try {
      ranks = Ranks.join(Device.cpu());
    } catch (ParallelException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    switch (arguments[0]) {
      case "exchange" -> exchange(ranks);
      case "hang" -> hang(ranks);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.out.println(
        "rank " + ranks.rank() + " of " + ranks.size() + ", here " + ranks.localRank());
    Ranks.leave(0, true);
  }

  private static void exchange(Communicator ranks) {
    int size = ranks.size();
    double expected = size * (size + 1) / 2.0;
    double[] doubles = {ranks.rank() + 1, 0.5};
    ranks.sum(doubles);
    check("doubles", Arrays.equals(doubles, new double[] {expected, size * 0.5}));
    long[] longs = {1L << 40, ranks.rank()};
    ranks.sum(longs);
    check("longs", Arrays.equals(longs, new long[] {size * (1L << 40), size * (size - 1L) / 2}));
    long[] bits = {1L << 63 | 1L << ranks.rank()};
    ranks.union(bits);
    check("bits", bits[0] == (1L << 63 | (1L << size) - 1));
    check("a number of the last", ranks.fromRank(10 + ranks.rank(), size - 1) == 9 + size);
    for (DataType type : new DataType[] {DataType.FLOAT32, DataType.FLOAT64, DataType.INT64}) {
      tensors(ranks, type, expected);
    }
    ranks.barrier();
    check("traffic", ranks.traffic().bytes() > 3 * COUNT * 4);
  }

  private static void tensors(Communicator ranks, DataType type, double expected) {
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      Shape shape = new Shape(3, COUNT / 3);
      NDArray own = scope.manager().full(shape, ranks.rank() + 1, type);
      NDArray second = scope.manager().full(shape, 1, type);
      Pending first = ranks.sum(own);
      ranks.sum(second).await();
      first.await();
      check("sums of " + type, all(own, expected) && all(second, ranks.size()));
      NDArray sent = scope.manager().full(shape, ranks.rank(), type);
      ranks.broadcast(sent, ranks.size() - 1);
      check("broadcast of " + type, all(sent, ranks.size() - 1));
    }
  }

  private static boolean all(NDArray array, double expected) {
    Number[] numbers = array.toArray();
    return numbers.length == COUNT
        && IntStream.range(0, COUNT).allMatch(i -> numbers[i].doubleValue() == expected);
  }

  private static void check(String what, boolean holds) {
    if (!holds) {
      throw new IllegalStateException(what + " are not what they should be");
    }
  }

  /** Rank 0 waits for the others, which do not come. */
  private static void hang(Communicator ranks) {
    ranks.patience(Duration.ofSeconds(1));
    if (!ranks.isFirst()) {
      try {
        Thread.sleep(60_000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    ranks.barrier();
  }
}
