package org.anymod.serve;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs requests: some at a time, some waiting, and no more than that. Results of the newest are
 * kept for their clients.
 */
final class Jobs {
  /** Does the work of a request. */
  interface Work {
    /**
     * Runs a request and hands out each output when it has finished.
     *
     * @throws CancellationException if the job's stop signal ended it
     * @throws Exception if the request cannot be carried out
     */
    void run(Job job) throws Exception;
  }

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final int LONGEST_RETRY = 60;
  private static final long CHECK_MILLIS = 100;
  private static final long LAST_SECONDS = 4;

  private final ServeSettings settings;
  private final Work work;
  private final Consumer<Job> whenEnded;
  private final ThreadPoolExecutor workers;
  private final ScheduledExecutorService clock;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final Map<Job, Runnable> waiting = new ConcurrentHashMap<>();
  private long count;
  private double usualSeconds = 1;

  Jobs(ServeSettings settings, Work work, Consumer<Job> whenEnded) {
    this.settings = settings;
    this.work = work;
    this.whenEnded = whenEnded;
    this.workers =
        new ThreadPoolExecutor(
            settings.parallel(),
            settings.parallel(),
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.queue()),
            task -> new Thread(task, "anymod-generate"));
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "anymod-timeouts");
              thread.setDaemon(true);
              return thread;
            });
    clock.scheduleWithFixedDelay(this::endLate, CHECK_MILLIS, CHECK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Checks that a request could be accepted now.
   *
   * @throws RequestProblem with status 429 if there is no room, 503 if the server is closing
   */
  void checkRoom() {
    if (workers.isShutdown()) {
      throw closing();
    }
    if (workers.getQueue().remainingCapacity() == 0) {
      throw full();
    }
  }

  /**
   * Accepts a request.
   *
   * @return the job
   * @throws RequestProblem as {@link #checkRoom}
   */
  Job submit(GenerateRequest request) {
    Job job = add(request);
    Runnable task = () -> run(job);
    waiting.put(job, task);
    try {
      workers.execute(task);
    } catch (RejectedExecutionException e) {
      remove(job);
      throw workers.isShutdown() ? closing() : full();
    }
    return job;
  }

  private RequestProblem closing() {
    return RequestProblem.later(503, "the server is shutting down", LONGEST_RETRY);
  }

  private RequestProblem full() {
    return RequestProblem.later(
        429, waiting() + " requests are waiting already; try again later", retrySeconds());
  }

  /** Until there is room: how long the requests that wait will take. */
  private synchronized int retrySeconds() {
    double seconds = usualSeconds * settings.queue() / settings.parallel();
    return (int) Math.max(1, Math.min(LONGEST_RETRY, Math.ceil(seconds)));
  }

  private void run(Job job) {
    waiting.remove(job);
    if (!job.begin()) {
      return;
    }
    try {
      work.run(job);
      job.end(Job.State.DONE, "");
    } catch (CancellationException e) {
      job.end(Job.State.CANCELLED, "the server stopped it");
    } catch (IllegalArgumentException e) {
      job.end(Job.State.FAILED, String.valueOf(e.getMessage()));
    } catch (Exception | Error e) {
      LOG.error("request {} failed", job.id(), e);
      job.end(Job.State.FAILED, "internal error, see the server's log");
    }
    note(job.running());
    whenEnded.accept(job);
    forgetOld();
  }

  private synchronized void note(Duration time) {
    usualSeconds = 0.8 * usualSeconds + 0.2 * (time.toMillis() / 1000.0);
  }

  private void endLate() {
    for (Job job : all()) {
      if (job.state() == Job.State.RUNNING && job.running().compareTo(settings.timeout()) > 0) {
        job.end(
            Job.State.TIMED_OUT, "took longer than " + settings.timeout().toSeconds() + " seconds");
      }
    }
  }

  private synchronized Job add(GenerateRequest request) {
    Job job = new Job(Long.toString(++count), request);
    jobs.put(job.id(), job);
    return job;
  }

  private synchronized void remove(Job job) {
    waiting.remove(job);
    jobs.remove(job.id());
  }

  private synchronized void forgetOld() {
    long ended = jobs.values().stream().filter(job -> job.state().isEnd()).count();
    Iterator<Job> oldest = jobs.values().iterator();
    while (ended > settings.kept() && oldest.hasNext()) {
      if (oldest.next().state().isEnd()) {
        oldest.remove();
        ended--;
      }
    }
  }

  /**
   * Finds a job.
   *
   * @throws RequestProblem with status 404 if there is none, or it was forgotten
   */
  synchronized Job get(String id) {
    Job job = jobs.get(id);
    if (job == null) {
      throw RequestProblem.notFound(
          "there is no job '" + id + "'; the results of the last " + settings.kept() + " are kept");
    }
    return job;
  }

  private synchronized List<Job> all() {
    return List.copyOf(jobs.values());
  }

  /** Ends a job; what has finished stays. */
  void cancel(Job job) {
    job.end(Job.State.CANCELLED, "cancelled by the client");
    Runnable task = waiting.remove(job);
    // Its place in the queue is free at once.
    if (task != null && workers.remove(task)) {
      whenEnded.accept(job);
      forgetOld();
    }
  }

  /** Returns how many requests wait. */
  int waiting() {
    return workers.getQueue().size();
  }

  /** Returns how many requests run. */
  int running() {
    return workers.getActiveCount();
  }

  boolean isClosing() {
    return workers.isShutdown();
  }

  /**
   * Takes nothing more on, finishes what was accepted, and cancels what takes too long.
   *
   * @return whether nothing runs any more; what does not look at its stop signal may
   */
  boolean finish() {
    workers.shutdown();
    try {
      if (workers.awaitTermination(settings.grace().toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      all().forEach(job -> job.end(Job.State.CANCELLED, "the server was shut down"));
      return workers.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      clock.shutdownNow();
    }
  }
}
