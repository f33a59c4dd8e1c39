package org.anymod.torch.parallel;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ranks that talk through MPI. A thread of its own makes all calls, in the order in which they were
 * asked for: that is all that MPI_THREAD_FUNNELED demands, and sums go on beside computation. On
 * the CPU they are made in the tensors' own memory.
 */
final class MpiCommunicator implements Communicator {
  private static final Logger LOG = LoggerFactory.getLogger(MpiCommunicator.class);

  private final MpiLibrary mpi;
  private final ExecutorService thread;
  private final int rank;
  private final int size;
  private final int localRank;
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong busy = new AtomicLong();
  private long waited;
  private Duration patience = Duration.ZERO;

  private MpiCommunicator(MpiLibrary mpi, int localRank) {
    this.mpi = mpi;
    this.localRank = localRank;
    this.thread =
        Executors.newSingleThreadExecutor(
            runnable -> {
              Thread own = new Thread(runnable, "anymod-mpi");
              own.setDaemon(true);
              return own;
            });
    int[] place =
        result(
            thread.submit(
                () -> {
                  mpi.begin();
                  return new int[] {mpi.rank(), mpi.size()};
                }));
    this.rank = place[0];
    this.size = place[1];
  }

  /**
   * Joins the other ranks; once in a process.
   *
   * @throws ParallelException if the library does not belong to the launcher
   */
  static MpiCommunicator join(MpiLibrary mpi, Launch launch) {
    MpiCommunicator joined = new MpiCommunicator(mpi, launch.localRank());
    if (joined.size != launch.size() || joined.rank != launch.rank()) {
      throw new ParallelException(
          "the launcher started rank %d of %d, but %s says rank %d of %d: it does not belong to the launcher. Start with the mpirun of the same MPI, or name its library in %s"
              .formatted(
                  launch.rank(),
                  launch.size(),
                  mpi.title(),
                  joined.rank,
                  joined.size,
                  MpiLibrary.OVERRIDE));
    }
    return joined;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public int localRank() {
    return localRank;
  }

  @Override
  public Pending sum(NDArray tensor) {
    checkOnHost(tensor);
    MpiType type = MpiType.of(tensor.getDataType());
    List<TensorPieces.Piece> pieces = new ArrayList<>();
    NDManager scope = tensor.getManager().newSubManager();
    pieces.addAll(TensorPieces.of(tensor, type.bytes(), scope));
    List<Pointer> places = pieces.stream().map(piece -> TensorMemory.of(piece.view())).toList();
    Future<Void> future =
        later(
            tensor.getShape().size() * type.bytes(),
            () -> {
              for (int i = 0; i < places.size(); i++) {
                mpi.reduce(places.get(i), pieces.get(i).count(), type, MpiLibrary.Operation.SUM);
              }
            });
    return () -> {
      await(future, "a sum over ranks");
      scope.close();
    };
  }

  private static void checkOnHost(NDArray tensor) {
    if (tensor.getDevice().isGpu()) {
      throw new IllegalArgumentException(
          "a tensor is on " + tensor.getDevice() + ", but MPI works on tensors of the CPU");
    }
  }

  @Override
  public void broadcast(NDArray tensor, int from) {
    checkOnHost(tensor);
    int width = tensor.getDataType().getNumOfBytes();
    try (NDManager scope = tensor.getManager().newSubManager()) {
      for (TensorPieces.Piece piece : TensorPieces.of(tensor, width, scope)) {
        Pointer place = TensorMemory.of(piece.view());
        int count = piece.count() * width;
        await(later(count, () -> mpi.broadcast(place, count, from)), "a broadcast");
      }
    }
  }

  @Override
  public void sum(long[] numbers) {
    exchange(numbers, MpiLibrary.Operation.SUM);
  }

  @Override
  public void union(long[] bits) {
    exchange(bits, MpiLibrary.Operation.BITWISE_OR);
  }

  private void exchange(long[] numbers, MpiLibrary.Operation operation) {
    if (numbers.length == 0) {
      return;
    }
    try (Memory memory = new Memory(numbers.length * 8L)) {
      memory.write(0, numbers, 0, numbers.length);
      reduce(memory, numbers.length, MpiType.LONG, operation);
      memory.read(0, numbers, 0, numbers.length);
    }
  }

  @Override
  public void sum(double[] numbers) {
    if (numbers.length == 0) {
      return;
    }
    try (Memory memory = new Memory(numbers.length * 8L)) {
      memory.write(0, numbers, 0, numbers.length);
      reduce(memory, numbers.length, MpiType.DOUBLE, MpiLibrary.Operation.SUM);
      memory.read(0, numbers, 0, numbers.length);
    }
  }

  private void reduce(Memory memory, int count, MpiType type, MpiLibrary.Operation operation) {
    await(
        later(memory.size(), () -> mpi.reduce(memory, count, type, operation)), "a sum over ranks");
  }

  /** Sends bytes of rank 0 to all. */
  void share(Memory memory) {
    int count = Math.toIntExact(memory.size());
    await(later(count, () -> mpi.broadcast(memory, count, 0)), "a broadcast");
  }

  @Override
  public void barrier() {
    await(later(0, mpi::barrier), "a barrier");
  }

  @Override
  public void patience(Duration time) {
    this.patience = time;
  }

  @Override
  public Traffic traffic() {
    return new Traffic(bytes.get(), busy.get(), waited);
  }

  private Future<Void> later(long size, Runnable work) {
    bytes.addAndGet(size);
    Callable<Void> timed =
        () -> {
          long start = System.nanoTime();
          work.run();
          busy.addAndGet(System.nanoTime() - start);
          return null;
        };
    return thread.submit(timed);
  }

  private void await(Future<Void> future, String what) {
    long start = System.nanoTime();
    try {
      if (patience.isZero()) {
        result(future);
      } else {
        future.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (TimeoutException e) {
      abort(
          "rank %d has waited %d s for the others in %s; one of them hangs, is gone, or is not reached"
              .formatted(rank, patience.toSeconds(), what),
          1);
    } catch (ExecutionException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    } finally {
      waited += System.nanoTime() - start;
    }
  }

  private static <T> T result(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static ParallelException failed(ExecutionException e) {
    return e.getCause() instanceof ParallelException known
        ? known
        : new ParallelException("a call of MPI failed: " + e.getCause(), e.getCause());
  }

  private static ParallelException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ParallelException("interrupted while waiting for other ranks", e);
  }

  @Override
  public void abort(String reason, int exitCode) {
    LOG.error("{}; all ranks end", reason);
    // Its own thread may be the one that hangs.
    mpi.abort(exitCode);
  }

  @Override
  public void close() {
    await(later(0, mpi::end), "the end");
    thread.shutdown();
  }
}
