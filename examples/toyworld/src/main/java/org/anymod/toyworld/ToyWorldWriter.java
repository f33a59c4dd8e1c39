package org.anymod.toyworld;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Writes toy world datasets. By convention the splits of a dataset are {@code root/train} and
 * {@code root/val}, written by separate calls with ranges of indices that do not overlap. The bytes
 * do not depend on the number of threads.
 */
public final class ToyWorldWriter {
  private static final int PENDING_PER_THREAD = 16;

  private ToyWorldWriter() {}

  /**
   * Checks a range of scenes.
   *
   * @param firstIndex first scene, at least 0
   * @param count number of scenes, at least 1
   * @throws IllegalArgumentException if a number is out of range
   */
  public static void requireRange(long firstIndex, int count) {
    requireAtLeast(0, "firstIndex", firstIndex);
    requireAtLeast(1, "count", count);
  }

  /**
   * Writes a range of scenes.
   *
   * @param sink where to; left open
   * @param world what to render
   * @param firstIndex first scene, at least 0
   * @param count number of scenes, at least 1
   * @param threads number of threads that render, at least 1
   * @param progress told how many scenes are written, after each; may throw to stop the work
   * @throws IOException if the sink cannot write or the thread is interrupted
   * @throws IllegalArgumentException if a number is out of range
   */
  public static void write(
      SceneSink sink, ToyWorld world, long firstIndex, int count, int threads, IntConsumer progress)
      throws IOException {
    write(sink, world, SceneEncoder::encode, firstIndex, count, threads, progress);
  }

  /**
   * Writes a range of scenes with chosen sources, on all processors.
   *
   * @param sink where to; left open
   * @param world what to render
   * @param encoder makes the files of a scene; called by several threads
   * @param firstIndex first scene, at least 0
   * @param count number of scenes, at least 1
   * @param progress told how many scenes are written, after each; may throw to stop the work
   * @throws IOException if the sink cannot write or the thread is interrupted
   * @throws IllegalArgumentException if a number is out of range
   */
  public static void write(
      SceneSink sink,
      ToyWorld world,
      Function<RenderedScene, List<SceneFile>> encoder,
      long firstIndex,
      int count,
      IntConsumer progress)
      throws IOException {
    write(sink, world, encoder, firstIndex, count, processors(), progress);
  }

  static void write(
      SceneSink sink,
      ToyWorld world,
      Function<RenderedScene, List<SceneFile>> encoder,
      long firstIndex,
      int count,
      int threads,
      IntConsumer progress)
      throws IOException {
    requireRange(firstIndex, count);
    requireAtLeast(1, "threads", threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      ArrayDeque<Future<List<SceneFile>>> pending = new ArrayDeque<>();
      int submitted = 0;
      for (int written = 0; written < count; written++) {
        while (submitted < count && pending.size() < threads * PENDING_PER_THREAD) {
          long index = firstIndex + submitted++;
          pending.add(pool.submit(() -> encoder.apply(world.render(index))));
        }
        sink.add(SceneEncoder.name(firstIndex + written), result(pending.remove()));
        progress.accept(written + 1);
      }
      sink.finish();
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<SceneFile> result(Future<List<SceneFile>> future) throws IOException {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while scenes were rendered");
    } catch (ExecutionException e) {
      throw new IllegalStateException("a scene could not be rendered", e.getCause());
    }
  }

  private static int processors() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static void requireAtLeast(long least, String name, long found) {
    if (found < least) {
      throw new IllegalArgumentException(name + " is " + found + ", must be at least " + least);
    }
  }
}
