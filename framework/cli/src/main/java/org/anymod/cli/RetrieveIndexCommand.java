package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.pipeline.Run;
import org.anymod.core.retrieval.EmbeddingModality;
import org.anymod.core.retrieval.ExactSearch;
import org.anymod.core.retrieval.GraphSearch;
import org.anymod.core.retrieval.GraphSettings;
import org.anymod.core.retrieval.Recall;
import org.anymod.core.retrieval.Retrieval;
import org.anymod.core.retrieval.RetrievalIndex;
import org.anymod.core.retrieval.Similarity;
import org.anymod.torch.Torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code anymod retrieve index}. */
@Command(
    name = "index",
    description = {
      "Keep an embedding of every sample of a split, predicted from any of its modalities or taken",
      "from files. After an interruption the same command goes on."
    })
final class RetrieveIndexCommand implements ParallelCommand {
  @Mixin private RecipeOptions recipe;

  @Option(
      names = "--split",
      paramLabel = "NAME",
      description = "Split to index (default: the recipe's validation split).")
  private String split;

  @Option(
      names = "--query",
      split = ",",
      paramLabel = "KEY",
      description =
          "Model keys or sources from which embeddings are predicted, all together where several"
              + " are named.")
  private List<String> query = new ArrayList<>();

  @Option(
      names = "--from",
      paramLabel = "KEY",
      description = "Take true embeddings from files of this modality instead of predicting them.")
  private String from;

  @Mixin private EmbeddingOptions embedding;

  @Option(
      names = "--samples",
      paramLabel = "N",
      defaultValue = "0",
      description = "Samples to index, from the first on; 0 means all (default: ${DEFAULT-VALUE}).")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the predictions (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder of the index (default: index, in the recipe's output).")
  private Path folder;

  @Option(
      names = "--approximate",
      description = "Build a graph too, for quick searches that may miss some neighbours.")
  private boolean approximate;

  @Mixin private SimilarityOption similarity;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  /** What programs get; the recall is null without a graph. */
  record Result(String index, String embedding, int samples, int width, Double graphRecall) {}

  @Override
  public Integer call() throws Exception {
    check();
    PrintWriter err = spec.commandLine().getErr();
    try (RunSession session = RunSession.open(recipe.choice(), err);
        Interruption interruption = Interruption.open(err)) {
      Run run = session.run();
      Path target = folder == null ? run.folders().root().resolve("index") : folder;
      run.joinRanks();
      Progress progress = run.ranks().isFirst() ? ProgressChoice.on(err) : Progress.silent();
      if (!index(run, target, progress, interruption.signal())) {
        throw new StoppedException();
      }
      if (!run.leaveRanks().isFirst()) {
        return ExitCode.OK;
      }
      RetrievalIndex index = RetrievalIndex.open(target);
      Double recall = null;
      if (approximate) {
        recall = graph(run, index, progress, interruption.signal());
      }
      Result result =
          new Result(
              target.toString(),
              index.contract().embedding(),
              index.names().size(),
              index.vectors().width(),
              recall);
      output.write(result, out -> print(result, out));
    }
    return ExitCode.OK;
  }

  private void check() {
    if (query.isEmpty() == (from == null)) {
      throw new UserMistake("name either what to predict from with --query, or files with --from");
    }
    if (from != null && (embedding.key().isPresent() || embedding.ensemble().isPresent())) {
      throw new UserMistake("--embedding and --ensemble are for predictions, not for --from");
    }
    if (samples < 0) {
      throw new UserMistake("--samples is " + samples + ", must be at least 0");
    }
  }

  /** Writes the vectors and returns whether all of them are there. */
  private boolean index(Run run, Path folder, Progress progress, StopSignal stop)
      throws IOException {
    String chosen = split == null ? run.recipe().data().validation() : split;
    Retrieval.Target target = new Retrieval.Target(chosen, samples, folder);
    Retrieval retrieval = new Retrieval(run);
    if (from != null) {
      UsedModality stored = EmbeddingModality.stored(run.modalities(), from);
      return retrieval.indexFiles(stored, target, progress, stop);
    }
    ModalityNames keys = new ModalityNames(run.modalities());
    List<UsedModality> inputs = query.stream().map(keys::input).distinct().toList();
    embedding.modality(run);
    try (Predictor predictor = Predictor.open(run)) {
      return retrieval.index(embedding.embedder(predictor, seed), inputs, target, progress, stop);
    }
  }

  /** Builds the graph and returns how much of the truth it finds. */
  private double graph(Run run, RetrievalIndex index, Progress progress, StopSignal stop)
      throws IOException {
    Similarity compared = similarity.similarity();
    if (!GraphSearch.build(index, compared, GraphSettings.DEFAULT, progress, stop)) {
      throw new StoppedException();
    }
    try (ExactSearch exact =
            new ExactSearch(index.vectors(), compared, Torch.device(run.recipe().device()));
        GraphSearch graph = GraphSearch.open(index, compared)) {
      return Recall.amongOwn(index.vectors(), graph, exact);
    }
  }

  private static void print(Result result, PrintWriter out) {
    out.printf(
        "%s: %d vectors of width %d, %s%n",
        result.index(), result.samples(), result.width(), result.embedding());
    if (result.graphRecall() != null) {
      out.printf(Locale.ROOT, "the graph finds %.4f of the neighbours%n", result.graphRecall());
    }
  }
}
