package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.pipeline.Run;
import org.anymod.core.retrieval.ExactSearch;
import org.anymod.core.retrieval.GraphSearch;
import org.anymod.core.retrieval.Neighbour;
import org.anymod.core.retrieval.Retrieval;
import org.anymod.core.retrieval.RetrievalIndex;
import org.anymod.core.retrieval.Search;
import org.anymod.core.retrieval.Similarity;
import org.anymod.spi.Value;
import org.anymod.torch.Torch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anymod retrieve query}. */
@Command(
    name = "query",
    description = {
      "Find the samples of an index that are most like what is given: any modalities, alone or",
      "together. Pictures are cut to their centre square."
    })
final class RetrieveQueryCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "INDEX", description = "Folder of an index.")
  private Path folder;

  @Parameters(
      index = "1",
      paramLabel = "RECIPE",
      description = "The recipe of the model with which the index was made.")
  private Path recipe;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of the recipe, such as data.root=DIR. Repeatable.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--input",
      required = true,
      paramLabel = "KEY=FILE",
      description = {
        "What is given: a model key or source and a file, or the text itself for modalities that are",
        "text. Repeatable."
      })
  private List<String> inputs = new ArrayList<>();

  @Option(
      names = "--top",
      paramLabel = "N",
      description = "Neighbours to find (default: 5, or all of a smaller index).")
  private Integer top;

  @Option(
      names = "--approximate",
      description = "Search along the graph of the index: quicker, and may miss some neighbours.")
  private boolean approximate;

  @Option(
      names = "--sheet",
      paramLabel = "FILE",
      description =
          "Picture of the neighbours, made where the index's dataset is there (default:"
              + " retrieved.png, in the recipe's output).")
  private Path sheet;

  @Mixin private SimilarityOption similarity;
  @Mixin private EmbeddingOptions embedding;
  @Mixin private PluginOptions plugins;
  @Mixin private OutputOptions output;
  @Spec private CommandSpec spec;

  record Hit(int rank, String name, double score) {}

  /** What programs get; sheet is null where there is none. */
  record Result(
      String embedding,
      String similarity,
      List<String> query,
      List<Hit> neighbours,
      String sheet) {}

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    RetrievalIndex index = RetrievalIndex.open(folder);
    int count = count(index.names().size());
    Similarity compared = similarity.similarity();
    RecipeChoice choice = new RecipeChoice(recipe, List.copyOf(overrides), plugins.folder());
    try (RunSession session = RunSession.open(choice, err)) {
      Run run = session.run();
      Map<UsedModality, Value> given =
          GivenInputs.read(new ModalityNames(run.modalities()), inputs);
      float[] query = query(run, index, given);
      Result found = search(run, index, compared, given, query, count);
      Result result = withSheet(found, run, index, given, err);
      output.write(result, out -> print(result, out));
    }
    return ExitCode.OK;
  }

  private int count(int size) {
    if (top != null && (top < 1 || top > size)) {
      throw new UserMistake(
          "--top is " + top + ", must be from 1 to the " + size + " of the index");
    }
    return top == null ? Math.min(5, size) : top;
  }

  private float[] query(Run run, RetrievalIndex index, Map<UsedModality, Value> given)
      throws IOException {
    try (Predictor predictor = Predictor.open(run)) {
      return new Retrieval(run)
          .query(index, embedding.embedder(predictor, index.contract()), given);
    }
  }

  private Result search(
      Run run,
      RetrievalIndex index,
      Similarity compared,
      Map<UsedModality, Value> given,
      float[] query,
      int count)
      throws IOException {
    List<Neighbour> found;
    try (Search search = open(run, index, compared)) {
      found = search.search(List.of(query), count).get(0);
    }
    List<Hit> hits = new ArrayList<>();
    for (Neighbour neighbour : found) {
      String name = index.names().get(neighbour.row());
      hits.add(new Hit(hits.size() + 1, name, neighbour.score()));
    }
    List<String> keys = given.keySet().stream().map(UsedModality::key).toList();
    return new Result(index.contract().embedding(), compared.label(), keys, hits, null);
  }

  private Search open(Run run, RetrievalIndex index, Similarity compared) throws IOException {
    return approximate
        ? GraphSearch.open(index, compared)
        : new ExactSearch(index.vectors(), compared, Torch.device(run.recipe().device()));
  }

  private Result withSheet(
      Result result,
      Run run,
      RetrievalIndex index,
      Map<UsedModality, Value> given,
      PrintWriter err) {
    Path file = sheet == null ? run.folders().root().resolve("retrieved.png") : sheet;
    try {
      new NeighbourSheet(run, index.contract().split()).write(file, given, result.neighbours());
      return new Result(
          result.embedding(),
          result.similarity(),
          result.query(),
          result.neighbours(),
          file.toString());
    } catch (IOException e) {
      err.println("anymod: no picture of the neighbours: " + e.getMessage());
      err.flush();
      return result;
    }
  }

  private static void print(Result result, PrintWriter out) {
    TextTable table = new TextTable();
    for (Hit hit : result.neighbours()) {
      table.row(
          Integer.toString(hit.rank()),
          hit.name(),
          String.format(Locale.ROOT, "%.6f", hit.score()));
    }
    table.print(out);
    if (result.sheet() != null) {
      out.println("sheet: " + result.sheet());
    }
  }
}
