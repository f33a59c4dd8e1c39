package org.anymod.serve;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import org.anymod.core.Progress;
import org.anymod.core.generation.FinishedOutput;
import org.anymod.core.generation.Generator;
import org.anymod.core.generation.GeneratorOptions;
import org.anymod.core.generation.Pending;
import org.anymod.core.generation.Planner;
import org.anymod.core.generation.Presets;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.training.TextCodes;
import org.anymod.spi.Value;

/** Lets the models answer jobs, and counts the tokens that they make. */
final class Generation implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Generator generator;
  private final Presets presets;
  private final TokenCount tokens;

  private Generation(Generator generator, Presets presets, TokenCount tokens) {
    this.generator = generator;
    this.presets = presets;
    this.tokens = tokens;
  }

  static Generation open(ServedModels models, Presets presets) throws IOException {
    TokenCount tokens = new TokenCount(new TextCodes(models.first().vocabulary(Progress.silent())));
    Generator generator = Generator.open(models.runs(), GeneratorOptions.DEFAULT.with(presets));
    return new Generation(generator, presets, tokens);
  }

  /** Returns what checks requests without running them. */
  Planner planner() {
    return generator.planner();
  }

  /** Returns the names of sampling settings that requests can name. */
  List<String> presets() {
    return presets.names();
  }

  /** Returns how many tensors are alive. */
  int liveTensors() {
    return generator.figures().liveTensors();
  }

  /**
   * Runs a job; its outputs go to it as they finish. They are shown on this thread, so that the
   * model goes on meanwhile.
   *
   * @throws CancellationException if the job's stop signal ended it
   */
  void run(Job job, LongConsumer generated) throws InterruptedException {
    BlockingQueue<FinishedOutput> finished = new LinkedBlockingQueue<>();
    Pending pending = generator.submit(job.request().request(), finished::add);
    while (true) {
      try {
        pending.await(LOOK);
        show(job, finished, generated);
        return;
      } catch (TimeoutException e) {
        show(job, finished, generated);
      }
      if (job.stopSignal().requested()) {
        pending.cancel();
        throw new CancellationException("job " + job.id() + " was told to stop");
      }
    }
  }

  private void show(Job job, BlockingQueue<FinishedOutput> finished, LongConsumer generated) {
    FinishedOutput output = finished.poll();
    while (output != null) {
      UsedModality modality = generator.output(output.key());
      for (Value value : output.values()) {
        generated.accept(tokens.of(modality, value));
      }
      job.finished(
          output.key(),
          output.values().stream().map(value -> ShownValue.of(modality, value)).toList());
      output = finished.poll();
    }
  }

  @Override
  public void close() {
    generator.close();
  }
}
