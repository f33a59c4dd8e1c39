package org.anymod.torch.parallel;

import ai.djl.ndarray.NDArray;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.time.Duration;

/**
 * Ranks whose tensors lie on GPUs: NCCL carries tensors, MPI everything else and the id by which
 * the ranks find each other. Sums are queued on the stream that the engine computes on, so that
 * nothing needs to be awaited, and nothing overlaps either. Written after the interface; it has
 * never met a GPU.
 */
final class NcclCommunicator implements Communicator {
  private final MpiCommunicator mpi;
  private final NcclLibrary nccl;
  private final int device;
  private final Pointer group;
  private long bytes;

  private NcclCommunicator(MpiCommunicator mpi, NcclLibrary nccl, int device) {
    this.mpi = mpi;
    this.nccl = nccl;
    this.device = device;
    nccl.choose(device);
    try (Memory id = new Memory(NcclLibrary.ID_BYTES)) {
      if (mpi.isFirst()) {
        nccl.newId(id);
      }
      mpi.share(id);
      this.group = nccl.join(mpi.size(), id.getByteArray(0, NcclLibrary.ID_BYTES), mpi.rank());
    }
  }

  /** Joins ranks that have joined through MPI, each with a GPU of its own. */
  static NcclCommunicator join(MpiCommunicator mpi, NcclLibrary nccl, int device) {
    return new NcclCommunicator(mpi, nccl, device);
  }

  @Override
  public int rank() {
    return mpi.rank();
  }

  @Override
  public int size() {
    return mpi.size();
  }

  @Override
  public int localRank() {
    return mpi.localRank();
  }

  @Override
  public Pending sum(NDArray tensor) {
    if (!tensor.getDevice().isGpu()) {
      return mpi.sum(tensor);
    }
    MpiType type = MpiType.of(tensor.getDataType());
    long count = tensor.getShape().size();
    bytes += count * type.bytes();
    nccl.choose(device);
    nccl.sum(TensorMemory.of(tensor), count, type, group);
    return Pending.DONE;
  }

  @Override
  public void broadcast(NDArray tensor, int from) {
    if (!tensor.getDevice().isGpu()) {
      mpi.broadcast(tensor, from);
      return;
    }
    long count = tensor.getShape().size() * tensor.getDataType().getNumOfBytes();
    bytes += count;
    nccl.choose(device);
    nccl.broadcast(TensorMemory.of(tensor), count, from, group);
  }

  @Override
  public void sum(long[] numbers) {
    mpi.sum(numbers);
  }

  @Override
  public void sum(double[] numbers) {
    mpi.sum(numbers);
  }

  @Override
  public void union(long[] bits) {
    mpi.union(bits);
  }

  @Override
  public void barrier() {
    mpi.barrier();
  }

  @Override
  public void patience(Duration time) {
    mpi.patience(time);
  }

  @Override
  public Traffic traffic() {
    Traffic host = mpi.traffic();
    return new Traffic(host.bytes() + bytes, host.busyNanos(), host.waitedNanos());
  }

  @Override
  public void abort(String reason, int exitCode) {
    mpi.abort(reason, exitCode);
  }

  @Override
  public void close() {
    nccl.leave(group);
    mpi.close();
  }
}
