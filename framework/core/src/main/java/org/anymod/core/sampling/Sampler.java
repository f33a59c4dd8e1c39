package org.anymod.core.sampling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Kind;
import org.anymod.torch.Autograd;

/**
 * Samples modalities of a model one after the other; each sampled modality is a condition of the
 * next. What a row draws is a function of the seed and the row's number, whatever rows are sampled
 * with it. For use by one thread at a time.
 */
public final class Sampler {
  private final AnyToAnyModel model;
  private final SpecialTokens text;
  private final ChainChecks checks;
  private final GridSampling grids;
  private final SequenceSampling sequences;

  /**
   * Creates a sampler.
   *
   * @param model the model
   * @param text the vocabulary of text-like modalities
   */
  public Sampler(AnyToAnyModel model, TextTokenizer text) {
    this(model, SpecialTokens.of(text));
  }

  /**
   * Creates a sampler.
   *
   * @param model the model
   * @param text special tokens of sequences
   */
  public Sampler(AnyToAnyModel model, SpecialTokens text) {
    this(model, text, true);
  }

  private Sampler(AnyToAnyModel model, SpecialTokens text, boolean caches) {
    this.model = model;
    this.text = text;
    this.checks = new ChainChecks(model.modalities());
    RowEncoder encoder = new RowEncoder(model);
    this.grids = new GridSampling(model, encoder);
    this.sequences = new SequenceSampling(model, text, encoder, caches);
  }

  /**
   * Creates a sampler that decodes the whole sequence again for each of its ids. It gives the same
   * ids and is there to compare with.
   *
   * @param model the model
   * @param text special tokens of sequences
   * @return the sampler
   */
  public static Sampler withoutCaches(AnyToAnyModel model, SpecialTokens text) {
    return new Sampler(model, text, false);
  }

  /**
   * Samples modalities into rows.
   *
   * @param rows rows with their conditions; what is sampled is added to them
   * @param chain what to sample, in order
   * @param seed seed of the request
   * @param firstRow number of the first row, so that a request can be split into batches
   * @throws IllegalArgumentException if rows or chain do not fit the model or each other; no row is
   *     changed then
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
   * @throws IllegalArgumentException if rows or chain do not fit the model or each other; no row is
   *     changed then
   * @throws java.util.concurrent.CancellationException if the listener ends it; rows then know what
   *     was finished, and of a grid what was decided
   */
  public void sample(
      List<Row> rows, List<Link> chain, long seed, long firstRow, SamplingListener listener) {
    sample(rows, chain, new SeededChoices(seed, firstRow), listener);
  }

  /**
   * Samples modalities into rows of several requests. A row draws what it would as the first row of
   * a request with its seed.
   *
   * @param rows rows with their conditions; what is sampled is added to them
   * @param chain what to sample, in order
   * @param seeds seed of each row
   * @param listener hears of finished links and may end the sampling
   * @throws IllegalArgumentException if rows or chain do not fit the model or each other; no row is
   *     changed then
   * @throws java.util.concurrent.CancellationException if the listener ends it
   */
  public void sample(List<Row> rows, List<Link> chain, long[] seeds, SamplingListener listener) {
    if (seeds.length != rows.size()) {
      throw new IllegalArgumentException(
          "there are " + seeds.length + " seeds for " + rows.size() + " rows");
    }
    sample(rows, chain, new SeededChoices(seeds), listener);
  }

  /** Samples with choices that need not come from a seed. */
  void sample(List<Row> rows, List<Link> chain, Choices choices, SamplingListener listener) {
    Set<Integer> given = checks.given(rows);
    checks.check(chain, given);
    List<List<Link>> groups = LinkGroups.of(chain, model.modalities());
    List<Passes> passes = passes(groups, given);
    Autograd.pause(
        () -> {
          try (TokenBank bank = new TokenBank(model, text)) {
            for (int g = 0; g < groups.size(); g++) {
              Set<Integer> pending = pendingSequences(groups.subList(g, groups.size()));
              ChainState state = new ChainState(rows, bank, pending, choices, listener);
              sample(state, groups.get(g), passes.get(g));
            }
          }
          return null;
        });
  }

  private List<Passes> passes(List<List<Link>> groups, Set<Integer> given) {
    PassPlan plan = new PassPlan(model.modalities(), given);
    List<Integer> finished = new ArrayList<>();
    List<Passes> passes = new ArrayList<>();
    for (List<Link> group : groups) {
      passes.add(plan.of(group, finished));
      group.forEach(link -> finished.add(link.modality()));
    }
    return passes;
  }

  private void sample(ChainState state, List<Link> group, Passes passes) {
    state.checkStopped();
    if (isGrid(group.get(0))) {
      grids.sample(state, group, passes);
    } else {
      sequences.sample(state, group.get(0), passes);
    }
    for (Link link : group) {
      state.bank().forget(link.modality());
      state.listener().finished(link, state.rows());
    }
  }

  /**
   * Samples one modality several times with the same conditions, each time as {@link #sample} does
   * with that seed. A sequence is encoded once for all times; where a grid is drawn in one step,
   * the model runs once for all.
   *
   * @param rows rows with their conditions, left as they are
   * @param link what to sample
   * @param seeds seed of each time
   * @param firstRow number of the first row
   * @return for each seed a copy of the rows with what was sampled
   * @throws IllegalArgumentException if rows or link do not fit the model or each other
   */
  public List<List<Row>> sampleEach(List<Row> rows, Link link, long[] seeds, long firstRow) {
    Set<Integer> given = checks.given(rows);
    checks.check(List.of(link), given);
    List<List<Row>> results = new ArrayList<>();
    for (int i = 0; i < seeds.length; i++) {
      results.add(rows.stream().map(Row::copy).toList());
    }
    List<Choices> times =
        Arrays.stream(seeds).<Choices>mapToObj(seed -> new SeededChoices(seed, firstRow)).toList();
    Passes passes = passes(List.of(List.of(link)), given).get(0);
    if (!isGrid(link)) {
      sequencesEach(results, link, passes, times);
    } else if (link.settings().steps() == 1) {
      gridsEach(results, link, passes, times);
    } else {
      for (int i = 0; i < seeds.length; i++) {
        sample(results.get(i), List.of(link), times.get(i), SamplingListener.NONE);
      }
    }
    return results;
  }

  private void sequencesEach(
      List<List<Row>> results, Link link, Passes passes, List<Choices> times) {
    Autograd.pause(
        () -> {
          try (TokenBank bank = new TokenBank(model, text)) {
            List<Row> rows = results.get(0).stream().map(Row::copy).toList();
            ChainState state = state(rows, bank, link, times.get(0));
            List<int[][]> drawn = sequences.draw(state, link, passes, times);
            for (int i = 0; i < drawn.size(); i++) {
              SequenceSampling.write(results.get(i), link, drawn.get(i));
            }
          }
          return null;
        });
  }

  /** All places are drawn from the same logits, computed once. */
  private void gridsEach(List<List<Row>> results, Link link, Passes passes, List<Choices> times) {
    Autograd.pause(
        () -> {
          try (TokenBank bank = new TokenBank(model, text)) {
            List<float[]> logits = null;
            for (int i = 0; i < results.size(); i++) {
              ChainState state = state(results.get(i), bank, link, times.get(i));
              logits = grids.sampleAtOnce(state, link, passes, logits);
            }
          }
          return null;
        });
  }

  private ChainState state(List<Row> rows, TokenBank bank, Link link, Choices choices) {
    Set<Integer> pending = pendingSequences(List.of(List.of(link)));
    return new ChainState(rows, bank, pending, choices, SamplingListener.NONE);
  }

  private boolean isGrid(Link link) {
    return model.modalities().get(link.modality()).kind() instanceof Kind.TokenGrid;
  }

  private Set<Integer> pendingSequences(List<List<Link>> rest) {
    Set<Integer> pending = new TreeSet<>();
    rest.stream()
        .flatMap(List::stream)
        .filter(link -> !isGrid(link) && link.settings().announced())
        .forEach(link -> pending.add(link.modality()));
    return pending;
  }
}
