package org.anymod.core.benchmark;

import ai.djl.Device;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.anymod.core.benchmark.SampleFigures.Chain;
import org.anymod.core.benchmark.SampleFigures.Comparison;
import org.anymod.core.benchmark.SampleFigures.Result;
import org.anymod.core.benchmark.SampleFigures.Text;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.ModelModality;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.Guidance;
import org.anymod.core.sampling.Known;
import org.anymod.core.sampling.Link;
import org.anymod.core.sampling.Row;
import org.anymod.core.sampling.Sampler;
import org.anymod.core.sampling.SamplingListener;
import org.anymod.spi.Kind;
import org.anymod.torch.Precision;
import org.anymod.torch.StreamRandom;

/**
 * Times sampling from pixels with a model of random weights: a text with and without caches, a grid
 * with and without guidance, and chains of more and more outputs.
 */
public final class SampleBenchmark {
  private static final int CONTEXT_GRIDS = 8;

  private final Settings settings;
  private final int pixels;
  private final List<Integer> grids;
  private final List<Integer> texts;

  /**
   * What is measured.
   *
   * @param model sizes
   * @param modalities modalities in model order, with pixels, grids and texts
   * @param special special tokens of the texts
   * @param textTokens most tokens of a text, at least 1
   * @param steps MaskGIT steps of the guided grid, at least 1
   * @param outputs lengths of the chains, each at least 1
   * @param repeats how often texts and grids are timed, at least 1
   * @param seed seed of weights and choices
   * @param device where to compute
   * @param precision type of the model's matrix products
   */
  public record Settings(
      ModelRecipe model,
      List<ModelModality> modalities,
      FixedTokens special,
      int textTokens,
      int steps,
      List<Integer> outputs,
      int repeats,
      long seed,
      Device device,
      Precision precision) {

    /** Checks the numbers. */
    public Settings {
      outputs = List.copyOf(outputs);
      if (textTokens < 1 || steps < 1 || repeats < 1 || outputs.stream().anyMatch(n -> n < 1)) {
        throw new IllegalArgumentException(
            "text tokens is %d, steps %d, repeats %d and outputs %s, each must be at least 1"
                .formatted(textTokens, steps, repeats, outputs));
      }
    }
  }

  /**
   * Prepares a measurement.
   *
   * @param settings what is measured
   * @throws IllegalArgumentException if pixels, grids or texts are missing, or a chain is longer
   *     than there are outputs
   */
  public SampleBenchmark(Settings settings) {
    this.settings = settings;
    this.pixels = ofKind(Kind.PixelPatches.class).stream().findFirst().orElse(-1);
    // The largest first: a set of a few global codes is no picture.
    this.grids =
        ofKind(Kind.TokenGrid.class).stream()
            .sorted(Comparator.comparingInt(m -> -settings.modalities().get(m).kind().maxTokens()))
            .toList();
    this.texts = ofKind(Kind.TextSequence.class);
    int outputs = grids.size() + texts.size();
    if (pixels < 0 || grids.isEmpty() || texts.isEmpty()) {
      throw new IllegalArgumentException("sampling is measured with pixels, a grid and a text");
    }
    for (int count : settings.outputs()) {
      if (count > outputs) {
        throw new IllegalArgumentException(
            "outputs is " + count + ", must be 1 to " + outputs + ", the outputs of the model");
      }
    }
  }

  private List<Integer> ofKind(Class<? extends Kind> kind) {
    return IntStream.range(0, settings.modalities().size())
        .filter(m -> kind.isInstance(settings.modalities().get(m).kind()))
        .boxed()
        .toList();
  }

  /**
   * Measures.
   *
   * @return the figures
   */
  public Result run() {
    try (AnyToAnyModel model =
        new AnyToAnyModel(
            settings.model(),
            settings.modalities(),
            settings.seed(),
            settings.device(),
            settings.precision())) {
      Sampler cached = new Sampler(model, new EndlessTokens(settings.special()));
      Sampler recomputed = Sampler.withoutCaches(model, new EndlessTokens(settings.special()));
      cached.sample(rows(0), List.of(grid(grids.get(0), 1.0)), 0, 0);
      int live = model.scope().liveTensors();
      List<Text> both =
          List.of(text(cached, recomputed, 0), text(cached, recomputed, CONTEXT_GRIDS));
      List<Link> unguided = List.of(grid(grids.get(0), 1.0));
      List<Link> guided = List.of(grid(grids.get(0), 2.0));
      Comparison guidance = compare(() -> time(cached, unguided, 0), () -> time(cached, guided, 0));
      List<Chain> chains = settings.outputs().stream().map(count -> chain(cached, count)).toList();
      return new Result(
          settings.modalities().size(),
          model.parameters().count(),
          both,
          guidance,
          chains,
          model.scope().liveTensors() - live);
    }
  }

  private Text text(Sampler cached, Sampler recomputed, int context) {
    List<Link> all = List.of(text(texts.get(0), settings.textTokens()));
    List<Link> first = List.of(text(texts.get(0), 1));
    Comparison whole =
        compare(() -> time(cached, all, context), () -> time(recomputed, all, context));
    Comparison one =
        compare(() -> time(cached, first, context), () -> time(recomputed, first, context));
    int visible =
        IntStream.range(0, settings.modalities().size())
            .filter(m -> rows(context).get(0).get(m) != null)
            .map(m -> rows(context).get(0).get(m).shown())
            .sum();
    return new Text(
        visible,
        whole.tokens(),
        whole,
        one,
        (whole.secondProcessorSeconds() - one.secondProcessorSeconds())
            / (whole.firstProcessorSeconds() - one.firstProcessorSeconds()));
  }

  private Link text(int modality, int tokens) {
    SamplingRecipe recipe =
        new SamplingRecipe(
            "maskgit", 1, "linear", 1.0, "constant", 0, 0.8, 1.0, 0.0, tokens, false);
    return new Link(modality, recipe, Guidance.NONE);
  }

  private Link grid(int modality, double scale) {
    SamplingRecipe recipe =
        new SamplingRecipe("maskgit", settings.steps(), "cosine", 1.0, "constant", 0, 0.8, scale);
    return new Link(modality, recipe);
  }

  /** A row with pixels and a number of known grids. */
  private List<Row> rows(int context) {
    Row row = new Row(settings.modalities().size());
    Kind.PixelPatches kind = (Kind.PixelPatches) settings.modalities().get(pixels).kind();
    float[] values = new float[kind.channels() * kind.height() * kind.width()];
    StreamRandom random = StreamRandom.at(settings.seed(), "benchmark pixels");
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    row.set(pixels, new Known.Pixels(values, kind.maxTokens()));
    List<Integer> shown = grids.subList(0, Math.min(context, grids.size()));
    for (int m : shown) {
      int places = settings.modalities().get(m).kind().maxTokens();
      int[] tokens = random.ints(places, 0, settings.modalities().get(m).vocabulary()).toArray();
      boolean[] visible = new boolean[places];
      Arrays.fill(visible, true);
      row.set(m, new Known.Grid(tokens, visible));
    }
    return List.of(row);
  }

  private record Time(long nanos, long processorNanos, int tokens) {}

  private interface Measured {
    Time once();
  }

  private Comparison compare(Measured first, Measured second) {
    Timings[] wall = {new Timings(), new Timings()};
    long[] processor = new long[2];
    int tokens = 0;
    // Taken in turns, so that what else the machine does meets both.
    for (int i = 0; i < settings.repeats(); i++) {
      for (int way = 0; way < 2; way++) {
        Time time = (way == 0 ? first : second).once();
        wall[way].add(time.nanos());
        processor[way] += time.processorNanos();
        tokens = time.tokens();
      }
    }
    return new Comparison(
        tokens,
        wall[0].median() / 1e9,
        wall[1].median() / 1e9,
        processor[0] / 1e9 / settings.repeats(),
        processor[1] / 1e9 / settings.repeats(),
        wall[1].median() / wall[0].median(),
        (double) processor[1] / processor[0]);
  }

  private Time time(Sampler sampler, List<Link> chain, int context) {
    List<Row> rows = rows(context);
    long processor = ProcessTime.nanos();
    long start = System.nanoTime();
    sampler.sample(rows, chain, settings.seed(), 0);
    long nanos = System.nanoTime() - start;
    return new Time(nanos, ProcessTime.nanos() - processor, tokens(rows, chain));
  }

  private static int tokens(List<Row> rows, List<Link> chain) {
    return chain.stream().mapToInt(link -> rows.get(0).get(link.modality()).shown()).sum();
  }

  /** Grids and texts in turns, so that chains of all lengths are made of about the same. */
  private List<Link> links(int count) {
    SamplingRecipe once = new SamplingRecipe("roar", 1, "linear", 0.01, "constant", 0, 0.8, 1.0);
    List<Link> links = new ArrayList<>();
    for (int i = 0; links.size() < count; i++) {
      if (i < grids.size()) {
        links.add(new Link(grids.get(i), once));
      }
      if (i < texts.size() && links.size() < count) {
        links.add(text(texts.get(i), settings.textTokens()));
      }
    }
    return links;
  }

  private Chain chain(Sampler sampler, int count) {
    List<Link> links = links(count);
    List<Row> rows = rows(0);
    PartTimes parts = new PartTimes();
    long processor = ProcessTime.nanos();
    long start = System.nanoTime();
    parts.last = start;
    sampler.sample(rows, links, settings.seed(), 0, parts);
    double seconds = (System.nanoTime() - start) / 1e9;
    int tokens = tokens(rows, links);
    return new Chain(
        count,
        tokens,
        seconds,
        seconds / tokens,
        parts.gridTokens,
        parts.gridNanos / 1e9,
        tokens - parts.gridTokens,
        parts.textNanos / 1e9,
        (ProcessTime.nanos() - processor) / 1e9);
  }

  /** Adds up what grids and texts take. */
  private static final class PartTimes implements SamplingListener {
    private long last;
    private long gridNanos;
    private long textNanos;
    private int gridTokens;

    @Override
    public void finished(Link link, List<Row> rows) {
      long now = System.nanoTime();
      Known known = rows.get(0).get(link.modality());
      if (known instanceof Known.Grid) {
        gridNanos += now - last;
        gridTokens += known.shown();
      } else {
        textNanos += now - last;
      }
      last = now;
    }
  }
}
