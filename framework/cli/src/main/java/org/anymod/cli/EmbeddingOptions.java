package org.anymod.cli;

import java.util.Optional;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.pipeline.Run;
import org.anymod.core.retrieval.Embedder;
import org.anymod.core.retrieval.EmbeddingModality;
import org.anymod.core.retrieval.IndexContract;
import picocli.CommandLine.Option;

/** Which embedding is predicted, and how. */
final class EmbeddingOptions {
  @Option(
      names = "--embedding",
      paramLabel = "KEY",
      description =
          "What is predicted: an output that is one vector (default: the first that the model has).")
  private String embedding;

  @Option(
      names = "--ensemble",
      paramLabel = "N",
      description = "Predictions of which an embedding is the mean (default: 1).")
  private Integer ensemble;

  Optional<String> key() {
    return Optional.ofNullable(embedding);
  }

  Optional<Integer> ensemble() {
    return Optional.ofNullable(ensemble);
  }

  UsedModality modality(Run run) {
    return EmbeddingModality.predicted(run.modalities(), key());
  }

  /** Predicts as is asked for. */
  Embedder embedder(Predictor predictor, long seed) {
    Run run = predictor.run();
    return new Embedder(
        predictor,
        modality(run),
        new Embedder.Settings(
            ensemble == null ? 1 : ensemble, run.recipe().evaluation().batch(), seed));
  }

  /** Predicts as the vectors of an index were, unless something else is asked for. */
  Embedder embedder(Predictor predictor, IndexContract index) {
    Run run = predictor.run();
    String key = key().orElse(index.embedding());
    UsedModality modality = EmbeddingModality.predicted(run.modalities(), Optional.of(key));
    return new Embedder(
        predictor,
        modality,
        new Embedder.Settings(
            ensemble == null ? index.ensemble() : ensemble, index.batch(), index.seed()));
  }
}
