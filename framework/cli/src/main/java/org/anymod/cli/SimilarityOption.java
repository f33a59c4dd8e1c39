package org.anymod.cli;

import org.anymod.core.retrieval.Similarity;
import picocli.CommandLine.Option;

/** {@code --similarity}: how embeddings are compared. */
final class SimilarityOption {
  @Option(
      names = "--similarity",
      paramLabel = "NAME",
      defaultValue = "cosine",
      description = "How embeddings are compared: cosine or l2 (default: ${DEFAULT-VALUE}).")
  private String name;

  Similarity similarity() {
    return Similarity.of(name);
  }
}
