package org.anymod.core.training;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.core.data.DatasetPlace;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.values.SkippedSamples;

/**
 * The tokens that a model is trained on: one tokenized split or a mixture of several, of which some
 * have only some modalities. Safe for use by several threads.
 */
public final class TokenDataset implements Closeable {
  private final List<TokenSource> sources;
  private final List<TokenSplit> splits;
  private final Settings settings;
  private final SkippedSamples skipped;

  /**
   * What a sample holds of one modality; exactly one component is not null.
   *
   * @param tokens tokens of a grid, or shifted codes of a sequence
   * @param chunks ids of a text-like sequence
   * @param vectors pixels as the model takes them, or vectors one after the other
   */
  public record Content(int[] tokens, List<int[]> chunks, float[] vectors) {}

  /**
   * How samples are drawn.
   *
   * @param shuffleWindow samples among which the order is drawn; 0 for whole epochs
   * @param skips whether samples that cannot be read are left out
   * @param maxSkips number of different samples that may be left out
   * @param workers threads that make batches, at least 1
   */
  public record Settings(int shuffleWindow, boolean skips, int maxSkips, int workers) {
    /** Whole epochs, no sample left out, one thread. */
    public static final Settings PLAIN = new Settings(0, false, 0, 1);
  }

  /**
   * Opens one split.
   *
   * @param root folder of the tokenized split
   * @param modalities the modality set
   * @param contracts what each modality must agree with
   * @param text the vocabulary of text-like modalities
   * @throws IOException if data is missing or was made in another way; the message says what
   *     differs
   */
  public TokenDataset(
      Path root, ModalitySet modalities, Map<String, TokenContract> contracts, TextCodes text)
      throws IOException {
    this(
        List.of(new TokenSource("", DatasetPlace.at(root), presentKeys(root, modalities), 1, 1)),
        Settings.PLAIN,
        modalities,
        contracts,
        text);
  }

  /**
   * Opens a mixture.
   *
   * @param sources the datasets, at least one
   * @param settings how samples are drawn
   * @param modalities the modality set
   * @param contracts what each modality must agree with
   * @param text the vocabulary of text-like modalities
   * @throws IOException if data is missing or was made in another way; the message says what
   *     differs
   */
  public TokenDataset(
      List<TokenSource> sources,
      Settings settings,
      ModalitySet modalities,
      Map<String, TokenContract> contracts,
      TextCodes text)
      throws IOException {
    this.sources = List.copyOf(sources);
    this.settings = settings;
    this.skipped = new SkippedSamples(settings.skips(), settings.maxSkips());
    this.splits = new ArrayList<>();
    try {
      for (TokenSource source : sources) {
        splits.add(new TokenSplit(source, modalities, contracts, text));
      }
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What the model needs, and of what feeds it all that is there. */
  private static List<String> presentKeys(Path root, ModalitySet modalities) {
    return modalities.stored().stream()
        .filter(m -> !m.feedsAnother() || TokenContract.isAt(root.resolve(m.key())))
        .map(UsedModality::key)
        .toList();
  }

  /**
   * Returns the number of samples of all datasets.
   *
   * @return number of samples
   */
  public int size() {
    return Math.toIntExact(splits.stream().mapToLong(TokenSplit::size).sum());
  }

  /**
   * Returns how many different samples were left out so far because they could not be read.
   *
   * @return at least 0
   */
  public int skipped() {
    return skipped.count();
  }

  Settings settings() {
    return settings;
  }

  List<TokenSource> sources() {
    return sources;
  }

  List<TokenSplit> splits() {
    return splits;
  }

  /**
   * Returns the endless stream of samples that a seed gives.
   *
   * @param seed seed of the run
   * @return the stream, which reads from this dataset
   */
  public SampleStream stream(long seed) {
    return new SampleStream(this, skipped, seed);
  }

  @Override
  public void close() throws IOException {
    IOException first = null;
    for (TokenSplit split : splits) {
      try {
        split.close();
      } catch (IOException e) {
        first = first == null ? e : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
