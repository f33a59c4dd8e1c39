package org.anymod.core.retrieval;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.anymod.core.Progress;
import org.anymod.core.checkpoint.CheckpointFile;
import org.anymod.core.checkpoint.TrainedTokens;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.SamplingSettings;
import org.anymod.core.tokenize.CroppedValues.CropPlan;

/** The contracts of what a run can embed. */
final class Contracts {
  private static final String CENTRE = "centre";

  private Contracts() {}

  /** Of vectors that the run's model predicts. */
  static IndexContract predicted(
      Run run,
      Embedder embedder,
      List<UsedModality> query,
      String split,
      List<String> names,
      int samplesPerShard)
      throws IOException {
    UsedModality embedding = embedder.embedding();
    Path weights = run.model().weights().orElseThrow();
    return new IndexContract(
        IndexContract.VERSION,
        embedding.key(),
        IndexContract.PREDICTED,
        query.stream().map(UsedModality::key).toList(),
        Digest.of(weights),
        tokenizers(run, weights, embedding, query),
        run.vocabulary(Progress.silent()).identity(),
        embedding.modality().value().toString(),
        EmbeddingModality.width(embedding),
        sampling(run, embedding),
        embedder.settings().ensemble(),
        embedder.settings().batch(),
        embedder.settings().seed(),
        CENTRE,
        split,
        names.size(),
        Digest.of(names),
        samplesPerShard);
  }

  /** Of vectors that are read from files. */
  static IndexContract stored(
      UsedModality embedding, String split, List<String> names, int samplesPerShard) {
    return new IndexContract(
        IndexContract.VERSION,
        embedding.key(),
        IndexContract.FILES,
        List.of(),
        "",
        Map.of(),
        "",
        embedding.modality().value().toString(),
        EmbeddingModality.width(embedding),
        "",
        1,
        1,
        0,
        CENTRE,
        split,
        names.size(),
        Digest.of(names),
        samplesPerShard);
  }

  private static String sampling(Run run, UsedModality embedding) {
    SamplingRecipe chosen = run.recipe().sampling().get(embedding.key());
    return (chosen == null ? SamplingSettings.of(embedding.declaration().kind()) : chosen)
        .toString();
  }

  /** As the checkpoint knows them, with which those of the run agree once it is open. */
  private static Map<String, String> tokenizers(
      Run run, Path weights, UsedModality embedding, List<UsedModality> query) throws IOException {
    Map<String, TokenContract> contracts;
    try (CheckpointFile file = CheckpointFile.open(weights)) {
      contracts = TrainedTokens.of(file).contracts();
    }
    if (contracts.isEmpty()) {
      contracts = run.tokens().contracts(CropPlan.CENTER);
    }
    List<UsedModality> all = new ArrayList<>(query);
    all.add(embedding);
    Map<String, String> identities = new TreeMap<>();
    for (UsedModality modality : all) {
      TokenContract contract = contracts.get(modality.key());
      if (modality.tokenizer().isPresent() && contract != null) {
        identities.put(modality.key(), contract.tokenizerIdentity());
      }
    }
    return identities;
  }
}
