package org.anymod.core.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.anymod.core.Progress;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.training.SampleStream;
import org.anymod.core.training.TextCodes;
import org.anymod.core.training.TokenDataset;
import org.anymod.torch.StreamRandom;

/**
 * Times the reading of a tokenized split on one thread, in the shuffled order of training: files
 * alone, and files decoded to what a model takes. The operating system may have the files in
 * memory.
 */
public final class DataBenchmark {
  private static final double MEGABYTE = 1e6;

  private DataBenchmark() {}

  /**
   * What was measured.
   *
   * @param split name of the split
   * @param size samples in it
   * @param modalities number of modalities
   * @param samples samples read; more than the split has are read again
   * @param bytesPerSample stored bytes of a sample, all crops included, on average
   * @param readSamplesPerSecond samples read a second, without decoding
   * @param readMegabytesPerSecond the same in 1e6 stored bytes
   * @param decodedSamplesPerSecond samples read and decoded a second
   * @param decodedMegabytesPerSecond the same in 1e6 stored bytes
   */
  public record Result(
      String split,
      int size,
      int modalities,
      int samples,
      double bytesPerSample,
      double readSamplesPerSecond,
      double readMegabytesPerSecond,
      double decodedSamplesPerSecond,
      double decodedMegabytesPerSecond) {}

  /**
   * Measures.
   *
   * @param run the run
   * @param split name of the split
   * @param samples samples to read, at least 1
   * @return the figures
   * @throws IOException if the split is not tokenized or cannot be read
   */
  public static Result run(Run run, String split, int samples) throws IOException {
    if (samples < 1) {
      throw new IllegalArgumentException("samples is " + samples + ", must be at least 1");
    }
    Path root = run.folders().tokens(split);
    check(run, root);
    List<String> keys = run.modalities().all().stream().map(UsedModality::key).toList();
    long bytes;
    long readNanos;
    int size;
    int[] order;
    try (Samples files = Datasets.open(root, keys)) {
      size = files.size();
      if (size == 0) {
        throw new DatasetException(root + ": has no samples");
      }
      order = StreamRandom.at(run.recipe().seed(), "data benchmark").permutation(size);
      long start = System.nanoTime();
      bytes = readAll(files, keys, order, samples);
      readNanos = System.nanoTime() - start;
    }
    long decodedNanos = decodeAll(run, split, root, samples);
    double each = (double) bytes / samples;
    double read = samples * 1e9 / readNanos;
    double decoded = samples * 1e9 / decodedNanos;
    return new Result(
        split,
        size,
        keys.size(),
        samples,
        each,
        read,
        read * each / MEGABYTE,
        decoded,
        decoded * each / MEGABYTE);
  }

  private static void check(Run run, Path root) throws DatasetException {
    if (!Files.isDirectory(root)) {
      throw new DatasetException(root + ": no such folder; run anymod tokenize first");
    }
    Path vocabulary = run.recipe().text().file().orElse(run.folders().vocabulary());
    if (!Files.isRegularFile(vocabulary)) {
      throw new DatasetException(vocabulary + ": no such file; run anymod train first");
    }
  }

  private static long readAll(Samples files, List<String> keys, int[] order, int samples)
      throws IOException {
    long bytes = 0;
    for (int i = 0; i < samples; i++) {
      for (String key : keys) {
        bytes += files.read(key, order[i % order.length]).bytes().length;
      }
    }
    return bytes;
  }

  private static long decodeAll(Run run, String split, Path root, int samples) throws IOException {
    CropPlan plan =
        split.equals(run.recipe().data().train()) ? run.data().trainingCrops() : CropPlan.CENTER;
    TextCodes text = new TextCodes(run.vocabulary(Progress.silent()));
    try (TokenDataset data =
        new TokenDataset(root, run.modalities(), run.tokens().contracts(plan), text)) {
      SampleStream stream = data.stream(run.recipe().seed());
      long start = System.nanoTime();
      for (int i = 0; i < samples; i++) {
        stream.at(i);
      }
      return System.nanoTime() - start;
    }
  }
}
