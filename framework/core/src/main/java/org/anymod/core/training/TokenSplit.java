package org.anymod.core.training;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.DatasetPlace;
import org.anymod.core.data.Entry;
import org.anymod.core.data.Samples;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.tokenize.StoredPixels;
import org.anymod.core.tokenize.StoredTexts;
import org.anymod.core.tokenize.StoredTokens;
import org.anymod.core.tokenize.StoredVectors;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;

/**
 * One tokenized split, checked against the contracts of the run before anything is read. Safe for
 * use by several threads.
 */
final class TokenSplit implements Closeable {
  private final List<List<UsedModality>> ways;
  private final TextCodes text;
  private final Samples samples;
  private final int crops;

  /**
   * Opens a split.
   *
   * @param source the dataset
   * @param modalities all modalities of the run
   * @param contracts what each modality must agree with
   * @param text the vocabulary of text-like modalities
   * @throws IOException if data is missing or was made in another way; the message says what
   *     differs
   */
  TokenSplit(
      TokenSource source,
      ModalitySet modalities,
      Map<String, TokenContract> contracts,
      TextCodes text)
      throws IOException {
    this.text = text;
    Set<String> present = Set.copyOf(source.modalities());
    List<UsedModality> stored =
        modalities.stored().stream().filter(m -> present.contains(m.key())).toList();
    List<String> keys = stored.stream().map(UsedModality::key).toList();
    this.ways =
        modalities.all().stream()
            .map(m -> stored.stream().filter(s -> s.modelKey().equals(m.key())).toList())
            .toList();
    this.samples = source.place().open(keys, false);
    this.crops = crops(source.place(), keys, contracts);
    if (samples.size() == 0) {
      throw new DatasetException(source.place().root() + " holds no samples");
    }
  }

  private static int crops(
      DatasetPlace place, List<String> keys, Map<String, TokenContract> contracts)
      throws IOException {
    int count = 1;
    for (String key : keys) {
      TokenContract found = TokenContract.read(place.folder(key));
      List<String> differences = found.check(contracts.get(key));
      if (!differences.isEmpty()) {
        throw new DatasetException(
            place.folder(key)
                + " was made in another way: "
                + String.join("; ", differences)
                + "; make it again with this recipe (anymod tokenize), or name the tokenizer that made it"
                + " with tokenizers."
                + key
                + ".file");
      }
      count = Math.max(count, found.crops());
    }
    return count;
  }

  int size() {
    return samples.size();
  }

  /** Number of crops of each sample. */
  int crops() {
    return crops;
  }

  String name(int index) {
    return samples.name(index);
  }

  /**
   * Reads a sample.
   *
   * @param index number of the sample
   * @param crop number of the crop
   * @param random chooses among several text forms and among modalities that enter under the same
   *     key, where there are
   * @return contents in model order; null where this dataset does not have the modality
   * @throws IOException if data cannot be read; the message names the file
   */
  List<TokenDataset.Content> read(int index, int crop, RandomGenerator random) throws IOException {
    List<TokenDataset.Content> contents = new ArrayList<>();
    for (List<UsedModality> way : ways) {
      if (way.isEmpty()) {
        contents.add(null);
        continue;
      }
      // Several where others feed a modality: each access draws one of them.
      UsedModality modality = way.get(way.size() == 1 ? 0 : random.nextInt(way.size()));
      Entry entry = samples.read(modality.key(), index);
      try {
        contents.add(content(modality, entry, crop, random));
      } catch (InvalidDataException e) {
        throw new DatasetException(
            modality.key() + "/" + entry.fileName() + ": " + e.getMessage(), e);
      }
    }
    return contents;
  }

  private TokenDataset.Content content(
      UsedModality modality, Entry entry, int crop, RandomGenerator random)
      throws InvalidDataException {
    Kind kind = modality.declaration().kind();
    if (kind instanceof Kind.TextSequence) {
      return new TokenDataset.Content(
          null,
          text.write(modality, StoredTexts.crop(modality, entry.bytes(), crop), random),
          null);
    }
    NpyArray array = Npy.read(entry.bytes());
    if (kind instanceof Kind.EmbeddingSequence) {
      return new TokenDataset.Content(null, null, StoredVectors.crop(array, crop));
    }
    if (array.shape().length < 2 || crop >= array.shape()[0]) {
      throw new InvalidDataException(
          "has shape " + Arrays.toString(array.shape()) + ", crop " + crop + " is not in it");
    }
    if (kind instanceof Kind.PixelPatches) {
      return new TokenDataset.Content(null, null, StoredPixels.crop(modality, array, crop));
    }
    int[] tokens = StoredTokens.crop(array, crop);
    int vocabulary =
        kind instanceof Kind.TokenGrid grid
            ? grid.vocabulary()
            : ((Kind.TokenSequence) kind).vocabulary();
    for (int token : tokens) {
      if (token < 0 || token >= vocabulary) {
        throw new InvalidDataException("token " + token + " is outside 0 to " + (vocabulary - 1));
      }
    }
    if (kind instanceof Kind.TokenSequence) {
      int shift = text.tokenizer().controlTokens();
      return new TokenDataset.Content(
          null, List.of(Arrays.stream(tokens).map(t -> t + shift).toArray()), null);
    }
    return new TokenDataset.Content(tokens, null, null);
  }

  @Override
  public void close() throws IOException {
    samples.close();
  }
}
