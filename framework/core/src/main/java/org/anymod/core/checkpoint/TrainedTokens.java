package org.anymod.core.checkpoint;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.networks.text.TextTokenizer;

/**
 * Which tokens a model was trained on: the contract of each tokenizer and the identity of the text
 * vocabulary, kept in the header of its checkpoint. The numbers of tokens mean something only to
 * the model that learned them.
 *
 * @param contracts contracts of modalities with a tokenizer by model key
 * @param vocabulary identity of the text vocabulary; empty if it is not known
 */
public record TrainedTokens(Map<String, TokenContract> contracts, Optional<String> vocabulary) {
  private static final String CONTRACT = "anymod.contract.";
  private static final String VOCABULARY = "anymod.text_vocabulary";

  /** Keeps the contracts in the order of their keys. */
  public TrainedTokens {
    contracts = new TreeMap<>(contracts);
  }

  /**
   * Returns the tokens of a run.
   *
   * @param contracts contracts by model key
   * @param modalities the modalities of the run
   * @return those of modalities with a tokenizer, without a vocabulary
   */
  public static TrainedTokens of(Map<String, TokenContract> contracts, ModalitySet modalities) {
    return new TrainedTokens(
        modalities.tokenized().stream()
            .collect(Collectors.toMap(UsedModality::key, m -> contracts.get(m.key()))),
        Optional.empty());
  }

  /**
   * Reads what a checkpoint says.
   *
   * @param file the checkpoint
   * @return its tokens; nothing where they are not written down, as in published checkpoints
   * @throws DatasetException if they are malformed
   */
  public static TrainedTokens of(CheckpointFile file) throws DatasetException {
    Map<String, TokenContract> contracts = new TreeMap<>();
    for (Map.Entry<String, String> entry : file.metadata().entrySet()) {
      if (entry.getKey().startsWith(CONTRACT)) {
        contracts.put(
            entry.getKey().substring(CONTRACT.length()),
            TokenContract.parse(entry.getValue(), file.path() + ": " + entry.getKey()));
      }
    }
    return new TrainedTokens(contracts, Optional.ofNullable(file.metadata().get(VOCABULARY)));
  }

  /**
   * Adds the vocabulary.
   *
   * @param text the text vocabulary
   * @return the same tokens with it
   */
  public TrainedTokens with(TextTokenizer text) {
    return new TrainedTokens(contracts, Optional.of(text.identity()));
  }

  /**
   * Leaves out what an extended model does not have any more.
   *
   * @param keys model keys that stay
   * @param sameText whether the vocabulary stays
   * @return the rest
   */
  public TrainedTokens only(Set<String> keys, boolean sameText) {
    Map<String, TokenContract> rest = new TreeMap<>(contracts);
    rest.keySet().retainAll(keys);
    return new TrainedTokens(rest, sameText ? vocabulary : Optional.empty());
  }

  /**
   * Returns the form that goes into a checkpoint's header.
   *
   * @return texts by key
   */
  public Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    contracts.forEach((key, contract) -> metadata.put(CONTRACT + key, contract.toText()));
    vocabulary.ifPresent(identity -> metadata.put(VOCABULARY, identity));
    return metadata;
  }

  /**
   * Checks that a checkpoint was trained on the tokens that a run has. Crops may differ, and what
   * only one of them has is no difference.
   *
   * @param checkpoint the checkpoint
   * @param now the tokens of the run
   * @throws DatasetException naming each difference
   * @throws IOException if it cannot be read
   */
  public static void check(Path checkpoint, TrainedTokens now) throws IOException {
    try (CheckpointFile file = CheckpointFile.open(checkpoint)) {
      of(file).compare(checkpoint, now);
    }
  }

  private void compare(Path checkpoint, TrainedTokens now) throws DatasetException {
    List<String> problems = new ArrayList<>();
    contracts.forEach(
        (key, trained) -> {
          TokenContract found = now.contracts.get(key);
          List<String> differences = found == null ? List.of() : found.checkMeaning(trained);
          if (!differences.isEmpty()) {
            problems.add(
                key
                    + ": "
                    + String.join("; ", differences)
                    + " (tokenizers."
                    + key
                    + ".file names another tokenizer)");
          }
        });
    if (vocabulary.isPresent()
        && now.vocabulary.isPresent()
        && !vocabulary.equals(now.vocabulary)) {
      problems.add(
          "text vocabulary is "
              + now.vocabulary.get()
              + ", expected "
              + vocabulary.get()
              + " (text.file names another vocabulary)");
    }
    if (!problems.isEmpty()) {
      throw new DatasetException(
          checkpoint
              + " was trained on other tokens than this recipe makes; use what it was trained with,"
              + " or train a new model in another output folder:\n  "
              + String.join("\n  ", problems));
    }
  }
}
