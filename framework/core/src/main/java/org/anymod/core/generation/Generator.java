package org.anymod.core.generation;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.core.pipeline.Run;

/**
 * Answers requests with a trained model, or with a chain of two of which the second refines what
 * the first has drawn, as in super-resolution. Built once; any number of threads may ask at the
 * same time. Requests that ask for the same in the same way are drawn in one batch; what a request
 * gets is a function of the request alone.
 *
 * <pre>{@code
 * try (Generator generator = Generator.open(run)) {
 *   Result result =
 *       generator.sample(Request.builder().given("rgb", picture).outputs("depth").build());
 *   Value depth = result.samples().get(0).values().get("tok_depth@224");
 * }
 * }</pre>
 *
 * <p>The tensors of one request are freed with it.
 */
public final class Generator implements AutoCloseable {
  private final List<LoadedModel> models;
  private final Planner planner;
  private final JobQueue queue = new JobQueue();
  private final Worker worker;
  private final Thread thread;

  private Generator(List<LoadedModel> models, GeneratorOptions options) {
    this.models = models;
    this.planner = new Planner(models.stream().map(LoadedModel::run).toList(), options.presets());
    this.worker = new Worker(models, queue, options.batch());
    this.thread = new Thread(worker, "anymod-generator");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Opens the newest weights of a run.
   *
   * @param run the run
   * @return the generator; closing it frees its tensors
   * @throws IOException if the run is not trained or a file does not fit
   */
  public static Generator open(Run run) throws IOException {
    return open(List.of(run), GeneratorOptions.DEFAULT);
  }

  /**
   * Opens a chain of models.
   *
   * @param runs one run, or two of which the second takes what it can read of the first one's
   *     outputs
   * @param options how to work
   * @return the generator; closing it frees its tensors
   * @throws IOException if a run is not trained, a file does not fit, or the second model was
   *     trained on other tokens than the first one draws
   */
  public static Generator open(List<Run> runs, GeneratorOptions options) throws IOException {
    if (runs.isEmpty() || runs.size() > 2) {
      throw new IllegalArgumentException(
          "there are " + runs.size() + " runs in the chain, must be one or two");
    }
    List<LoadedModel> models = new ArrayList<>();
    try {
      for (Run run : runs) {
        models.add(LoadedModel.open(run));
      }
      if (models.size() > 1) {
        checkChain(models.get(0), models.get(1));
      }
      return new Generator(models, options);
    } catch (IOException | RuntimeException e) {
      models.forEach(LoadedModel::close);
      throw e;
    }
  }

  private static void checkChain(LoadedModel first, LoadedModel second) throws DatasetException {
    List<String> problems = new ArrayList<>();
    for (UsedModality modality : first.run().modalities().all()) {
      String key = modality.key();
      boolean shared =
          modality.declaration().isOutput()
              && modality.isTokens()
              && second.run().modalities().all().stream()
                  .anyMatch(m -> m.key().equals(key) && m.declaration().isInput());
      if (shared) {
        TokenContract drawn = first.contracts().get(key);
        List<String> differences = drawn.checkMeaning(second.contracts().get(key));
        if (!differences.isEmpty()) {
          problems.add(key + ": " + String.join("; ", differences));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw new DatasetException(
          "the second model of the chain reads other tokens than the first one draws; train both"
              + " with the same tokenizers:\n  "
              + String.join("\n  ", problems));
    }
  }

  /**
   * Answers a request and waits for it. If the waiting thread is interrupted, the request ends.
   *
   * @param request the request
   * @return the answer
   * @throws InterruptedException if the waiting thread is interrupted
   * @throws RequestException if the request cannot be answered
   * @throws GenerationException if answering it failed
   * @throws java.util.concurrent.CancellationException if the generator is closed meanwhile
   */
  public Result sample(Request request) throws InterruptedException {
    Pending pending = submit(request, OutputListener.NONE);
    try {
      return pending.await();
    } catch (InterruptedException e) {
      pending.cancel();
      throw e;
    }
  }

  /**
   * Answers a request within a time; if it is over, the request ends.
   *
   * @param request the request
   * @param most how long to wait
   * @return the answer
   * @throws InterruptedException if the waiting thread is interrupted
   * @throws TimeoutException if there is no answer in that time
   * @throws RequestException if the request cannot be answered
   * @throws GenerationException if answering it failed
   * @throws java.util.concurrent.CancellationException if the generator is closed meanwhile
   */
  public Result sample(Request request, Duration most)
      throws InterruptedException, TimeoutException {
    Pending pending = submit(request, OutputListener.NONE);
    try {
      return pending.await(most);
    } catch (InterruptedException | TimeoutException e) {
      pending.cancel();
      throw e;
    }
  }

  /**
   * Hands a request over without waiting.
   *
   * @param request the request
   * @param listener hears of outputs as they are finished
   * @return the request on its way
   * @throws RequestException if it is clear already that the request cannot be answered
   * @throws IllegalStateException if the generator is closed
   */
  public Pending submit(Request request, OutputListener listener) {
    Job job = new Job(request, planner.plan(request), listener);
    queue.add(job);
    return new Pending(job);
  }

  /**
   * Hands requests over at once, without waiting. Those that are drawn in the same way share
   * batches; of which requests these are made is always the same where nothing else is asked at
   * that time.
   *
   * @param requests the requests
   * @return the requests on their way
   * @throws RequestException if it is clear already that one of them cannot be answered; none of
   *     them is handed over then
   * @throws IllegalStateException if the generator is closed
   */
  public List<Pending> submitTogether(List<Request> requests) {
    List<Job> jobs =
        requests.stream()
            .map(request -> new Job(request, planner.plan(request), OutputListener.NONE))
            .toList();
    queue.addAll(jobs);
    return jobs.stream().map(Pending::new).toList();
  }

  /**
   * Returns what checks requests without drawing anything.
   *
   * @return the planner of this generator
   */
  public Planner planner() {
    return planner;
  }

  /**
   * Checks a request as far as that goes without looking into its values.
   *
   * @param request the request
   * @return model keys that will be drawn and decoded, in order
   * @throws RequestException if the request cannot be answered
   */
  public List<String> check(Request request) {
    return planner.outputs(request).stream()
        .filter(PlannedOutput::decoded)
        .map(PlannedOutput::key)
        .toList();
  }

  /**
   * Returns a modality that this generator draws.
   *
   * @param key model key
   * @return the modality of the first model that has it as an output
   * @throws RequestException if there is none
   */
  public UsedModality output(String key) {
    return models.stream()
        .flatMap(model -> model.run().modalities().all().stream())
        .filter(m -> m.declaration().isOutput() && m.key().equals(key))
        .findFirst()
        .orElseThrow(() -> new RequestException("'" + key + "' is no output of this generator"));
  }

  /**
   * Returns the runs of the chain.
   *
   * @return one run or two
   */
  public List<Run> runs() {
    return models.stream().map(LoadedModel::run).toList();
  }

  /**
   * Returns what was done so far.
   *
   * @return the figures of this moment
   */
  public GeneratorFigures figures() {
    return new GeneratorFigures(
        queue.size(),
        worker.batches(),
        worker.samples(),
        models.stream().mapToInt(LoadedModel::liveTensors).sum());
  }

  /** Cancels all requests, waits for the step that is under way, and frees the models. */
  @Override
  public void close() {
    worker.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    models.forEach(LoadedModel::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
