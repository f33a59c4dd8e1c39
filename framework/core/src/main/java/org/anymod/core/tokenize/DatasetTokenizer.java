package org.anymod.core.tokenize;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Entry;
import org.anymod.core.data.ShardWriter;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.values.OrderedPrefetch;
import org.anymod.core.values.ValueReader;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.spi.Crop;
import org.anymod.spi.Kind;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;

/**
 * Turns a split into what the model trains on, one source a model key: codes and 8-bit pixels of
 * every crop as npy, texts and documents as their files. Beside each lies a contract that says how
 * it was made. Finished shards are kept, so an interrupted call goes on where it was.
 */
public final class DatasetTokenizer {
  private static final int SAMPLES_PER_SHARD = 1000;
  private static final int GROUP = 64;
  private static final String MANIFEST = "manifest.json";

  private final ModalitySet modalities;
  private final ValueReader reader;
  private final CroppedValues.CropPlan plan;
  private final Map<String, Tokenizer> tokenizers;
  private final Map<String, TokenContract> contracts;
  private final Optional<ImportedTokens> imported;

  /**
   * Creates a run over one split.
   *
   * @param modalities the modality set
   * @param reader values of the split
   * @param plan how crops are made
   * @param tokenizers trained tokenizers by model key
   */
  public DatasetTokenizer(
      ModalitySet modalities,
      ValueReader reader,
      CroppedValues.CropPlan plan,
      Map<String, Tokenizer> tokenizers) {
    this(modalities, reader, plan, tokenizers, Optional.empty());
  }

  /**
   * Creates a run over one split of which some tokens and the crops are there already.
   *
   * @param modalities the modality set
   * @param reader values of the split
   * @param plan how many crops there are
   * @param tokenizers trained tokenizers by model key
   * @param imported what is there
   */
  public DatasetTokenizer(
      ModalitySet modalities,
      ValueReader reader,
      CroppedValues.CropPlan plan,
      Map<String, Tokenizer> tokenizers,
      ImportedTokens imported) {
    this(modalities, reader, plan, tokenizers, Optional.of(imported));
  }

  private DatasetTokenizer(
      ModalitySet modalities,
      ValueReader reader,
      CroppedValues.CropPlan plan,
      Map<String, Tokenizer> tokenizers,
      Optional<ImportedTokens> imported) {
    this.imported = imported;
    this.modalities = modalities;
    this.reader = reader;
    this.plan = plan;
    this.tokenizers = tokenizers;
    this.contracts = TokenContracts.of(modalities, plan, tokenizers);
  }

  /**
   * Returns whether a folder already holds this split, made in the same way.
   *
   * @param root folder of the tokenized split
   * @return true if every modality is there with an equal contract and the manifest is complete
   * @throws IOException if the folder cannot be read
   */
  public boolean isDone(Path root) throws IOException {
    if (!Files.isRegularFile(root.resolve(MANIFEST))) {
      return false;
    }
    for (Map.Entry<String, TokenContract> entry : contracts.entrySet()) {
      Path folder = root.resolve(entry.getKey());
      if (!TokenContract.isAt(folder)
          || !TokenContract.read(folder).check(entry.getValue()).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /**
   * Writes the split.
   *
   * @param root folder of the tokenized split
   * @param name name of the dataset in the manifest
   * @param progress hears how far it is
   * @param stop asks to stop after the current shard
   * @return whether it came to the end
   * @throws Exception if data cannot be read or written
   */
  public boolean write(Path root, String name, Progress progress, StopSignal stop)
      throws Exception {
    discardOther(root);
    List<String> keys = modalities.stored().stream().map(UsedModality::key).toList();
    int size = reader.samples().size();
    progress.start("tokenize " + name, size, "sample");
    try (ShardWriter writer = new ShardWriter(root, name, keys, SAMPLES_PER_SHARD)) {
      for (Map.Entry<String, TokenContract> entry : contracts.entrySet()) {
        Files.createDirectories(root.resolve(entry.getKey()));
        entry.getValue().write(root.resolve(entry.getKey()));
      }
      int shards = (size + SAMPLES_PER_SHARD - 1) / SAMPLES_PER_SHARD;
      for (int shard = 0; shard < shards; shard++) {
        if (!writer.isShardDone(shard)) {
          writer.startShard(shard);
          int from = shard * SAMPLES_PER_SHARD;
          writeShard(writer, from, Math.min(size, from + SAMPLES_PER_SHARD), progress);
        }
        if (stop.requested() && shard + 1 < shards) {
          progress.message("stopped after shard " + shard + "; the next call goes on from there");
          return false;
        }
      }
      writer.finish();
    }
    progress.finish();
    return true;
  }

  /** Tokens made in another way are of no use: they are removed rather than mixed with new ones. */
  private void discardOther(Path root) throws IOException {
    for (Map.Entry<String, TokenContract> entry : contracts.entrySet()) {
      Path folder = root.resolve(entry.getKey());
      if (TokenContract.isAt(folder)
          && !TokenContract.read(folder).check(entry.getValue()).isEmpty()) {
        Files.deleteIfExists(root.resolve(MANIFEST));
        try (Stream<Path> files = Files.list(folder)) {
          for (Path file : files.toList()) {
            Files.delete(file);
          }
        }
      }
    }
  }

  private void writeShard(ShardWriter writer, int from, int to, Progress progress)
      throws Exception {
    int groups = (to - from + GROUP - 1) / GROUP;
    try (OrderedPrefetch<List<Prepared>> prepared =
        new OrderedPrefetch<>(
            group ->
                prepare(from + (int) group * GROUP, Math.min(to, from + ((int) group + 1) * GROUP)),
            0,
            groups,
            2,
            2)) {
      int done = from;
      while (prepared.hasNext()) {
        List<Prepared> group = prepared.next();
        encode(group);
        for (Prepared sample : group) {
          writer.add(sample.name(), sample.entries());
        }
        done += group.size();
        progress.advance(done, "");
      }
    }
  }

  /**
   * A sample on its way: entries that are ready, and cropped values that wait for their tokenizer.
   */
  private record Prepared(
      String name, Map<String, Entry> entries, Map<String, List<Value>> values) {}

  private List<Prepared> prepare(int from, int to) throws IOException {
    List<Prepared> group = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String name = reader.samples().name(i);
      ValueReader.Sample sample = reader.sample(i);
      int[] size = sample.pictureSize(modalities.sources());
      List<Crop> crops =
          imported.isPresent() ? imported.get().crops(i, size) : plan.crops(name, size);
      Prepared prepared = new Prepared(name, new LinkedHashMap<>(), new LinkedHashMap<>());
      for (UsedModality modality : modalities.stored()) {
        if (imported.isPresent() && imported.get().has(modality)) {
          NpyArray tokens = imported.get().tokens(modality, i);
          prepared.entries().put(modality.key(), npy(name, tokens));
        } else {
          prepare(modality, sample, crops, prepared);
        }
      }
      group.add(prepared);
    }
    return group;
  }

  private void prepare(
      UsedModality modality, ValueReader.Sample sample, List<Crop> crops, Prepared prepared)
      throws IOException {
    Kind kind = modality.declaration().kind();
    String base = prepared.name();
    if (kind instanceof Kind.TextSequence && !modality.isTextPerCrop()) {
      // Text without geometry is kept once, whatever the crops.
      prepareText(modality, sample, List.of(sample.value(modality.source())), prepared);
      return;
    }
    List<Value> values = new ArrayList<>();
    for (Crop crop : crops) {
      values.add(sample.cropped(modality, crop));
    }
    if (kind instanceof Kind.TextSequence) {
      prepareText(modality, sample, values, prepared);
    } else if (kind instanceof Kind.PixelPatches) {
      prepared.entries().put(modality.key(), npy(base, StoredPixels.pack(modality, values)));
    } else if (kind instanceof Kind.EmbeddingSequence) {
      prepared.entries().put(modality.key(), npy(base, StoredVectors.pack(modality, values)));
    } else {
      prepared.values().put(modality.key(), values);
    }
  }

  /** Text whose codes are missing waits for the tokenizer of its parts. */
  private static void prepareText(
      UsedModality modality, ValueReader.Sample sample, List<Value> values, Prepared prepared)
      throws IOException {
    try {
      values.forEach(value -> PartCodes.checkComplete(modality, value));
    } catch (IllegalArgumentException e) {
      throw new DatasetException(sample.place(modality.source()) + ": " + e.getMessage(), e);
    }
    if (modality.coded().isPresent()) {
      prepared.values().put(modality.key(), values);
    } else {
      prepared.entries().put(modality.key(), StoredTexts.pack(modality, prepared.name(), values));
    }
  }

  private void encode(Collection<Prepared> group) {
    for (UsedModality modality : modalities.tokenized()) {
      if (imported.isPresent() && imported.get().has(modality)) {
        continue;
      }
      if (modality.coded().isPresent()) {
        encodeParts(modality, group);
        continue;
      }
      List<Value> all = new ArrayList<>();
      group.forEach(sample -> all.addAll(sample.values().get(modality.key())));
      int[][] tokens = tokenizers.get(modality.key()).encode(all);
      int row = 0;
      for (Prepared sample : group) {
        int count = sample.values().get(modality.key()).size();
        int[][] own = new int[count][];
        System.arraycopy(tokens, row, own, 0, count);
        row += count;
        sample.entries().put(modality.key(), npy(sample.name(), StoredTokens.pack(own)));
      }
    }
  }

  private void encodeParts(UsedModality modality, Collection<Prepared> group) {
    String key = modality.key();
    List<Value> all = new ArrayList<>();
    group.forEach(sample -> all.addAll(sample.values().get(key)));
    List<Value> filled = PartCodes.of(modality, tokenizers.get(key)).orElseThrow().filled(all);
    int at = 0;
    for (Prepared sample : group) {
      int count = sample.values().get(key).size();
      List<Value> own = filled.subList(at, at + count);
      sample.entries().put(key, StoredTexts.pack(modality, sample.name(), own));
      at += count;
    }
  }

  private static Entry npy(String base, NpyArray array) {
    return new Entry(base + ".npy", Npy.write(array));
  }
}
