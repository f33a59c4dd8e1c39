package org.anymod.core.tokenize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anymod.core.Progress;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.EarlierShards;
import org.anymod.core.data.Samples;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.UsedModality;

/** What lies in the folder of a tokenized split, held against what a run would write there. */
final class EarlierTokens {
  private final Path root;
  private final List<String> keys;
  private final Map<String, TokenContract> contracts;
  private final EarlierShards shards;

  EarlierTokens(Path root, List<UsedModality> modalities, Map<String, TokenContract> contracts) {
    this.root = root;
    this.keys = modalities.stream().map(UsedModality::key).toList();
    this.contracts = contracts;
    this.shards = new EarlierShards(root);
  }

  /**
   * Whether every modality is there with an equal contract, and the samples are the same. Imported
   * tokens may be of other samples than the raw files.
   */
  boolean areWhole(Samples samples) throws IOException {
    for (String key : keys) {
      if (!shards.finished().contains(key)
          || !TokenContract.isAt(root.resolve(key))
          || difference(key).isPresent()) {
        return false;
      }
    }
    return shards.areImported() || shards.hold(samples);
  }

  /**
   * Removes what was made in another way or never finished; returns what is there for good.
   *
   * @throws DatasetException if that is imported, and so could not be made again
   */
  Set<String> clear(Samples samples, int samplesPerShard, Progress progress) throws IOException {
    shards.removeTemporary(keys);
    Map<String, String> differences = differences();
    boolean others = !shards.finished().isEmpty() && !shards.hold(samples);
    if (shards.areImported() && (others || !differences.isEmpty())) {
      throw new DatasetException(
          root
              + " holds imported tokens "
              + (others ? "of other samples than the raw files, " : "")
              + "that do not fit the run: "
              + String.join("; ", differences.values())
              + "; import them again, or delete the folder to make tokens here");
    }
    if (others) {
      progress.message(root + ": the samples have changed; all tokens are made again");
      for (String key : shards.finished()) {
        shards.discard(key);
      }
    }
    differences.forEach(
        (key, text) -> progress.message(root.resolve(key) + " is made again: " + text));
    for (String key : keys) {
      if (differences.containsKey(key) || !TokenContract.isAt(root.resolve(key))) {
        shards.discard(key);
      }
    }
    Set<String> finished = shards.finished();
    if (finished.isEmpty()) {
      shards.discardMisfits(keys, samples, samplesPerShard);
    }
    return finished;
  }

  private Map<String, String> differences() throws IOException {
    Map<String, String> differences = new LinkedHashMap<>();
    for (String key : keys) {
      difference(key).ifPresent(text -> differences.put(key, text));
    }
    return differences;
  }

  /** What stands against the contract in a folder; nothing also where there is none. */
  private Optional<String> difference(String key) throws IOException {
    if (!TokenContract.isAt(root.resolve(key))) {
      return Optional.empty();
    }
    try {
      List<String> differences = TokenContract.read(root.resolve(key)).check(contracts.get(key));
      return differences.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", differences));
    } catch (DatasetException e) {
      return Optional.of(e.getMessage());
    }
  }
}
