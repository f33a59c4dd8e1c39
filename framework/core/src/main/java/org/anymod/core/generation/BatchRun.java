package org.anymod.core.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.core.pipeline.ModelValues;
import org.anymod.core.sampling.Known;
import org.anymod.core.sampling.Link;
import org.anymod.core.sampling.Row;
import org.anymod.core.sampling.SamplingListener;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/** Draws samples of jobs with equal plans together, model after model. */
final class BatchRun {
  private final List<LoadedModel> models;
  private final List<ModelValues> values;
  private final List<Job.Slice> slices;
  private final BooleanSupplier closing;
  private final long[] seeds;
  private final Plan plan;

  BatchRun(
      List<LoadedModel> models,
      List<ModelValues> values,
      List<Job.Slice> slices,
      BooleanSupplier closing) {
    this.models = models;
    this.values = values;
    this.slices = slices;
    this.closing = closing;
    this.seeds = slices.stream().flatMapToLong(s -> Arrays.stream(s.seeds())).toArray();
    this.plan = slices.get(0).job().plan();
  }

  /** Makes rows of what a job gives to each model, so that its mistakes are its own. */
  static void prepare(Job.Slice slice, List<LoadedModel> models, List<ModelValues> values) {
    for (Plan.Stage stage : slice.job().plan().stages()) {
      inputs(slice, stage, models, values).rows(Arrays.copyOf(slice.seeds(), 1));
    }
  }

  private static StageInputs inputs(
      Job.Slice slice, Plan.Stage stage, List<LoadedModel> models, List<ModelValues> values) {
    int modalities = models.get(stage.number()).run().modalities().all().size();
    return slice
        .job()
        .inputs(
            stage.number(), () -> new StageInputs(values.get(stage.number()), modalities, stage));
  }

  /**
   * Draws everything.
   *
   * @throws java.util.concurrent.CancellationException if nobody waits for it any more
   */
  void run() {
    List<Row> before = List.of();
    for (Plan.Stage stage : plan.stages()) {
      List<Row> rows = new ArrayList<>();
      for (Job.Slice slice : slices) {
        rows.addAll(inputs(slice, stage, models, values).rows(slice.seeds()));
      }
      for (Plan.Carried carried : stage.carried()) {
        for (int i = 0; i < rows.size(); i++) {
          rows.get(i).set(carried.to(), carry(stage, carried, before.get(i)));
        }
      }
      sample(stage, rows);
      before = rows;
    }
  }

  /** Texts keep their meaning across vocabularies; other tokens are the same in both models. */
  private Known carry(Plan.Stage stage, Plan.Carried carried, Row row) {
    Known known = row.get(carried.from());
    LoadedModel from = models.get(plan.stages().get(0).number());
    LoadedModel to = models.get(stage.number());
    if (known instanceof Known.Sequence sequence
        && !from.vocabulary().identity().equals(to.vocabulary().identity())) {
      String text = from.vocabulary().decode(sequence.ids());
      return new Known.Sequence(to.vocabulary().encode(text));
    }
    return known instanceof Known.Grid grid
        ? new Known.Grid(grid.tokens().clone(), grid.visible().clone())
        : known;
  }

  private void sample(Plan.Stage stage, List<Row> rows) {
    LoadedModel model = models.get(stage.number());
    List<Link> chain = stage.steps().stream().map(Plan.Step::link).toList();
    model.sampler().sample(rows, chain, seeds(stage.number()), new Finisher(stage));
  }

  /** Every model of a chain draws from seeds of its own. */
  private long[] seeds(int stage) {
    return stage == 0
        ? seeds
        : Arrays.stream(seeds).map(s -> StreamRandom.at(s, "stage", stage).nextLong()).toArray();
  }

  /** Decodes outputs as they come, for all rows at once, and hands them to their jobs. */
  private final class Finisher implements SamplingListener {
    private final Plan.Stage stage;
    private final List<String> conditions = new ArrayList<>();
    private long since = System.nanoTime();

    Finisher(Plan.Stage stage) {
      this.stage = stage;
      ModalitySet modalities = models.get(stage.number()).run().modalities();
      stage.inputs().forEach(in -> conditions.add(modalities.all().get(in.index()).key()));
      stage.carried().forEach(c -> conditions.add(modalities.all().get(c.to()).key()));
    }

    @Override
    public boolean stopped() {
      return closing.getAsBoolean() || slices.stream().allMatch(s -> s.job().isOver());
    }

    @Override
    public void finished(Link link, List<Row> rows) {
      Plan.Step step =
          stage.steps().stream()
              .filter(s -> s.link().modality() == link.modality())
              .findFirst()
              .orElseThrow();
      UsedModality modality = step.modality();
      long sampled = System.nanoTime();
      if (step.decoded()) {
        hand(modality, decode(modality, link, rows));
      }
      long decoded = System.nanoTime();
      OutputReport report =
          new OutputReport(
              modality.key(),
              stage.number(),
              link.settings(),
              conditions,
              Duration.ofNanos(sampled - since),
              Duration.ofNanos(step.decoded() ? decoded - sampled : 0),
              rows.size());
      slices.forEach(slice -> slice.job().report(report));
      conditions.add(modality.key());
      since = decoded;
    }

    private List<Value> decode(UsedModality modality, Link link, List<Row> rows) {
      List<Known> known = rows.stream().map(row -> row.get(link.modality())).toList();
      long[] noise =
          Arrays.stream(seeds)
              .map(seed -> StreamRandom.at(seed, "decoding " + modality.key()).nextLong())
              .toArray();
      return values.get(stage.number()).read(modality, known, noise);
    }

    private void hand(UsedModality modality, List<Value> drawn) {
      int at = 0;
      for (Job.Slice slice : slices) {
        slice.job().finished(modality.key(), slice.first(), drawn.subList(at, at + slice.count()));
        at += slice.count();
      }
    }
  }
}
