package org.anymod.core;

import java.nio.file.Path;

/**
 * Where a run keeps what it makes, below the recipe's output folder.
 *
 * @param root the output folder
 */
public record RunFolders(Path root) {

  /**
   * Returns the folder of one tokenizer.
   *
   * @param key model key
   * @return the folder
   */
  public Path tokenizer(String key) {
    return root.resolve("tokenizers").resolve(key);
  }

  /**
   * Returns the file of the shared text vocabulary.
   *
   * @return the file
   */
  public Path vocabulary() {
    return root.resolve("tokenizers").resolve("text.json");
  }

  /**
   * Returns the folder of a tokenized split.
   *
   * @param split name of the split
   * @return the folder
   */
  public Path tokens(String split) {
    return root.resolve("tokens").resolve(split);
  }

  /**
   * Returns the folder of the model's checkpoints.
   *
   * @return the folder
   */
  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  /**
   * Returns the folder of logs.
   *
   * @return the folder
   */
  public Path logs() {
    return root.resolve("logs");
  }
}
