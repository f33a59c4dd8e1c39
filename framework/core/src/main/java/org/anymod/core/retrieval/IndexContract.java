package org.anymod.core.retrieval;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the vectors of an index are: the file {@code contract.json} in its folder. Vectors of two
 * models, or of two tokenizers, say nothing about each other.
 *
 * @param version of this file's form
 * @param embedding key of the modality whose values the vectors are
 * @param origin {@code predicted} by a model, or from {@code files}
 * @param query model keys from which they were predicted; none for files
 * @param model SHA-256 in hex of the model's checkpoint; empty for files
 * @param tokenizers identities of the tokenizers that took part, by model key; none for files
 * @param vocabulary identity of the text vocabulary; empty for files
 * @param valueSpec the values in words
 * @param width numbers in a vector
 * @param sampling how the embedding was sampled, in words; empty for files
 * @param ensemble predictions of which each vector is the mean
 * @param batch samples predicted together
 * @param seed seed of the predictions
 * @param crop which part of a picture was used
 * @param split split of the dataset
 * @param samples number of vectors
 * @param names SHA-256 in hex of the samples' names
 * @param samplesPerShard vectors in each file but the last
 */
public record IndexContract(
    int version,
    String embedding,
    String origin,
    List<String> query,
    String model,
    Map<String, String> tokenizers,
    String vocabulary,
    String valueSpec,
    int width,
    String sampling,
    int ensemble,
    int batch,
    long seed,
    String crop,
    String split,
    int samples,
    String names,
    int samplesPerShard) {
  /** Name of the file in the folder of an index. */
  public static final String FILE = "contract.json";

  /** The version that is written and read. */
  public static final int VERSION = 1;

  /** Vectors that a model predicted. */
  public static final String PREDICTED = "predicted";

  /** Vectors that were read from files. */
  public static final String FILES = "files";

  /** Checks ranges. */
  public IndexContract {
    require(version == VERSION, "version", version, String.valueOf(VERSION));
    require(!embedding.isEmpty(), "embedding", embedding, "a modality's key");
    require(
        origin.equals(PREDICTED) || origin.equals(FILES), "origin", origin, "predicted or files");
    require(origin.equals(FILES) == query.isEmpty(), "query", query, "given for predictions alone");
    require(width > 0, "width", width, "at least 1");
    require(ensemble > 0, "ensemble", ensemble, "at least 1");
    require(batch > 0, "batch", batch, "at least 1");
    require(samples > 0, "samples", samples, "at least 1");
    require(samplesPerShard > 0, "samplesPerShard", samplesPerShard, "at least 1");
    query = List.copyOf(query);
    tokenizers = new TreeMap<>(tokenizers);
  }

  private static void require(boolean condition, String name, Object found, String allowed) {
    if (!condition) {
      throw new IllegalArgumentException(name + " is '" + found + "', must be " + allowed);
    }
  }

  /**
   * Compares everything, as is needed to go on with an index that is not complete.
   *
   * @param expected what is to be made
   * @return the differences in words; empty if both give the same bytes
   */
  public List<String> check(IndexContract expected) {
    List<String> differences = new ArrayList<>();
    compare(differences, "embedding", embedding, expected.embedding);
    compare(differences, "origin", origin, expected.origin);
    compare(differences, "query", query, expected.query);
    meaning(differences, expected);
    compare(differences, "ensemble", ensemble, expected.ensemble);
    compare(differences, "batch", batch, expected.batch);
    compare(differences, "seed", seed, expected.seed);
    compare(differences, "crop", crop, expected.crop);
    compare(differences, "split", split, expected.split);
    compare(differences, "number of samples", samples, expected.samples);
    compare(differences, "names of the samples", names, expected.names);
    compare(differences, "samples per shard", samplesPerShard, expected.samplesPerShard);
    return List.copyOf(differences);
  }

  /**
   * Compares with the contract of vectors that are to be looked up. These may be predicted from
   * anything; against vectors from files the model does not matter.
   *
   * @param asked the contract of the queries
   * @return the differences in words; empty if the vectors can be compared
   */
  public List<String> checkQuery(IndexContract asked) {
    List<String> differences = new ArrayList<>();
    compare(differences, "embedding", embedding, asked.embedding);
    if (origin.equals(asked.origin)) {
      meaning(differences, asked);
    } else {
      compare(differences, "values", valueSpec, asked.valueSpec);
      compare(differences, "width", width, asked.width);
    }
    return List.copyOf(differences);
  }

  private void meaning(List<String> differences, IndexContract other) {
    compare(differences, "model", model, other.model);
    for (Map.Entry<String, String> entry : tokenizers.entrySet()) {
      String expected = other.tokenizers.get(entry.getKey());
      if (expected != null) {
        compare(differences, "tokenizer of " + entry.getKey(), entry.getValue(), expected);
      }
    }
    compare(differences, "text vocabulary", vocabulary, other.vocabulary);
    compare(differences, "values", valueSpec, other.valueSpec);
    compare(differences, "width", width, other.width);
    compare(differences, "sampling", sampling, other.sampling);
  }

  private static void compare(
      List<String> differences, String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      differences.add(what + " is " + found + ", expected " + expected);
    }
  }
}
