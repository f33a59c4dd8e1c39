package org.anymod.core.tokenize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.EarlierShards;
import org.anymod.core.data.FolderLock;
import org.anymod.core.data.ShardWriter;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.tokenize.StageNanos.Stage;
import org.anymod.core.values.OrderedPrefetch;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Tokenizer;
import org.anymod.torch.parallel.Communicator;

/**
 * Turns a split into what the model trains on, one source a model key: codes and 8-bit pixels of
 * every crop as npy, texts and documents as their files. Beside each lies a contract that says how
 * it was made. Finished shards are kept, so an interrupted call goes on where it was, and only
 * modalities whose contract has changed are made again.
 */
public final class DatasetTokenizer {
  /** Values of a modality that are held at once; encoders take as many in one pass. */
  private static final int GROUP = 64;

  private final ModalitySet modalities;
  private final ValueReader reader;
  private final Settings settings;
  private final SampleEncoding encoding;
  private final Map<String, TokenContract> contracts;
  private final Optional<ImportedTokens> imported;
  private final StageNanos times = new StageNanos();
  private Communicator group = Communicator.single();

  /**
   * How a split is cut and stored.
   *
   * @param plan how crops are made
   * @param samplesPerShard samples in a tar file
   * @param workers threads that read and crop
   */
  public record Settings(CroppedValues.CropPlan plan, int samplesPerShard, int workers) {

    /**
     * The settings of a recipe.
     *
     * @param data the recipe's data section
     * @param plan how crops are made
     * @return the settings
     */
    public static Settings of(DataRecipe data, CroppedValues.CropPlan plan) {
      return new Settings(plan, data.samplesPerShard(), Math.max(2, data.workers()));
    }
  }

  /**
   * Creates a run over one split.
   *
   * @param modalities the modality set
   * @param reader values of the split
   * @param tokenizers trained tokenizers by model key
   * @param contracts what is to lie beside the tokens, by model key
   * @param settings how the split is cut and stored
   */
  public DatasetTokenizer(
      ModalitySet modalities,
      ValueReader reader,
      Map<String, Tokenizer> tokenizers,
      Map<String, TokenContract> contracts,
      Settings settings) {
    this(modalities, reader, tokenizers, contracts, settings, Optional.empty());
  }

  /**
   * Creates a run over one split of which some tokens and the crops may be there already.
   *
   * @param modalities the modality set
   * @param reader values of the split
   * @param tokenizers trained tokenizers by model key
   * @param contracts what is to lie beside the tokens, by model key
   * @param settings how the split is cut and stored
   * @param imported what is there
   */
  public DatasetTokenizer(
      ModalitySet modalities,
      ValueReader reader,
      Map<String, Tokenizer> tokenizers,
      Map<String, TokenContract> contracts,
      Settings settings,
      Optional<ImportedTokens> imported) {
    this.modalities = modalities;
    this.reader = reader;
    this.encoding = new SampleEncoding(tokenizers);
    this.contracts = contracts;
    this.settings = settings;
    this.imported = imported;
  }

  /**
   * Shares the work with other ranks: shards go round them. The files are the same for any number.
   *
   * @param ranks the ranks, all of which write the same split
   */
  public void together(Communicator ranks) {
    this.group = ranks;
  }

  /**
   * Returns how long the stages have taken.
   *
   * @return the times, still running while the split is written
   */
  public StageNanos times() {
    return times;
  }

  /**
   * Returns whether a folder already holds this split, made in the same way.
   *
   * @param root folder of the tokenized split
   * @return true if every modality is there with an equal contract, and the samples are the same
   * @throws IOException if the folder cannot be read
   */
  public boolean isDone(Path root) throws IOException {
    return earlier(root).areWhole(reader.samples());
  }

  private EarlierTokens earlier(Path root) {
    return new EarlierTokens(root, modalities.stored(), contracts);
  }

  /**
   * Writes the split.
   *
   * @param root folder of the tokenized split
   * @param name name of the dataset in the manifest
   * @param progress hears how far it is
   * @param stop asks to stop after the current group; the shard it belongs to is made again
   * @return whether it came to the end
   * @throws Exception if data cannot be read or written, or another process writes there
   */
  public boolean write(Path root, String name, Progress progress, StopSignal stop)
      throws Exception {
    progress.start("tokenize " + name, reader.samples().size(), "sample");
    // Rank 0 holds the right to write for all of them.
    Optional<FolderLock> lock =
        group.isFirst() ? Optional.of(FolderLock.take(root)) : Optional.empty();
    try {
      boolean whole = writeMissing(root, name, progress, stop);
      if (whole) {
        progress.finish();
      }
      return whole;
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }

  /** Removes what does not fit, on rank 0 alone; returns what is there for good. */
  private Set<String> finished(Path root, Progress progress) throws IOException {
    Set<String> finished = Set.of();
    if (group.isFirst()) {
      finished = earlier(root).clear(reader.samples(), settings.samplesPerShard(), progress);
    }
    group.barrier();
    return group.isFirst() ? finished : new EarlierShards(root).finished();
  }

  private boolean writeMissing(Path root, String name, Progress progress, StopSignal stop)
      throws Exception {
    Set<String> finished = finished(root, progress);
    List<UsedModality> missing =
        modalities.stored().stream().filter(m -> !finished.contains(m.key())).toList();
    List<String> keys = missing.stream().map(UsedModality::key).toList();
    if (keys.isEmpty()) {
      return true;
    }
    if (group.isFirst()) {
      for (String key : keys) {
        contracts.get(key).write(root.resolve(key));
      }
    }
    group.barrier();
    try (ShardWriter writer =
        finished.isEmpty()
            ? new ShardWriter(root, name, keys, settings.samplesPerShard())
            : ShardWriter.adding(root, keys)) {
      boolean whole = writeShards(writer, missing, progress, stop);
      if (whole) {
        writer.endShard();
      }
      if (group.any(!whole)) {
        return false;
      }
      if (group.isFirst()) {
        finish(writer);
      }
      group.barrier();
      return true;
    }
  }

  /** Ends the dataset, also after shards that other ranks have written. */
  private void finish(ShardWriter writer) throws IOException {
    for (int shard = 0; writer.firstSample(shard) < reader.samples().size(); shard++) {
      if (group.isParallel() && !writer.isShardDone(shard)) {
        throw new DatasetException(
            "shard " + shard + " is missing: the ranks must write to the same folder");
      }
    }
    writer.finish();
  }

  private boolean writeShards(
      ShardWriter writer, List<UsedModality> missing, Progress progress, StopSignal stop)
      throws Exception {
    SamplePreparation preparation =
        new SamplePreparation(reader, settings.plan(), modalities.sources(), missing, imported);
    int most = Math.max(1, GROUP / settings.plan().count());
    List<ShardGroup> groups = ShardGroup.missing(writer, reader.samples().size(), most, group);
    try (OrderedPrefetch<List<PreparedSample>> prepared =
        new OrderedPrefetch<>(
            position -> prepare(preparation, groups.get((int) position)),
            0,
            groups.size(),
            settings.workers(),
            settings.workers())) {
      for (ShardGroup part : groups) {
        if (stop.requested()) {
          progress.message(
              "stopped in shard " + part.shard() + "; the next call goes on from its start");
          return false;
        }
        write(writer, part, missing, prepared);
        progress.advance(part.to(), "");
      }
    }
    return true;
  }

  private List<PreparedSample> prepare(SamplePreparation preparation, ShardGroup part)
      throws IOException {
    long start = System.nanoTime();
    List<PreparedSample> samples = preparation.samples(part.from(), part.to());
    times.since(start, Stage.PREPARE);
    return samples;
  }

  private void write(
      ShardWriter writer,
      ShardGroup part,
      List<UsedModality> missing,
      OrderedPrefetch<List<PreparedSample>> prepared)
      throws Exception {
    long start = System.nanoTime();
    List<PreparedSample> samples = prepared.next();
    start = times.since(start, Stage.WAIT);
    encoding.encode(samples, missing);
    start = times.since(start, Stage.ENCODE);
    if (part.first()) {
      writer.startShard(part.shard());
    }
    for (PreparedSample sample : samples) {
      writer.add(sample.name(), sample.entries());
    }
    times.since(start, Stage.WRITE);
  }
}
