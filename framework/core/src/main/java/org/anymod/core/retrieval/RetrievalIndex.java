package org.anymod.core.retrieval;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.StrictJson;
import org.anymod.core.training.Checksums;
import org.anymod.media.Npy;
import org.anymod.media.NpyArray;
import org.anymod.media.NpyType;
import org.anymod.spi.InvalidDataException;

/** The embeddings of a dataset, read from a folder, with the names of the samples. */
public final class RetrievalIndex {
  static final long LARGEST_CONTRACT = 1 << 20;

  private final Path folder;
  private final IndexContract contract;
  private final List<String> names;
  private final EmbeddingTable vectors;

  private RetrievalIndex(
      Path folder, IndexContract contract, List<String> names, EmbeddingTable vectors) {
    this.folder = folder;
    this.contract = contract;
    this.names = names;
    this.vectors = vectors;
  }

  /**
   * Reads an index.
   *
   * @param folder its folder
   * @return the index, all in memory
   * @throws DatasetException if it is not there, not complete or damaged; the message names the
   *     file
   * @throws IOException if a file can't be read
   */
  public static RetrievalIndex open(Path folder) throws IOException {
    if (!Files.isRegularFile(folder.resolve(IndexContract.FILE))) {
      throw new DatasetException(
          folder + " is no index: " + IndexContract.FILE + " is missing; make one first");
    }
    IndexContract contract =
        StrictJson.read(folder.resolve(IndexContract.FILE), IndexContract.class, LARGEST_CONTRACT);
    Path sums = folder.resolve(IndexWriter.CHECKSUMS);
    if (!Files.isRegularFile(sums)) {
      throw new DatasetException(
          folder + " is not complete; the command that began it goes on from there");
    }
    Optional<String> damage = Checksums.damage(sums, true);
    if (damage.isPresent()) {
      throw new DatasetException(damage.get() + "; delete the folder and make the index again");
    }
    List<String> names = names(folder.resolve(IndexWriter.NAMES), contract);
    EmbeddingTable vectors = vectors(folder, contract);
    OptionalInt unsound = vectors.firstUnsound();
    if (unsound.isPresent()) {
      throw new DatasetException(
          folder
              + ": the vector of sample '"
              + names.get(unsound.getAsInt())
              + "' has numbers that are not finite");
    }
    return new RetrievalIndex(folder, contract, names, vectors);
  }

  private static List<String> names(Path file, IndexContract contract) throws IOException {
    List<String> names = List.of(StrictJson.read(file, String[].class, IndexWriter.LARGEST_JSON));
    if (names.size() != contract.samples()) {
      throw new DatasetException(
          file + " has " + names.size() + " names, must have " + contract.samples());
    }
    checkUnique(file.toString(), names);
    if (!Digest.of(names).equals(contract.names())) {
      throw new DatasetException(file + " has other names than " + IndexContract.FILE + " says");
    }
    return names;
  }

  static void checkUnique(String place, List<String> names) throws DatasetException {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw new DatasetException(place + ": two samples are named '" + name + "'");
      }
    }
  }

  private static EmbeddingTable vectors(Path folder, IndexContract contract) throws IOException {
    List<float[]> blocks = new ArrayList<>();
    int per = contract.samplesPerShard();
    for (int from = 0; from < contract.samples(); from += per) {
      int rows = Math.min(per, contract.samples() - from);
      blocks.add(shard(folder.resolve(IndexWriter.vectors(from / per)), rows, contract.width()));
    }
    return new EmbeddingTable(contract.width(), per, blocks);
  }

  private static float[] shard(Path file, int rows, int width) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(file + " is missing");
    }
    try {
      NpyArray array = Npy.read(Files.readAllBytes(file));
      int[] expected = {rows, width};
      if (array.type() != NpyType.FLOAT32 || !Arrays.equals(array.shape(), expected)) {
        throw new DatasetException(
            file + " holds " + array + ", must be float32 of shape " + Arrays.toString(expected));
      }
      return (float[]) array.data();
    } catch (InvalidDataException e) {
      throw new DatasetException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Refuses queries whose vectors cannot be compared with these.
   *
   * @param asked the contract of the queries
   * @throws DatasetException naming each difference
   */
  public void check(IndexContract asked) throws DatasetException {
    List<String> differences = contract.checkQuery(asked);
    if (!differences.isEmpty()) {
      throw new DatasetException(
          folder
              + " was made in another way than this recipe makes queries; use the recipe and model"
              + " it was made with, or make a new index:\n  "
              + String.join("\n  ", differences));
    }
  }

  /**
   * Returns what lets a graph be known as made of these vectors.
   *
   * @return SHA-256 in hex of the noted checksums
   * @throws IOException if they can't be read
   */
  String identity() throws IOException {
    return Digest.of(folder.resolve(IndexWriter.CHECKSUMS));
  }

  /**
   * Returns where the index lies.
   *
   * @return its folder
   */
  public Path folder() {
    return folder;
  }

  /**
   * Returns what the vectors are.
   *
   * @return the contract
   */
  public IndexContract contract() {
    return contract;
  }

  /**
   * Returns the samples.
   *
   * @return a name for each vector, all different
   */
  public List<String> names() {
    return names;
  }

  /**
   * Returns the vectors.
   *
   * @return the vectors, in the order of the names
   */
  public EmbeddingTable vectors() {
    return vectors;
  }
}
