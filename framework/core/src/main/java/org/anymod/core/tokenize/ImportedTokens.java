package org.anymod.core.tokenize;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anymod.core.data.CropSettings;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Entry;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.values.ValueReader;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.media.NpyType;
import org.anymod.spi.Crop;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;

/**
 * Tokens in the published layout, without contracts: below a folder named as the model key an
 * {@code .npy} file of whole numbers (crops, tokens) for each sample, and beside it {@code
 * crop_settings} with the crops that all modalities share. Each array is checked against the number
 * of tokens and the vocabulary that the run declares. Safe for use by several threads.
 */
public final class ImportedTokens implements Closeable {
  private static final String CROPS = "crop_settings";
  private static final Set<NpyType> WHOLE =
      EnumSet.complementOf(
          EnumSet.of(NpyType.FLOAT16, NpyType.FLOAT32, NpyType.FLOAT64, NpyType.BOOL));

  private final Path root;
  private final Samples samples;
  private final ModalitySet modalities;
  private final Set<String> keys;
  private final int crops;

  private ImportedTokens(
      Path root, Samples samples, ModalitySet modalities, List<String> keys, int crops) {
    this.root = root;
    this.samples = samples;
    this.modalities = modalities;
    this.keys = Set.copyOf(keys);
    this.crops = crops;
  }

  /**
   * Opens a split.
   *
   * @param root folder of the split
   * @param modalities the modality set; those without a folder of tokens are made from raw files
   * @param crops how many crops of each sample are taken, beginning with the first
   * @return the tokens
   * @throws DatasetException if there are no tokens at all, or crop settings are missing where
   *     there is more than the centre
   * @throws IOException if the disk cannot be read
   */
  public static ImportedTokens open(Path root, ModalitySet modalities, int crops)
      throws IOException {
    List<String> keys =
        modalities.tokenized().stream()
            .filter(UsedModality::isTokens)
            .map(UsedModality::key)
            .filter(key -> Files.isDirectory(root.resolve(key)))
            .toList();
    if (keys.isEmpty()) {
      throw new DatasetException(
          root
              + ": none of the folders "
              + modalities.tokenized().stream()
                  .filter(UsedModality::isTokens)
                  .map(UsedModality::key)
                  .toList()
              + " with tokens is there");
    }
    List<String> sources = new ArrayList<>(keys);
    modalities.sources().stream()
        .filter(source -> Files.isDirectory(root.resolve(source)) && !keys.contains(source))
        .forEach(sources::add);
    if (Files.isDirectory(root.resolve(CROPS))) {
      sources.add(CROPS);
    } else if (crops > 1) {
      throw new DatasetException(
          root.resolve(CROPS) + " is missing; it tells where the " + crops + " crops lie");
    }
    return new ImportedTokens(root, Datasets.open(root, sources), modalities, keys, crops);
  }

  /**
   * Returns all that the split holds, tokens among it.
   *
   * @return the samples; closing them closes the tokens
   */
  public Samples samples() {
    return samples;
  }

  /**
   * Checks that what is not tokenized can be made.
   *
   * @param reader values of {@link #samples()}
   * @throws DatasetException naming a modality that has neither tokens nor raw files
   */
  public void checkComplete(ValueReader reader) throws DatasetException {
    for (UsedModality modality : modalities.stored()) {
      Optional<String> missing = reader.missing(modality.source());
      if (!has(modality) && missing.isPresent()) {
        throw new DatasetException(
            root + ": no tokens of '" + modality.key() + "', and " + missing.get());
      }
    }
  }

  boolean has(UsedModality modality) {
    return keys.contains(modality.key());
  }

  /** The crops that the tokens of a sample were made from. */
  List<Crop> crops(int index, int[] size) throws IOException {
    if (!samples.sources().contains(CROPS)) {
      return List.of(Crop.centerSquare(size[0], size[1]));
    }
    Entry entry = samples.read(CROPS, index);
    try {
      List<Crop> all = CropSettings.decode(entry.bytes(), size[0], size[1]);
      if (all.size() < crops) {
        throw new InvalidDataException("has " + all.size() + " crops, data.crops is " + crops);
      }
      return all.subList(0, crops);
    } catch (InvalidDataException | IllegalArgumentException e) {
      throw new DatasetException(
          root.resolve(CROPS).resolve(entry.fileName()) + ": " + e.getMessage(), e);
    }
  }

  /** The tokens (crops, tokens) of a sample. */
  NpyArray tokens(UsedModality modality, int index) throws IOException {
    Entry entry = samples.read(modality.key(), index);
    try {
      NpyArray array = Npy.read(entry.bytes());
      checkShape(array, modality.declaration().kind());
      int[][] rows = new int[crops][];
      int vocabulary = vocabulary(modality.declaration().kind());
      for (int crop = 0; crop < crops; crop++) {
        rows[crop] = StoredTokens.crop(array, crop);
        checkRange(rows[crop], crop, vocabulary);
      }
      return StoredTokens.pack(rows);
    } catch (InvalidDataException e) {
      throw new DatasetException(
          root.resolve(modality.key()).resolve(entry.fileName()) + ": " + e.getMessage(), e);
    }
  }

  private void checkShape(NpyArray array, Kind kind) throws InvalidDataException {
    int[] shape = array.shape();
    boolean exact = kind instanceof Kind.TokenGrid;
    boolean fits =
        shape.length == 2
            && shape[0] >= crops
            && shape[1] >= 1
            && (exact ? shape[1] == kind.maxTokens() : shape[1] <= kind.maxTokens());
    if (!fits || !WHOLE.contains(array.type())) {
      throw new InvalidDataException(
          "is "
              + array.type()
              + " of shape "
              + Arrays.toString(shape)
              + ", must be whole numbers of shape (at least "
              + crops
              + " crops, "
              + (exact ? "" : "at most ")
              + kind.maxTokens()
              + " tokens)");
    }
  }

  private static int vocabulary(Kind kind) {
    return kind instanceof Kind.TokenGrid grid
        ? grid.vocabulary()
        : ((Kind.TokenSequence) kind).vocabulary();
  }

  private static void checkRange(int[] tokens, int crop, int vocabulary)
      throws InvalidDataException {
    for (int i = 0; i < tokens.length; i++) {
      if (tokens[i] < 0 || tokens[i] >= vocabulary) {
        throw new InvalidDataException(
            "token "
                + tokens[i]
                + " at crop "
                + crop
                + ", place "
                + i
                + " is outside of the vocabulary, 0 to "
                + (vocabulary - 1));
      }
    }
  }

  @Override
  public void close() throws IOException {
    samples.close();
  }
}
