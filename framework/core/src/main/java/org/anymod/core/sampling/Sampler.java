package org.anymod.core.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Kind;
import org.anymod.torch.Autograd;
import org.anymod.torch.StreamRandom;

/**
 * Samples modalities of a model one after the other; each sampled modality is a condition of the
 * next. What a row draws is a function of the seed and the row's number, whatever rows are sampled
 * with it.
 */
public final class Sampler {
  private final AnyToAnyModel model;
  private final GridSampling grids;
  private final SequenceSampling sequences;

  /**
   * Creates a sampler.
   *
   * @param model the model
   * @param text the vocabulary of text-like modalities
   */
  public Sampler(AnyToAnyModel model, TextTokenizer text) {
    this.model = model;
    RowEncoder encoder = new RowEncoder(model, text);
    this.grids = new GridSampling(model, encoder);
    this.sequences = new SequenceSampling(model, text, encoder);
  }

  /**
   * Samples modalities into rows.
   *
   * @param rows rows with their conditions; what is sampled is added to them
   * @param chain what to sample, in order
   * @param seed seed of the request
   * @param firstRow number of the first row, so that a request can be split into batches
   */
  public void sample(List<Row> rows, List<Link> chain, long seed, long firstRow) {
    sample(rows, chain, seed, firstRow, SamplingListener.NONE);
  }

  /**
   * Samples modalities into rows, and tells of each that is finished.
   *
   * @param rows rows with their conditions; what is sampled is added to them
   * @param chain what to sample, in order
   * @param seed seed of the request
   * @param firstRow number of the first row, so that a request can be split into batches
   * @param listener hears of finished links and may end the sampling
   * @throws java.util.concurrent.CancellationException if the listener ends it
   */
  public void sample(
      List<Row> rows, List<Link> chain, long seed, long firstRow, SamplingListener listener) {
    sample(
        rows,
        chain,
        (row, modality) -> StreamRandom.at(seed, "sampling", firstRow + row, modality),
        listener);
  }

  /**
   * Samples modalities into rows of several requests. A row draws what it would as the first row of
   * a request with its seed.
   *
   * @param rows rows with their conditions; what is sampled is added to them
   * @param chain what to sample, in order
   * @param seeds seed of each row
   * @param listener hears of finished links and may end the sampling
   * @throws java.util.concurrent.CancellationException if the listener ends it
   */
  public void sample(List<Row> rows, List<Link> chain, long[] seeds, SamplingListener listener) {
    sample(
        rows,
        chain,
        (row, modality) -> StreamRandom.at(seeds[row], "sampling", 0, modality),
        listener);
  }

  /** The chance of each row and modality. */
  private interface Chance {
    StreamRandom of(int row, int modality);
  }

  private void sample(List<Row> rows, List<Link> chain, Chance chance, SamplingListener listener) {
    boolean[] conditions = rows.get(0).conditions();
    for (int i = 0; i < chain.size(); i++) {
      SamplingStep step = step(rows, chain.subList(i, chain.size()), conditions, chance);
      Autograd.pause(
          () -> {
            if (model.modalities().get(step.modality()).kind() instanceof Kind.TokenGrid) {
              grids.sample(step);
            } else {
              sequences.sample(step);
            }
            return null;
          });
      listener.finished(chain.get(i), rows);
    }
  }

  /** The first of some links to come. */
  private SamplingStep step(List<Row> rows, List<Link> rest, boolean[] conditions, Chance chance) {
    Link link = rest.get(0);
    StreamRandom[] random = new StreamRandom[rows.size()];
    Arrays.setAll(random, r -> chance.of(r, link.modality()));
    return new SamplingStep(link, rows, conditions, pendingSequences(rest), random);
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
    SamplingStep step =
        step(
            rows,
            List.of(link),
            rows.get(0).conditions(),
            (row, modality) -> StreamRandom.at(seed, "sampling", firstRow + row, modality));
    GridSampling.Plan plan = grids.plan(step);
    if (plan.counts().length == 0) {
      return given;
    }
    int[][] places = GridSampling.places(step, plan.counts()[0], plan.roar());
    float[] logits = given == null ? Autograd.pause(() -> grids.logits(step, places)) : given;
    grids.write(step, places, logits, plan.counts()[0], plan.temperatures()[0]);
    return logits;
  }

  private List<Integer> pendingSequences(List<Link> rest) {
    return rest.stream()
        .map(Link::modality)
        .filter(m -> !(model.modalities().get(m).kind() instanceof Kind.TokenGrid))
        .toList();
  }
}
