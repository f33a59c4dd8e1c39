package org.anymod.core.sampling;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.schedule.Categorical;
import org.anymod.core.sampling.schedule.TemperatureSchedule;
import org.anymod.core.sampling.schedule.TokenSchedule;
import org.anymod.torch.StreamRandom;
import org.anymod.torch.TensorScope;

/** Draws the open places of grids: all at once, or some in each of several steps. */
final class GridSampling {
  private final AnyToAnyModel model;
  private final RowEncoder encoder;

  GridSampling(AnyToAnyModel model, RowEncoder encoder) {
    this.model = model;
    this.encoder = encoder;
  }

  /** How many tokens to draw in each step, and how; no steps if nothing is open. */
  record Plan(int[] counts, double[] temperatures, boolean roar) {}

  Plan plan(SamplingStep step) {
    int m = step.modality();
    int places = model.modalities().get(m).kind().maxTokens();
    SamplingRecipe settings = step.settings();
    for (Row row : step.rows()) {
      if (row.get(m) == null) {
        row.set(m, new Known.Grid(new int[places], new boolean[places]));
      }
    }
    int open =
        step.rows().stream()
            .mapToInt(row -> Places.where(((Known.Grid) row.get(m)).visible(), false).length)
            .max()
            .orElse(0);
    boolean roar = settings.scheme().equals("roar");
    if (open == 0) {
      return new Plan(new int[0], new double[0], roar);
    }
    int[] counts =
        roar || settings.schedule().equals("linear")
            ? TokenSchedule.linear(settings.steps(), open)
            : TokenSchedule.cosine(settings.steps(), open);
    double[] temperatures =
        TemperatureSchedule.of(settings.temperatureSchedule())
            .temperatures(settings.temperature(), counts);
    return new Plan(counts, temperatures, roar);
  }

  void sample(SamplingStep step) {
    Plan plan = plan(step);
    for (int i = 0; i < plan.counts().length; i++) {
      int count = plan.counts()[i];
      if (count > 0) {
        int[][] places = places(step, count, plan.roar());
        write(step, places, logits(step, places), count, plan.temperatures()[i]);
      }
    }
  }

  /** The places of each row whose tokens are drawn: all that are open, or a random choice. */
  static int[][] places(SamplingStep step, int count, boolean roar) {
    List<Row> rows = step.rows();
    int[][] places = new int[rows.size()][];
    for (int r = 0; r < places.length; r++) {
      Known.Grid grid = (Known.Grid) rows.get(r).get(step.modality());
      int[] open = Places.where(grid.visible(), false);
      places[r] = roar ? choose(open, count, step.random()[r]) : open;
    }
    return places;
  }

  /** Logits of the places, row after row, (places, vocabulary). */
  float[] logits(SamplingStep step, int[][] places) {
    int m = step.modality();
    List<Row> rows = step.rows();
    try (TensorScope scope = model.scope().open()) {
      List<Row> passes = step.passes();
      AnyToAnyModel.Context context = encoder.encode(passes, step.pending(), scope);
      int longest = Math.max(1, Arrays.stream(places).mapToInt(p -> p.length).max().orElse(1));
      Batch batch = new Batch(model.modalities(), passes.size(), 1, longest);
      for (int r = 0; r < passes.size(); r++) {
        batch.nextSample();
        Known.Grid grid = (Known.Grid) rows.get(r % rows.size()).get(m);
        batch.predictGrid(m, grid.tokens(), places[r % rows.size()]);
      }
      NDArray decoded = model.decode(batch, context, scope);
      return step.guide(model.logits(decoded, batch, m, scope).toFloatArray());
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

  /** Draws a token for each place and keeps the most confident ones. */
  void write(SamplingStep step, int[][] places, float[] logits, int count, double temperature) {
    int m = step.modality();
    SamplingRecipe settings = step.settings();
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
                (int) settings.topK(),
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
}
