package org.anymod.core.training;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.data.DatasetException;
import org.anymod.core.values.SkippedSamples;
import org.anymod.torch.StreamRandom;

/**
 * The endless stream of training samples: dataset, sample and crop at a position are functions of
 * the seed and the position, so a resumed run reads what an uninterrupted one would have. Safe for
 * use by several threads.
 *
 * <p>In place of a sample that cannot be read comes the next one in the order of the same dataset,
 * with chance of its own. That depends on the files alone: which thread met them first, or whether
 * the run was resumed, makes no difference.
 */
public final class SampleStream {
  private final TokenDataset data;
  private final SkippedSamples skipped;
  private final long seed;
  private final MixtureOrder mixture;
  private final List<EpochOrder> orders = new ArrayList<>();

  /**
   * A sample that was read.
   *
   * @param source name of its dataset
   * @param contents what it holds, in model order; null where it does not have a modality
   * @param random the source of further chance for this sample
   */
  public record Drawn(String source, List<TokenDataset.Content> contents, StreamRandom random) {}

  SampleStream(TokenDataset data, SkippedSamples skipped, long seed) {
    this.data = data;
    this.skipped = skipped;
    this.seed = seed;
    this.mixture =
        new MixtureOrder(data.sources().stream().mapToDouble(TokenSource::weight).toArray(), seed);
    for (int i = 0; i < data.splits().size(); i++) {
      TokenSource source = data.sources().get(i);
      orders.add(
          new EpochOrder(
              data.splits().get(i).size(),
              source.repeats(),
              data.settings().shuffleWindow(),
              seed,
              source.name().isEmpty() ? "order" : "order " + source.name()));
    }
  }

  /** Returns the name of the sample at a position, whether it can be read or not. */
  String name(long position) {
    MixtureOrder.Place place = mixture.at(position);
    int sample = orders.get(place.source()).at(place.position());
    String source = data.sources().get(place.source()).name();
    return (source + " " + data.splits().get(place.source()).name(sample)).strip();
  }

  /**
   * Reads the sample at a position.
   *
   * @param position at least 0
   * @return the sample, or the next of its dataset that can be read
   * @throws IOException if it cannot be read and nothing, or nothing more, may be left out
   */
  public Drawn at(long position) throws IOException {
    MixtureOrder.Place place = mixture.at(position);
    TokenSource source = data.sources().get(place.source());
    TokenSplit split = data.splits().get(place.source());
    EpochOrder order = orders.get(place.source());
    long tries = 2L * split.size() * source.repeats();
    for (long attempt = 0; attempt < tries; attempt++) {
      int sample = order.at(place.position() + attempt);
      StreamRandom random =
          attempt == 0
              ? StreamRandom.at(seed, "sample", position)
              : StreamRandom.at(seed, "sample", position, attempt);
      try {
        int crop = split.crops() == 1 ? 0 : random.nextInt(split.crops());
        return new Drawn(source.name(), split.read(sample, crop, random), random);
      } catch (IOException e) {
        skipped.skip((source.name() + " sample " + sample).strip(), e);
      }
    }
    throw new DatasetException(source.place().root() + ": no sample can be read, see the log");
  }
}
