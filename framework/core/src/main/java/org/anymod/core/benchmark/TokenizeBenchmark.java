package org.anymod.core.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.tokenize.DatasetTokenizer;
import org.anymod.core.tokenize.StageNanos.Stage;
import org.anymod.core.values.ValueReader;
import org.anymod.networks.CountedEncoding;
import org.anymod.networks.MatrixProduct;
import org.anymod.spi.Tokenizer;
import org.anymod.torch.Torch;

/**
 * Times the whole way from a split's files to tokens on disk, and holds it against the matrix
 * products of the encoders at the speed at which the same machine multiplies. The operating system
 * may have the files in memory.
 */
public final class TokenizeBenchmark {
  private static final int ENCODE_BATCH = 64;
  private static final int LARGE = 1024;

  private TokenizeBenchmark() {}

  /**
   * What was measured.
   *
   * @param split name of the split
   * @param modalities number of modalities
   * @param samples samples that were tokenized
   * @param crops crops of each
   * @param tokensPerSample tokens of a sample, over all crops and tokenizers
   * @param seconds time for all of them
   * @param samplesPerSecond samples a second
   * @param tokensPerSecond tokens a second
   * @param prepareSeconds reading, decoding and cropping, summed over its threads
   * @param waitSeconds waiting for that
   * @param encodeSeconds encoding
   * @param writeSeconds packing and writing
   * @param multiplyAddsPerSample multiply-adds of the encoders' matrix products, by model key
   * @param uncounted tokenizers that do not tell their products
   * @param largeProductGigaflops speed of a large matrix product in 1e9 operations a second, two
   *     for a multiply-add
   * @param encoderProductGigaflops speed of products of the encoders' own shapes
   * @param shareOfLargeProduct encoders' products at the speed of a large one, as a share of the
   *     whole time
   * @param shareOfEncoderProducts the same at the speed of their own shapes
   * @param encodeShareOfEncoderProducts the same as a share of the time for encoding
   */
  public record Result(
      String split,
      int modalities,
      int samples,
      int crops,
      double tokensPerSample,
      double seconds,
      double samplesPerSecond,
      double tokensPerSecond,
      double prepareSeconds,
      double waitSeconds,
      double encodeSeconds,
      double writeSeconds,
      Map<String, Double> multiplyAddsPerSample,
      List<String> uncounted,
      double largeProductGigaflops,
      double encoderProductGigaflops,
      double shareOfLargeProduct,
      double shareOfEncoderProducts,
      double encodeShareOfEncoderProducts) {}

  /**
   * Measures. The tokens are written into a folder beside the run's own, which is removed again.
   *
   * @param run a run with trained tokenizers
   * @param split name of the split
   * @param samples samples to tokenize at most, at least 1
   * @return the figures
   * @throws Exception if data is missing or cannot be read, or a tokenizer is not trained
   */
  public static Result run(Run run, String split, int samples) throws Exception {
    if (samples < 1) {
      throw new IllegalArgumentException("samples is " + samples + ", must be at least 1");
    }
    boolean train = split.equals(run.recipe().data().train());
    CropPlan plan = train ? run.data().trainingCrops() : CropPlan.CENTER;
    Map<String, Tokenizer> open = run.tokens().openTokenizers();
    ValueReader reader = run.data().values(split);
    try (Samples all = reader.samples()) {
      Subject subject = new Subject(run, plan, open, split);
      // First calls pay for compilation and memory.
      subject.time(reader.take(Math.max(1, 2 * ENCODE_BATCH / plan.count())));
      return subject.measure(reader.take(Math.min(samples, all.size())));
    } finally {
      open.values().forEach(Tokenizer::close);
    }
  }

  /** Tokenizers of a run and how crops are made. */
  private record Subject(Run run, CropPlan plan, Map<String, Tokenizer> tokenizers, String split) {

    /** A tokenization and how long it took. */
    private record Timed(DatasetTokenizer tokenizer, double seconds) {
      double of(Stage stage) {
        return tokenizer.times().seconds(stage);
      }
    }

    Timed time(ValueReader reader) throws Exception {
      Path folder =
          Files.createTempDirectory(Files.createDirectories(run.folders().root()), ".benchmark");
      try {
        DatasetTokenizer tokenizer =
            new DatasetTokenizer(
                run.modalities(),
                reader,
                tokenizers,
                run.tokens().contracts(plan),
                DatasetTokenizer.Settings.of(run.recipe().data(), plan));
        long start = System.nanoTime();
        tokenizer.write(folder, "benchmark", Progress.silent(), new StopSignal());
        return new Timed(tokenizer, (System.nanoTime() - start) / 1e9);
      } finally {
        remove(folder);
      }
    }

    Result measure(ValueReader reader) throws Exception {
      int samples = reader.samples().size();
      Timed timed = time(reader);
      Map<String, Double> cost = new TreeMap<>();
      List<MatrixProduct> products = new ArrayList<>();
      List<String> uncounted = new ArrayList<>();
      long tokens = 0;
      for (UsedModality modality : run.modalities().tokenized()) {
        tokens += (long) plan.count() * modality.declaration().kind().maxTokens();
        if (tokenizers.get(modality.key()) instanceof CountedEncoding counted) {
          List<MatrixProduct> own = counted.encodingProducts();
          products.addAll(own);
          cost.put(
              modality.key(),
              plan.count() * own.stream().mapToDouble(MatrixProduct::multiplyAdds).sum());
        } else {
          uncounted.add(modality.key());
        }
      }
      MatrixRate rate = new MatrixRate(Torch.device(run.recipe().device()));
      double large = rate.square(LARGE);
      double own = rate.products(products, Math.min(ENCODE_BATCH, samples * plan.count()));
      double operations =
          2.0 * samples * cost.values().stream().mapToDouble(Double::doubleValue).sum();
      return new Result(
          split,
          run.modalities().all().size(),
          samples,
          plan.count(),
          tokens,
          timed.seconds(),
          samples / timed.seconds(),
          samples * tokens / timed.seconds(),
          timed.of(Stage.PREPARE),
          timed.of(Stage.WAIT),
          timed.of(Stage.ENCODE),
          timed.of(Stage.WRITE),
          cost,
          uncounted,
          large / 1e9,
          own / 1e9,
          operations / large / timed.seconds(),
          operations / own / timed.seconds(),
          operations / own / timed.of(Stage.ENCODE));
    }

    private static void remove(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
