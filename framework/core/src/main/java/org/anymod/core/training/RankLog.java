package org.anymod.core.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.model.Batch;
import org.anymod.torch.parallel.Communicator;
import org.anymod.torch.parallel.Traffic;

/**
 * What each rank alone knows, in {@code rank-<number>.jsonl}: its share of the tokens, and where
 * its time went, as means over the steps since the line before. Written only where there are other
 * ranks.
 */
final class RankLog {
  private final TrainingLog log;
  private final Communicator group;
  private Traffic traffic;
  private long time;
  private long step;
  private long inputs;
  private long targets;

  RankLog(Path folder, Communicator group) {
    this.log = new TrainingLog(folder.resolve("rank-" + group.rank() + ".jsonl"));
    this.group = group;
  }

  /** Begins a session after the given step: what was written of later steps no longer counts. */
  void begin(long from) throws IOException {
    if (group.isParallel()) {
      log.rewind(from);
    }
    step = from;
    mark();
  }

  private void mark() {
    traffic = group.traffic();
    time = System.nanoTime();
    inputs = 0;
    targets = 0;
  }

  /** Counts the batches of a step. */
  void count(List<Batch> batches) {
    inputs += batches.stream().mapToInt(Batch::inputTokens).sum();
    targets += batches.stream().mapToInt(Batch::targetTokens).sum();
  }

  /** Writes a line after so many steps. */
  void add(long done) throws IOException {
    if (group.isParallel() && done > step) {
      double steps = done - step;
      Traffic since = group.traffic().since(traffic);
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("input_tokens", inputs / steps);
      figures.put("target_tokens", targets / steps);
      figures.put("seconds", (System.nanoTime() - time) / 1e9 / steps);
      figures.put("communicating_seconds", since.busyNanos() / 1e9 / steps);
      figures.put("waited_seconds", since.waitedNanos() / 1e9 / steps);
      figures.put("bytes", since.bytes() / steps);
      log.add(done, figures);
      step = done;
      mark();
    }
  }
}
