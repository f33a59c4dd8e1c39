package org.anymod.core.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.anymod.core.pipeline.LoadedModel;
import org.anymod.core.pipeline.ModelValues;

/** The one thread that uses the models of a generator. */
final class Worker implements Runnable {
  private final List<LoadedModel> models;
  private final List<ModelValues> values;
  private final JobQueue queue;
  private final int batch;
  private final AtomicLong batches = new AtomicLong();
  private final AtomicLong samples = new AtomicLong();
  private volatile boolean closing;

  Worker(List<LoadedModel> models, JobQueue queue, int batch) {
    this.models = models;
    this.values = models.stream().map(LoadedModel::strictValues).toList();
    this.queue = queue;
    this.batch = batch;
  }

  @Override
  public void run() {
    try {
      List<Job.Slice> slices = queue.take(batch);
      while (!slices.isEmpty()) {
        answer(slices);
        slices = queue.take(batch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      queue.close();
    }
  }

  /** Asks the thread to end what it does. */
  void close() {
    closing = true;
    queue.close();
  }

  long batches() {
    return batches.get();
  }

  long samples() {
    return samples.get();
  }

  private void answer(List<Job.Slice> slices) {
    List<Job.Slice> sound = new ArrayList<>();
    for (Job.Slice slice : slices) {
      if (isSound(slice)) {
        sound.add(slice);
      }
    }
    if (!sound.isEmpty() && !attempt(sound)) {
      // One of them spoiled the batch; alone each gets what it deserves.
      sound.forEach(slice -> attempt(List.of(slice)));
    }
    for (Job.Slice slice : sound) {
      if (!slice.job().isOver() && !slice.job().isAllTaken()) {
        queue.addAgain(slice.job());
      }
    }
  }

  private boolean isSound(Job.Slice slice) {
    try {
      BatchRun.prepare(slice, models, values);
      return true;
    } catch (RequestException e) {
      slice.job().fail(e);
    } catch (IllegalArgumentException e) {
      slice.job().fail(new RequestException(e.getMessage(), e));
    } catch (RuntimeException | Error e) {
      slice.job().fail(e);
    }
    return false;
  }

  /** Draws a batch; returns false if it failed and may be split. */
  private boolean attempt(List<Job.Slice> slices) {
    try {
      new BatchRun(models, values, slices, () -> closing).run();
      batches.incrementAndGet();
      for (Job.Slice slice : slices) {
        samples.addAndGet(slice.count());
        slice.job().completeIfDone(slice.first() + slice.count());
      }
      return true;
    } catch (CancellationException e) {
      slices.forEach(slice -> slice.job().cancel());
      return true;
    } catch (RuntimeException | Error e) {
      if (slices.size() > 1) {
        return false;
      }
      slices.get(0).job().fail(e);
      return true;
    }
  }
}
