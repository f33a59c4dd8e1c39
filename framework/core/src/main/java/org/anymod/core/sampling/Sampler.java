package org.anymod.core.sampling;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.model.ModelModality;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.schedule.Categorical;
import org.anymod.core.sampling.schedule.TemperatureSchedule;
import org.anymod.core.sampling.schedule.TokenSchedule;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Kind;
import org.anymod.torch.Autograd;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;

/**
 * Samples modalities of a model one after the other; each sampled modality is a condition of the
 * next. What a row draws is a function of the seed and the row's number, whatever rows are sampled
 * with it.
 */
public final class Sampler {
  private final AnyToAnyModel model;
  private final TextTokenizer text;

  /**
   * Creates a sampler.
   *
   * @param model the model
   * @param text the vocabulary of text-like modalities
   */
  public Sampler(AnyToAnyModel model, TextTokenizer text) {
    this.model = model;
    this.text = text;
  }

  /**
   * One link of a chain.
   *
   * @param modality index of the modality to sample
   * @param settings how it is sampled
   */
  public record Link(int modality, SamplingRecipe settings) {}

  /**
   * Samples modalities into rows.
   *
   * @param rows rows with their conditions; what is sampled is added to them
   * @param chain what to sample, in order
   * @param seed seed of the request
   * @param firstRow number of the first row, so that a request can be split into batches
   */
  public void sample(List<Row> rows, List<Link> chain, long seed, long firstRow) {
    boolean[] conditions = rows.get(0).conditions();
    for (int i = 0; i < chain.size(); i++) {
      Step step = step(rows, chain.subList(i, chain.size()), conditions, seed, firstRow);
      int modality = step.link().modality();
      Autograd.pause(
          () -> {
            if (model.modalities().get(modality).kind() instanceof Kind.TokenGrid grid) {
              sampleGrid(step, grid);
            } else {
              sampleSequence(step);
            }
            return null;
          });
    }
  }

  /** The first of some links to come. */
  private Step step(
      List<Row> rows, List<Link> rest, boolean[] conditions, long seed, long firstRow) {
    Link link = rest.get(0);
    StreamRandom[] random = new StreamRandom[rows.size()];
    Arrays.setAll(random, r -> StreamRandom.at(seed, "sampling", firstRow + r, link.modality()));
    return new Step(link, rows, conditions, pendingSequences(rest), random);
  }

  /**
   * Samples one modality several times with the same conditions, each time as {@link #sample} does
   * with that seed. Where all is drawn in one step, the model runs once for all.
   *
   * @param rows rows with their conditions, left as they are
   * @param link what to sample
   * @param seeds seed of each time
   * @param firstRow number of the first row
   * @return for each seed a copy of the rows with what was sampled
   */
  public List<List<Row>> sampleEach(List<Row> rows, Link link, long[] seeds, long firstRow) {
    List<List<Row>> results = new ArrayList<>();
    float[] shared = null;
    for (long seed : seeds) {
      List<Row> copies = rows.stream().map(Row::copy).toList();
      if (isOneStep(link)) {
        shared = oneStep(copies, link, seed, firstRow, shared);
      } else {
        sample(copies, List.of(link), seed, firstRow);
      }
      results.add(copies);
    }
    return results;
  }

  private boolean isOneStep(Link link) {
    return link.settings().steps() == 1
        && model.modalities().get(link.modality()).kind() instanceof Kind.TokenGrid;
  }

  /** Draws all open places from the given logits, computed first if there are none. */
  private float[] oneStep(List<Row> rows, Link link, long seed, long firstRow, float[] given) {
    Step step = step(rows, List.of(link), rows.get(0).conditions(), seed, firstRow);
    GridPlan plan = gridPlan(step, (Kind.TokenGrid) model.modalities().get(link.modality()).kind());
    if (plan.counts().length == 0) {
      return given;
    }
    int[][] places = places(step, plan.counts()[0], plan.roar());
    float[] logits = given == null ? Autograd.pause(() -> gridLogits(step, places)) : given;
    write(step, places, logits, plan.counts()[0], plan.temperatures()[0]);
    return logits;
  }

  private List<Integer> pendingSequences(List<Link> rest) {
    return rest.stream()
        .map(Link::modality)
        .filter(m -> !(model.modalities().get(m).kind() instanceof Kind.TokenGrid))
        .toList();
  }

  /** What sampling one modality needs; with guidance, conditions are hidden in a second pass. */
  private record Step(
      Link link,
      List<Row> rows,
      boolean[] conditions,
      List<Integer> pending,
      StreamRandom[] random) {
    boolean guided() {
      return link.settings().guidance() != 1.0
          && IntStream.range(0, conditions.length).anyMatch(i -> conditions[i]);
    }

    /** The rows, followed by the same rows without conditions if guided. */
    List<Row> passes() {
      if (!guided()) {
        return rows;
      }
      List<Row> all = new ArrayList<>(rows);
      rows.forEach(row -> all.add(row.without(conditions)));
      return all;
    }
  }

  private AnyToAnyModel.Context encode(List<Row> rows, List<Integer> pending, TensorScope scope) {
    int longest = 1;
    for (Row row : rows) {
      longest = Math.max(longest, shownTokens(row, pending));
    }
    Batch batch = new Batch(model.modalities(), rows.size(), longest, 1);
    for (Row row : rows) {
      batch.nextSample();
      for (int m = 0; m < model.modalities().size(); m++) {
        if (model.modalities().get(m).declaration().isInput()) {
          if (row.get(m) != null) {
            row.get(m).show(batch, m);
          } else if (pending.contains(m)) {
            // A sequence still to come is shown as one hidden span.
            batch.showSequence(m, new int[] {text.sentinel(1)});
          }
        }
      }
    }
    return model.encode(batch, scope);
  }

  private int shownTokens(Row row, List<Integer> pending) {
    int count = 0;
    for (int m = 0; m < model.modalities().size(); m++) {
      Known known = row.get(m);
      if (!model.modalities().get(m).declaration().isInput()) {
        continue;
      } else if (known == null) {
        count += pending.contains(m) ? 1 : 0;
      } else if (known instanceof Known.Grid grid) {
        count += Places.where(grid.visible(), true).length;
      } else if (known instanceof Known.Pixels pixels) {
        count += pixels.patches();
      } else if (known instanceof Known.Sequence sequence) {
        count += sequence.ids().length;
      } else if (known instanceof Known.Vectors vectors) {
        count += vectors.count();
      }
    }
    return count;
  }

  /** How many tokens to draw in each step, and how; no steps if nothing is open. */
  private record GridPlan(int[] counts, double[] temperatures, boolean roar) {}

  private GridPlan gridPlan(Step step, Kind.TokenGrid kind) {
    int m = step.link().modality();
    SamplingRecipe settings = step.link().settings();
    for (Row row : step.rows()) {
      if (row.get(m) == null) {
        row.set(m, new Known.Grid(new int[kind.maxTokens()], new boolean[kind.maxTokens()]));
      }
    }
    int open =
        step.rows().stream()
            .mapToInt(row -> Places.where(((Known.Grid) row.get(m)).visible(), false).length)
            .max()
            .orElse(0);
    boolean roar = settings.scheme().equals("roar");
    if (open == 0) {
      return new GridPlan(new int[0], new double[0], roar);
    }
    int[] counts =
        roar || settings.schedule().equals("linear")
            ? TokenSchedule.linear(settings.steps(), open)
            : TokenSchedule.cosine(settings.steps(), open);
    double[] temperatures =
        TemperatureSchedule.of(settings.temperatureSchedule())
            .temperatures(settings.temperature(), counts);
    return new GridPlan(counts, temperatures, roar);
  }

  private void sampleGrid(Step step, Kind.TokenGrid kind) {
    GridPlan plan = gridPlan(step, kind);
    for (int i = 0; i < plan.counts().length; i++) {
      int count = plan.counts()[i];
      if (count > 0) {
        int[][] places = places(step, count, plan.roar());
        write(step, places, gridLogits(step, places), count, plan.temperatures()[i]);
      }
    }
  }

  /** The places of each row whose tokens are drawn: all that are open, or a random choice. */
  private static int[][] places(Step step, int count, boolean roar) {
    List<Row> rows = step.rows();
    int[][] places = new int[rows.size()][];
    for (int r = 0; r < places.length; r++) {
      Known.Grid grid = (Known.Grid) rows.get(r).get(step.link().modality());
      int[] open = Places.where(grid.visible(), false);
      places[r] = roar ? choose(open, count, step.random()[r]) : open;
    }
    return places;
  }

  /** Logits of the places, row after row, (places, vocabulary). */
  private float[] gridLogits(Step step, int[][] places) {
    int m = step.link().modality();
    List<Row> rows = step.rows();
    try (TensorScope scope = model.scope().open()) {
      List<Row> passes = step.passes();
      AnyToAnyModel.Context context = encode(passes, step.pending(), scope);
      int longest = Math.max(1, Arrays.stream(places).mapToInt(p -> p.length).max().orElse(1));
      Batch batch = new Batch(model.modalities(), passes.size(), 1, longest);
      for (int r = 0; r < passes.size(); r++) {
        batch.nextSample();
        Known.Grid grid = (Known.Grid) rows.get(r % rows.size()).get(m);
        batch.predictGrid(m, grid.tokens(), places[r % rows.size()]);
      }
      NDArray decoded = model.decode(batch, context, scope);
      return guide(model.logits(decoded, batch, m, scope).toFloatArray(), step);
    }
  }

  /** A random choice of places, in row-major order. */
  private static int[] choose(int[] open, int count, StreamRandom random) {
    int[] order = random.permutation(open.length);
    return Arrays.stream(order, 0, Math.min(count, open.length))
        .map(i -> open[i])
        .sorted()
        .toArray();
  }

  /**
   * Classifier-free guidance: {@code u + s (c - u)} where the second half of the logits is
   * unconditional.
   */
  private static float[] guide(float[] logits, Step step) {
    if (!step.guided()) {
      return logits;
    }
    int half = logits.length / 2;
    float scale = (float) step.link().settings().guidance();
    float[] guided = new float[half];
    for (int i = 0; i < half; i++) {
      guided[i] = logits[half + i] + scale * (logits[i] - logits[half + i]);
    }
    return guided;
  }

  /** Draws a token for each place and keeps the most confident ones. */
  private void write(Step step, int[][] places, float[] logits, int count, double temperature) {
    int m = step.link().modality();
    SamplingRecipe settings = step.link().settings();
    int vocabulary = model.modalities().get(m).vocabulary();
    float[] confidence = new float[1];
    int at = 0;
    for (int r = 0; r < places.length; r++) {
      int open = places[r].length;
      int[] ids = new int[open];
      float[] confidences = new float[open];
      for (int i = 0; i < open; i++) {
        ids[i] =
            Categorical.sample(
                logits,
                at,
                at + vocabulary,
                temperature,
                settings.topK(),
                settings.topP(),
                step.random()[r].nextDouble(),
                confidence);
        confidences[i] = confidence[0];
        at += vocabulary;
      }
      Known.Grid grid = (Known.Grid) step.rows().get(r).get(m);
      int[] own = places[r];
      IntStream.range(0, open)
          .boxed()
          .sorted(Comparator.comparingDouble(i -> -confidences[i]))
          .limit(count)
          .forEach(
              i -> {
                grid.tokens()[own[i]] = ids[i];
                grid.visible()[own[i]] = true;
              });
    }
  }

  /**
   * Grows every row's sequence until its closing sentinel. The encoder runs once; rows that are
   * finished draw no more.
   */
  private void sampleSequence(Step step) {
    int m = step.link().modality();
    ModelModality modality = model.modalities().get(m);
    int rows = step.rows().size();
    int[][] prefix = new int[rows][modality.kind().maxTokens() + 2];
    int[] length = new int[rows];
    boolean[] finished = new boolean[rows];
    for (int r = 0; r < rows; r++) {
      prefix[r][0] = text.sentinel(1);
      length[r] = 1;
      finished[r] = step.rows().get(r).get(m) != null;
    }
    try (TensorScope scope = model.scope().open()) {
      List<Row> passes = step.passes();
      AnyToAnyModel.Context context = encode(passes, step.pending(), scope);
      for (int n = 1; n <= modality.kind().maxTokens() && !all(finished); n++) {
        float[] logits = nextLogits(step, passes.size(), m, prefix, n, context, scope);
        append(step, m, prefix, length, finished, logits);
      }
    }
    for (int r = 0; r < rows; r++) {
      if (step.rows().get(r).get(m) == null) {
        step.rows().get(r).set(m, new Known.Sequence(Arrays.copyOfRange(prefix[r], 1, length[r])));
      }
    }
  }

  private static boolean all(boolean[] flags) {
    for (boolean flag : flags) {
      if (!flag) {
        return false;
      }
    }
    return true;
  }

  /** Logits of the id after the first {@code n}, (rows * vocabulary). */
  private float[] nextLogits(
      Step step,
      int passes,
      int m,
      int[][] prefix,
      int n,
      AnyToAnyModel.Context context,
      TensorScope outer) {
    try (TensorScope scope = outer.open()) {
      Batch batch = new Batch(model.modalities(), passes, 1, n);
      long[] last = new long[passes];
      for (int r = 0; r < passes; r++) {
        batch.nextSample();
        // The id after the prefix is not known yet: what stands there is a target that nothing
        // reads.
        batch.predictSequence(m, Arrays.copyOf(prefix[r % prefix.length], n + 1));
        last[r] = (long) r * n + n - 1;
      }
      NDArray decoded = model.decode(batch, context, scope);
      return guide(model.logitsAt(decoded, last, m, scope).toFloatArray(), step);
    }
  }

  private void append(
      Step step, int m, int[][] prefix, int[] length, boolean[] finished, float[] logits) {
    SamplingRecipe settings = step.link().settings();
    int vocabulary = model.modalities().get(m).vocabulary();
    float[] confidence = new float[1];
    for (int r = 0; r < prefix.length; r++) {
      if (finished[r]) {
        continue;
      }
      int id =
          Categorical.sample(
              logits,
              r * vocabulary,
              (r + 1) * vocabulary,
              settings.temperature(),
              settings.topK(),
              settings.topP(),
              step.random()[r].nextDouble(),
              confidence);
      if (text.isSentinel(id) || length[r] == prefix[r].length) {
        finished[r] = true;
      } else {
        prefix[r][length[r]++] = id;
        finished[r] = id == text.eos();
      }
    }
  }
}
