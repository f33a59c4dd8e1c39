package org.anymod.core.generation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Jobs that wait for a model. Safe for use by several threads. */
final class JobQueue {
  private final Deque<Job> waiting = new ArrayDeque<>();
  private boolean closed;

  /**
   * Adds a job.
   *
   * @throws IllegalStateException if the queue is closed
   */
  synchronized void add(Job job) {
    addAll(List.of(job));
  }

  /**
   * Adds jobs, between which nothing is taken.
   *
   * @throws IllegalStateException if the queue is closed
   */
  synchronized void addAll(List<Job> jobs) {
    if (closed) {
      throw new IllegalStateException("the generator is closed");
    }
    waiting.addAll(jobs);
    notifyAll();
  }

  /** Puts a job that has more samples to draw behind those that wait already. */
  synchronized void addAgain(Job job) {
    if (closed) {
      job.cancel();
    } else {
      waiting.addLast(job);
    }
  }

  /**
   * Waits for jobs and takes samples of the first one and of all others with an equal plan.
   *
   * @param most largest number of samples
   * @return the samples; empty if the queue is closed
   */
  synchronized List<Job.Slice> take(int most) throws InterruptedException {
    while (true) {
      waiting.removeIf(Job::isOver);
      if (!waiting.isEmpty()) {
        return slices(most);
      } else if (closed) {
        return List.of();
      }
      wait();
    }
  }

  private List<Job.Slice> slices(int most) {
    Job first = waiting.peekFirst();
    List<Job.Slice> slices = new ArrayList<>();
    int free = most;
    for (Iterator<Job> jobs = waiting.iterator(); jobs.hasNext() && free > 0; ) {
      Job job = jobs.next();
      if (job.fits(first)) {
        Job.Slice slice = job.take(free);
        slices.add(slice);
        free -= slice.count();
        jobs.remove();
      }
    }
    return slices;
  }

  /** Takes no more jobs, and cancels those that wait. */
  synchronized void close() {
    closed = true;
    waiting.forEach(Job::cancel);
    waiting.clear();
    notifyAll();
  }

  synchronized int size() {
    return waiting.size();
  }
}
