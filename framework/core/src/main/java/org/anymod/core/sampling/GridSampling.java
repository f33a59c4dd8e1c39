package org.anymod.core.sampling;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.Batch;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.torch.TensorScope;

/**
 * Draws the open places of grids: all at once, or some in each of several steps. Several grids may
 * be drawn in the same passes; the decoder keeps their places apart, so that none sees what the
 * same step draws of another.
 */
final class GridSampling {
  private final AnyToAnyModel model;
  private final RowEncoder encoder;

  GridSampling(AnyToAnyModel model, RowEncoder encoder) {
    this.model = model;
    this.encoder = encoder;
  }

  /**
   * What one step decides.
   *
   * @param number number of the step
   * @param places for each link and row the places whose tokens are drawn
   */
  record Step(int number, int[][][] places) {
    /** Rows with places in some link. */
    int[] active() {
      return IntStream.range(0, places[0].length)
          .filter(r -> Arrays.stream(places).anyMatch(rows -> rows[r].length > 0))
          .toArray();
    }

    int total(int row) {
      return Arrays.stream(places).mapToInt(rows -> rows[row].length).sum();
    }
  }

  /** Plans each link and row; grids of which nothing is known become known as empty. */
  GridPlan[][] plans(ChainState chain, List<Link> links) {
    GridPlan[][] plans = new GridPlan[links.size()][chain.rows().size()];
    for (int l = 0; l < plans.length; l++) {
      int m = links.get(l).modality();
      int size = model.modalities().get(m).kind().maxTokens();
      for (int r = 0; r < plans[l].length; r++) {
        Row row = chain.rows().get(r);
        if (row.get(m) == null) {
          row.set(m, new Known.Grid(new int[size], new boolean[size]));
        }
        plans[l][r] = GridPlan.of(links.get(l).settings(), open(row, m).length);
      }
    }
    return plans;
  }

  private static int[] open(Row row, int modality) {
    return Places.where(((Known.Grid) row.get(modality)).visible(), false);
  }

  void sample(ChainState chain, List<Link> links, Passes passes) {
    GridPlan[][] plans = plans(chain, links);
    int steps =
        Arrays.stream(plans).flatMap(Arrays::stream).mapToInt(GridPlan::steps).max().orElse(0);
    for (int i = 0; i < steps; i++) {
      chain.checkStopped();
      Step step = step(chain, links, plans, i);
      if (step.active().length > 0) {
        List<float[]> logits = logits(chain, links, passes, step);
        for (int l = 0; l < links.size(); l++) {
          write(chain, links.get(l), plans[l], step, l, logits.get(l));
        }
      }
    }
  }

  /**
   * Draws all open places in one step.
   *
   * @param given logits of the same rows and places; null to compute them
   * @return the logits
   */
  List<float[]> sampleAtOnce(ChainState chain, Link link, Passes passes, List<float[]> given) {
    List<Link> links = List.of(link);
    GridPlan[][] plans = plans(chain, links);
    Step step = step(chain, links, plans, 0);
    if (step.active().length == 0) {
      return given;
    }
    List<float[]> logits = given == null ? logits(chain, links, passes, step) : given;
    write(chain, link, plans[0], step, 0, logits.get(0));
    return logits;
  }

  /** The places of a step: all that are open, or a random choice of them. */
  static Step step(ChainState chain, List<Link> links, GridPlan[][] plans, int number) {
    int[][][] places = new int[links.size()][chain.rows().size()][];
    for (int l = 0; l < places.length; l++) {
      int m = links.get(l).modality();
      for (int r = 0; r < places[l].length; r++) {
        int count = plans[l][r].count(number);
        int[] open = count == 0 ? new int[0] : open(chain.rows().get(r), m);
        places[l][r] =
            count > 0 && GridPlan.isRandomOrder(links.get(l).settings())
                ? chain.choices().places(r, m, open, count)
                : open;
      }
    }
    return new Step(number, places);
  }

  /** Logits of each link's places, row after row, (places, vocabulary). */
  List<float[]> logits(ChainState chain, List<Link> links, Passes passes, Step step) {
    int[] active = step.active();
    Set<Integer> changing = links.stream().map(Link::modality).collect(Collectors.toSet());
    try (TensorScope scope = model.scope().open()) {
      RowEncoder.Encoded encoded = encoder.encode(chain, active, passes, changing, scope);
      Batch batch = targets(chain, links, step, active, encoded.packing());
      NDArray decoded = model.inference().decode(batch, encoded.contexts(), scope);
      return guided(links, passes, step, active, encoded.packing(), decoded, scope);
    }
  }

  private Batch targets(
      ChainState chain, List<Link> links, Step step, int[] active, Packing packing) {
    int entries = packing.places().length;
    Batch batch = new Batch(model.modalities(), entries, 1, longest(step, active));
    for (int[] group : packing.groups()) {
      for (int entry : group) {
        int row = active[entry % active.length];
        batch.nextSample();
        for (int l = 0; l < links.size(); l++) {
          int m = links.get(l).modality();
          Known.Grid grid = (Known.Grid) chain.rows().get(row).get(m);
          batch.predictGrid(m, grid.tokens(), step.places()[l][row]);
        }
      }
    }
    return batch;
  }

  private static int longest(Step step, int[] active) {
    return Arrays.stream(active).map(step::total).max().orElseThrow();
  }

  private List<float[]> guided(
      List<Link> links,
      Passes passes,
      Step step,
      int[] active,
      Packing packing,
      NDArray decoded,
      TensorScope scope) {
    int[] at = packing.places();
    int budget = longest(step, active);
    int[] used = new int[active.length];
    List<float[]> logits = new ArrayList<>();
    for (int l = 0; l < links.size(); l++) {
      int[][] own = step.places()[l];
      IntStream.Builder slots = IntStream.builder();
      for (int entry = 0; entry < at.length; entry++) {
        int a = entry % active.length;
        for (int i = 0; i < own[active[a]].length; i++) {
          slots.add(at[entry] * budget + used[a] + i);
        }
      }
      for (int a = 0; a < active.length; a++) {
        used[a] += own[active[a]].length;
      }
      long[] rows = slots.build().asLongStream().toArray();
      logits.add(
          rows.length == 0
              ? new float[0]
              : guidance(decoded, rows, links.get(l).modality(), passes, l, scope));
    }
    return logits;
  }

  private float[] guidance(
      NDArray decoded, long[] slots, int modality, Passes passes, int link, TensorScope scope) {
    try (TensorScope work = scope.open()) {
      NDArray logits = model.inference().logits(decoded, slots, modality, work);
      return passes.combine(logits, link, work).toFloatArray();
    }
  }

  /** Draws a token for each place of a link; of MaskGIT's only the most confident ones stay. */
  void write(ChainState chain, Link link, GridPlan[] plans, Step step, int number, float[] logits) {
    int at = 0;
    for (int r = 0; r < plans.length; r++) {
      int[] places = step.places()[number][r];
      if (places.length > 0) {
        write(chain, link, plans[r], step.number(), r, places, logits, at);
        at += places.length;
      }
    }
  }

  private void write(
      ChainState chain,
      Link link,
      GridPlan plan,
      int step,
      int row,
      int[] places,
      float[] logits,
      int first) {
    int m = link.modality();
    SamplingRecipe settings = link.settings();
    int vocabulary = model.modalities().get(m).vocabulary();
    int[] ids = new int[places.length];
    float[] confidences = new float[places.length];
    float[] confidence = new float[1];
    for (int i = 0; i < ids.length; i++) {
      Logits own = Logits.of(logits, first + i, vocabulary, plan.temperatures()[step], settings);
      ids[i] = chain.choices().token(row, m, places[i], own, confidence);
      confidences[i] = confidence[0];
    }
    int count = plan.counts()[step];
    double noise = settings.confidenceNoise() * (plan.steps() - 1 - step) / plan.steps();
    int[] kept =
        count >= ids.length
            ? Places.all(ids.length)
            : chain.choices().keep(row, m, places, confidences, count, noise);
    Known.Grid grid = (Known.Grid) chain.rows().get(row).get(m);
    for (int i : kept) {
      grid.tokens()[places[i]] = ids[i];
      grid.visible()[places[i]] = true;
    }
  }
}
