package org.anymod.core.training;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.anymod.core.Progress;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;
import org.anymod.torch.parallel.Communicator;
import org.anymod.torch.parallel.ParallelException;

/**
 * Checkpoints of several ranks: rank 0 writes, and nobody goes on before all know that it is done.
 * At each of them the ranks compare their weights, which must be the same.
 */
final class SharedCheckpoints {
  private final Checkpoints files;
  private final Communicator group;

  SharedCheckpoints(Checkpoints files, Communicator group) {
    this.files = files;
    this.group = group;
  }

  /** Loads the newest checkpoint that is not damaged, the same on all ranks; returns its step. */
  long resume(TrainingState state, Progress progress) throws IOException {
    long own = group.isFirst() ? files.resume(state, progress) : 0;
    long step = group.fromRank(own, 0);
    if (!group.isFirst() && step > 0) {
      files.load(state, step, progress);
    }
    compare(state, step);
    return step;
  }

  /** Writes a checkpoint; all ranks call it. */
  void save(TrainingState state, long step, Map<String, String> metadata)
      throws IOException, TrainingException {
    compare(state, step);
    IOException failure = null;
    try (TensorScope landing = state.model().scope().open()) {
      Map<String, NDArray> optimizer = state.optimizerState(landing);
      if (group.isFirst()) {
        files.save(state, optimizer, step, metadata);
      }
    } catch (IOException e) {
      failure = e;
    }
    boolean failed = group.any(failure != null);
    if (failure != null) {
      throw failure;
    }
    if (failed) {
      throw new TrainingException("rank 0 could not write the checkpoint of step " + step);
    }
  }

  private void compare(TrainingState state, long step) {
    if (!group.isParallel()) {
      return;
    }
    long own = sum(state);
    long[] all = {own};
    group.sum(all);
    if (group.any(all[0] != own * group.size())) {
      throw new ParallelException(
          "the weights of the ranks differ at step "
              + step
              + "; are their machines, libraries and data the same?");
    }
  }

  /** A sum over the norms of all weights. */
  private static long sum(TrainingState state) {
    try (TensorScope scope = state.model().scope().open()) {
      List<NDArray> weights = List.copyOf(state.optimizer().weights().values());
      NDArray norms =
          Autograd.pause(() -> Kernels.shared().call(scope.manager(), "each_norm", weights));
      CRC32C sum = new CRC32C();
      float[] numbers = norms.toFloatArray();
      ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES);
      bytes.asFloatBuffer().put(numbers);
      sum.update(bytes);
      return sum.getValue();
    }
  }
}
