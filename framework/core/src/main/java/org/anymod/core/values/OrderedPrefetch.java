package org.anymod.core.values;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Computes the items of a stream ahead of time on worker threads and gives them out in order. An
 * item is a function of its position, so the threads decide only when it is computed, never what it
 * is.
 *
 * @param <T> type of an item
 */
public final class OrderedPrefetch<T> implements AutoCloseable {

  /**
   * Makes items.
   *
   * @param <T> type of an item
   */
  @FunctionalInterface
  public interface Source<T> {
    /**
     * Makes the item at a position.
     *
     * @param position the position
     * @return the item
     * @throws Exception if it cannot be made
     */
    T at(long position) throws Exception;
  }

  private final Source<T> source;
  private final ExecutorService workers;
  private final Deque<Future<T>> ahead = new ArrayDeque<>();
  private final int depth;
  private final long end;
  private long next;

  /**
   * Starts a stream.
   *
   * @param source makes items; called by several threads at once
   * @param start first position
   * @param end position after the last
   * @param threads number of worker threads
   * @param depth number of items computed ahead
   */
  public OrderedPrefetch(Source<T> source, long start, long end, int threads, int depth) {
    this.source = source;
    this.next = start;
    this.end = end;
    this.depth = depth;
    this.workers =
        Executors.newFixedThreadPool(
            threads,
            runnable -> {
              Thread thread = new Thread(runnable, "anymod-prefetch");
              thread.setDaemon(true);
              return thread;
            });
    fill();
  }

  private void fill() {
    while (ahead.size() < depth && next < end) {
      long position = next++;
      ahead.add(workers.submit(() -> source.at(position)));
    }
  }

  /**
   * Returns whether there is another item.
   *
   * @return false after the last one
   */
  public boolean hasNext() {
    return !ahead.isEmpty();
  }

  /**
   * Returns the next item, waiting for it if need be.
   *
   * @return the item
   * @throws Exception what the source threw
   */
  public T next() throws Exception {
    try {
      T item = ahead.remove().get();
      fill();
      return item;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (CancellationException e) {
      throw new IllegalStateException("the stream was closed", e);
    }
  }

  @Override
  public void close() {
    workers.shutdownNow();
  }
}
