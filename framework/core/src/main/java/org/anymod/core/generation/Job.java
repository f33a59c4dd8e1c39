package org.anymod.core.generation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * A request on its way: what is drawn of it, and what was. Its mutable parts belong to the worker.
 */
final class Job {
  /** Seeds keep to whole numbers that every reader of JSON takes exactly. */
  private static final int SEED_SHIFT = 11;

  private final Request request;
  private final Plan plan;
  private final List<Object> signature;
  private final OutputListener listener;
  private final CompletableFuture<Result> answer = new CompletableFuture<>();
  private final List<Map<String, Value>> values = new ArrayList<>();
  private final Map<String, OutputReport> reports = new LinkedHashMap<>();
  private final Map<Integer, StageInputs> inputs = new HashMap<>();
  private volatile boolean cancelled;
  private int next;

  Job(Request request, Plan plan, OutputListener listener) {
    this.request = request;
    this.plan = plan;
    this.signature = plan.signature();
    this.listener = listener;
  }

  /** Samples of a job that are drawn together. */
  record Slice(Job job, int first, int count) {
    long[] seeds() {
      long[] seeds = new long[count];
      for (int i = 0; i < count; i++) {
        seeds[i] = seed(job.request.seed(), first + i);
      }
      return seeds;
    }
  }

  static long seed(long request, int sample) {
    return sample == 0
        ? request
        : StreamRandom.at(request, "sample", sample).nextLong() >>> SEED_SHIFT;
  }

  Plan plan() {
    return plan;
  }

  CompletableFuture<Result> answer() {
    return answer;
  }

  boolean fits(Job other) {
    return signature.equals(other.signature);
  }

  /** Takes the next samples, at most the given number. */
  Slice take(int most) {
    Slice slice = new Slice(this, next, Math.min(most, request.samples() - next));
    next += slice.count();
    return slice;
  }

  boolean isAllTaken() {
    return next == request.samples();
  }

  void cancel() {
    cancelled = true;
    answer.cancel(false);
  }

  /** Whether nobody waits for it any more. */
  boolean isOver() {
    return cancelled || answer.isDone();
  }

  StageInputs inputs(int stage, Supplier<StageInputs> maker) {
    StageInputs known = inputs.get(stage);
    if (known == null) {
      known = maker.get();
      inputs.put(stage, known);
    }
    return known;
  }

  void finished(String key, int first, List<Value> drawn) {
    while (values.size() < first + drawn.size()) {
      values.add(new LinkedHashMap<>());
    }
    for (int i = 0; i < drawn.size(); i++) {
      values.get(first + i).put(key, drawn.get(i));
    }
    listener.finished(new FinishedOutput(key, first, drawn));
  }

  void report(OutputReport report) {
    reports.merge(report.stage() + " " + report.key(), report, Job::sum);
  }

  private static OutputReport sum(OutputReport a, OutputReport b) {
    Duration sampling = a.sampling().plus(b.sampling());
    Duration decoding = a.decoding().plus(b.decoding());
    return new OutputReport(
        a.key(),
        a.stage(),
        a.settings(),
        a.conditions(),
        sampling,
        decoding,
        Math.max(a.batch(), b.batch()));
  }

  /** Hands the answer over once all samples are drawn. */
  void completeIfDone(int drawn) {
    if (drawn < request.samples()) {
      return;
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < request.samples(); i++) {
      Map<String, Value> own = i < values.size() ? values.get(i) : Map.of();
      samples.add(new Sample(i, seed(request.seed(), i), own));
    }
    answer.complete(new Result(samples, List.copyOf(reports.values())));
  }

  void fail(Throwable reason) {
    answer.completeExceptionally(reason);
  }
}
