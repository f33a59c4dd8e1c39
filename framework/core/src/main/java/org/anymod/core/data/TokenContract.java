package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What stored tokens are: the file {@code contract.json} in the folder of their source. Whoever
 * reads the tokens compares it with what the model expects, so that tokens of another tokenizer are
 * never taken for its own.
 *
 * @param version of this file's form
 * @param key key of the modality in the model
 * @param kind name of its kind
 * @param vocabulary number of different tokens
 * @param rows rows of the token grid; 1 for a sequence
 * @param columns columns of the token grid, or the longest sequence
 * @param tokenizerIdentity SHA-256 in hex of the tokenizer's weights and settings
 * @param tokenizerFamily name of the tokenizer's family
 * @param valueSpec the values that were tokenized, in words
 * @param resolution side in pixels to which a crop was resized; 0 where there are no pixels
 * @param crops number of crops, and so of token rows, for each sample
 * @param minCropScale smallest area of a random crop, as a share of the picture
 * @param flip probability that a random crop is mirrored
 * @param seed from which the crops were drawn
 */
public record TokenContract(
    int version,
    String key,
    String kind,
    int vocabulary,
    int rows,
    int columns,
    String tokenizerIdentity,
    String tokenizerFamily,
    String valueSpec,
    int resolution,
    int crops,
    double minCropScale,
    double flip,
    long seed) {
  /** Name of the file in the folder of a source. */
  public static final String FILE = "contract.json";

  /** The version that is written and read. */
  public static final int VERSION = 2;

  private static final long MAX_BYTES = 1 << 20;
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** Checks ranges. */
  public TokenContract {
    require(version == VERSION, "version", version, String.valueOf(VERSION));
    require(!key.isEmpty(), "key", key, "a modality's key");
    require(!kind.isEmpty(), "kind", kind, "a kind's name");
    require(vocabulary > 0, "vocabulary", vocabulary, "at least 1");
    require(rows > 0, "rows", rows, "at least 1");
    require(columns > 0, "columns", columns, "at least 1");
    require(
        SHA_256.matcher(tokenizerIdentity).matches(),
        "tokenizerIdentity",
        tokenizerIdentity,
        "64 hexadecimal digits in lower case");
    require(!tokenizerFamily.isEmpty(), "tokenizerFamily", tokenizerFamily, "a family's name");
    require(resolution >= 0, "resolution", resolution, "at least 0");
    require(crops > 0, "crops", crops, "at least 1");
    require(minCropScale >= 0 && minCropScale <= 1, "minCropScale", minCropScale, "from 0 to 1");
    require(flip >= 0 && flip <= 1, "flip", flip, "from 0 to 1");
    Objects.requireNonNull(valueSpec, "valueSpec");
  }

  /**
   * Reads the contract of a source.
   *
   * @param sourceFolder folder of the tokens
   * @return the contract
   * @throws DatasetException if there is none or it is malformed
   * @throws IOException if it can't be read
   */
  public static TokenContract read(Path sourceFolder) throws IOException {
    return StrictJson.read(sourceFolder.resolve(FILE), TokenContract.class, MAX_BYTES);
  }

  /**
   * Returns whether a source has a contract.
   *
   * @param sourceFolder folder of the tokens
   * @return true if there is a file of that name
   */
  public static boolean isAt(Path sourceFolder) {
    return Files.exists(sourceFolder.resolve(FILE));
  }

  /**
   * Writes the contract into the folder of a source; the folder is made if it is not there.
   *
   * @param sourceFolder folder of the tokens
   * @throws IOException if it can't be written
   */
  public void write(Path sourceFolder) throws IOException {
    Files.createDirectories(sourceFolder);
    StrictJson.write(sourceFolder.resolve(FILE), this);
  }

  /**
   * Compares with what is expected.
   *
   * @param expected the contract that a model or a run needs
   * @return the differences in words, "vocabulary is 512, expected 1024"; empty if there are none
   */
  public List<String> check(TokenContract expected) {
    List<String> differences = new ArrayList<>(checkMeaning(expected));
    compare(differences, "crops per sample", crops, expected.crops);
    compare(differences, "smallest crop", minCropScale, expected.minCropScale);
    compare(differences, "flip", flip, expected.flip);
    compare(differences, "seed", seed, expected.seed);
    return List.copyOf(differences);
  }

  /**
   * Compares what tokens mean, whatever the crops they were made of.
   *
   * @param expected the contract that a model was trained with
   * @return the differences in words; empty if a token stands for the same in both
   */
  public List<String> checkMeaning(TokenContract expected) {
    List<String> differences = new ArrayList<>();
    compare(differences, "key", key, expected.key);
    compare(differences, "kind", kind, expected.kind);
    compare(differences, "vocabulary", vocabulary, expected.vocabulary);
    compare(differences, "rows", rows, expected.rows);
    compare(differences, "columns", columns, expected.columns);
    compare(differences, "tokenizer identity", tokenizerIdentity, expected.tokenizerIdentity);
    compare(differences, "tokenizer family", tokenizerFamily, expected.tokenizerFamily);
    compare(differences, "value spec", valueSpec, expected.valueSpec);
    compare(differences, "resolution", resolution, expected.resolution);
    return List.copyOf(differences);
  }

  /**
   * Returns the contract as one line of JSON, as it goes into the header of a checkpoint.
   *
   * @return the text that {@link #parse} reads
   */
  public String toText() {
    return StrictJson.text(this);
  }

  /**
   * Reads what {@link #toText} wrote.
   *
   * @param text the text
   * @param place where it comes from, for messages
   * @return the contract
   * @throws DatasetException if it is malformed
   */
  public static TokenContract parse(String text, String place) throws DatasetException {
    return StrictJson.parse(text, TokenContract.class, place);
  }

  private static void compare(
      List<String> differences, String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      differences.add(what + " is " + found + ", expected " + expected);
    }
  }

  private static void require(boolean condition, String name, Object found, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException(name + " is '" + found + "', must be " + allowed);
    }
  }
}
