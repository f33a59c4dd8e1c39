package org.anymod.core.retrieval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeSet;
import java.util.stream.DoubleStream;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.RetrievalRecipe;
import org.anymod.core.retrieval.RetrievalEvaluation.Found;
import org.anymod.core.retrieval.RetrievalEvaluation.Query;
import org.anymod.core.retrieval.RetrievalEvaluation.Shown;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Kind;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.Torch;

/**
 * Measures on the validation split how well a sample is found among all by an embedding that is
 * predicted from something else of it.
 */
public final class RetrievalEvaluator {
  private static final int NEIGHBOURS_SHOWN = 5;

  private final Predictor predictor;
  private final Run run;
  private final RetrievalRecipe recipe;
  private final UsedModality embedding;
  private final List<List<UsedModality>> plan;
  private final Embedder embedder;

  /**
   * Creates an evaluator.
   *
   * @param predictor the trained model
   * @param recipe what to measure; on
   * @throws IllegalArgumentException if it names what the model does not have
   */
  public RetrievalEvaluator(Predictor predictor, RetrievalRecipe recipe) {
    this.predictor = predictor;
    this.run = predictor.run();
    this.recipe = recipe;
    this.embedding = EmbeddingModality.predicted(run.modalities(), recipe.embedding());
    this.plan = QueryPlan.of(recipe, run.modalities(), embedding);
    this.embedder =
        new Embedder(
            predictor,
            embedding,
            new Embedder.Settings(
                recipe.ensemble(), run.recipe().evaluation().batch(), run.recipe().seed()));
    if (plan.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to ask with");
    }
  }

  /**
   * Measures.
   *
   * @param progress hears how far it is
   * @param stop asks to stop after the current query
   * @return what was measured
   * @throws IOException if data cannot be read, or it was asked to stop
   */
  public RetrievalEvaluation evaluate(Progress progress, StopSignal stop) throws IOException {
    ValueReader all = run.data().values(run.recipe().data().validation());
    try (Samples samples = all.samples()) {
      ValueReader reader = all.take(recipe.samples() == 0 ? samples.size() : recipe.samples());
      Gallery gallery = gallery(reader);
      Optional<UsedModality> face = face(reader);
      List<Query> queries = new ArrayList<>();
      List<Shown> shown = new ArrayList<>();
      progress.start("retrieve", plan.size(), "condition");
      try (ExactSearch search = search(gallery)) {
        for (List<UsedModality> inputs : plan) {
          if (stop.requested()) {
            throw new IOException("stopped before the evaluation was complete");
          }
          Asked asked = ask(reader, gallery, search, inputs);
          queries.add(asked.query());
          if (face.isPresent()) {
            shown.addAll(shown(reader, gallery, search, asked, face.get()));
          }
          progress.advance(queries.size(), summary(asked.query()));
        }
        progress.finish();
        return new RetrievalEvaluation(
            embedding.key(),
            gallery.name(),
            recipe.similarity(),
            gallery.names().size(),
            cuts(gallery),
            queries,
            bound(reader, gallery, search),
            face.map(UsedModality::key),
            shown);
      }
    }
  }

  /** Vectors with the number of their sample in the split. */
  private record Gallery(
      String name, List<String> names, Map<Integer, Integer> rows, EmbeddingTable table) {}

  /** Answers to one kind of query. */
  private record Asked(
      Query query, int[] numbers, List<float[]> vectors, List<Place> places, List<String> names) {}

  private Gallery gallery(ValueReader reader) throws IOException {
    if (recipe.gallery().isEmpty()) {
      SampleChoice choice = SampleChoice.of(run, reader, List.of(embedding));
      return gallery(IndexContract.FILES, choice, new StoredEmbeddings(choice, embedding));
    }
    List<UsedModality> inputs =
        QueryPlan.together(recipe.gallery().get(), run.modalities(), embedding);
    SampleChoice choice = SampleChoice.of(run, reader, inputs);
    return gallery(QueryPlan.name(inputs), choice, new PredictedEmbeddings(choice, embedder));
  }

  private static Gallery gallery(String name, SampleChoice choice, EmbeddingSource source)
      throws IOException {
    List<String> names = source.names();
    Map<Integer, Integer> rows = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      rows.put(choice.numbers()[i], i);
    }
    return new Gallery(name, names, rows, EmbeddingTable.of(source.rows(0, names.size())));
  }

  private ExactSearch search(Gallery gallery) {
    return new ExactSearch(
        gallery.table(), Similarity.of(recipe.similarity()), Torch.device(run.recipe().device()));
  }

  private List<Integer> cuts(Gallery gallery) {
    int all = gallery.names().size();
    return List.copyOf(new TreeSet<>(List.of(1, Math.min(5, all), Math.min(recipe.top(), all))));
  }

  private Asked ask(
      ValueReader reader, Gallery gallery, ExactSearch search, List<UsedModality> inputs)
      throws IOException {
    SampleChoice choice = SampleChoice.of(run, reader, inputs);
    List<String> names = choice.names();
    List<float[]> vectors = new PredictedEmbeddings(choice, embedder).rows(0, names.size());
    List<float[]> asked = new ArrayList<>();
    List<String> askedNames = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      if (gallery.rows().containsKey(choice.numbers()[i])) {
        asked.add(vectors.get(i));
        askedNames.add(names.get(i));
        numbers.add(choice.numbers()[i]);
      }
    }
    if (asked.isEmpty()) {
      throw new DatasetException("no sample with " + QueryPlan.name(inputs) + " is in the gallery");
    }
    int[] targets = numbers.stream().mapToInt(gallery.rows()::get).toArray();
    List<Place> places = search.places(asked, targets);
    Query query = query(QueryPlan.name(inputs), places, cuts(gallery));
    int[] all = numbers.stream().mapToInt(Integer::intValue).toArray();
    return new Asked(query, all, asked, places, askedNames);
  }

  private static Query query(String name, List<Place> places, List<Integer> cuts) {
    Map<Integer, Double> recall = new LinkedHashMap<>();
    for (int cut : cuts) {
      recall.put(cut, mean(places.stream().mapToDouble(place -> place.within(cut))));
    }
    double[] ranks = places.stream().mapToDouble(Place::rank).sorted().toArray();
    double median = (ranks[(ranks.length - 1) / 2] + ranks[ranks.length / 2]) / 2;
    double reciprocal = mean(Arrays.stream(ranks).map(rank -> 1 / rank));
    return new Query(name, places.size(), recall, median, reciprocal);
  }

  private static double mean(DoubleStream numbers) {
    OptionalDouble mean = numbers.average();
    return mean.orElseThrow();
  }

  /** True embeddings, sent through their tokenizer and back. */
  private Optional<Query> bound(ValueReader reader, Gallery gallery, ExactSearch search)
      throws IOException {
    if (recipe.gallery().isPresent()) {
      return Optional.empty();
    }
    SampleChoice choice = SampleChoice.of(run, reader, List.of(embedding));
    List<float[]> vectors = new ArrayList<>();
    int batch = embedder.settings().batch();
    int size = gallery.names().size();
    for (int from = 0; from < size; from += batch) {
      List<Value> values = new ArrayList<>();
      for (int i = from; i < Math.min(size, from + batch); i++) {
        values.add(choice.value(embedding, i));
      }
      for (Value value : predictor.reconstruct(embedding.key(), values)) {
        vectors.add(
            EmbeddingModality.vector(embedding, gallery.names().get(vectors.size()), value));
      }
    }
    int[] targets = new int[size];
    Arrays.setAll(targets, i -> i);
    return Optional.of(
        query("its tokenizer alone", search.places(vectors, targets), cuts(gallery)));
  }

  /** What people see a sample by: pixels, or else some picture. */
  private Optional<UsedModality> face(ValueReader reader) {
    if (recipe.shown() == 0) {
      return Optional.empty();
    }
    List<UsedModality> there =
        run.modalities().all().stream().filter(m -> reader.missing(m.source()).isEmpty()).toList();
    Optional<UsedModality> pixels =
        there.stream().filter(m -> m.declaration().kind() instanceof Kind.PixelPatches).findFirst();
    return pixels.isPresent()
        ? pixels
        : there.stream()
            .filter(m -> m.modality().value() instanceof ValueSpec.RasterSpec)
            .findFirst();
  }

  private List<Shown> shown(
      ValueReader reader, Gallery gallery, ExactSearch search, Asked asked, UsedModality face)
      throws IOException {
    int count = Math.min(recipe.shown(), asked.numbers().length);
    int top = Math.min(NEIGHBOURS_SHOWN, gallery.names().size());
    List<List<Neighbour>> found = search.search(asked.vectors().subList(0, count), top);
    Faces faces = new Faces(run, reader, face);
    int[] numbers = gallery.rows().keySet().stream().mapToInt(Integer::intValue).toArray();
    List<Shown> shown = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      List<Found> neighbours = new ArrayList<>();
      for (Neighbour neighbour : found.get(i)) {
        neighbours.add(
            new Found(
                gallery.names().get(neighbour.row()),
                neighbour.score(),
                faces.of(numbers[neighbour.row()])));
      }
      Value own = faces.of(asked.numbers()[i]);
      shown.add(
          new Shown(
              asked.query().name(),
              asked.names().get(i),
              asked.places().get(i).rank(),
              own,
              neighbours));
    }
    return shown;
  }

  private static String summary(Query query) {
    return String.format(Locale.ROOT, "%s recall@1 %.3f", query.name(), query.recall().get(1));
  }
}
