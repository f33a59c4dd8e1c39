package org.anymod.core.recipe;

import java.util.List;
import java.util.Optional;
import org.anymod.spi.config.Setting;

/**
 * How well samples are found again by an embedding that is predicted from something else.
 *
 * @param queries what is asked with
 * @param embedding model key of the embedding
 * @param gallery model key from which the gallery is predicted
 * @param samples validation samples to use
 * @param top largest number of neighbours that counts
 * @param ensemble predictions of which an embedding is the mean
 * @param similarity how embeddings are compared
 * @param shown samples of each query shown as pictures
 */
public record RetrievalRecipe(
    @Setting(
            "What is asked with, each in turn: model keys, several at once joined by + as in a+b, or the word all for"
                + " every input. Nothing is measured where it is empty")
        List<String> queries,
    @Setting(
            "Model key of the embedding; the first output that is one vector where it is not given")
        Optional<String> embedding,
    @Setting(
            "Model key from which the embeddings of the gallery are predicted; the true ones where it is not given")
        Optional<String> gallery,
    @Setting(
            value = "Validation samples in the gallery, from the first on; 0 means all",
            defaultValue = "0",
            min = 0,
            max = 1e9)
        int samples,
    @Setting(
            value = "Largest number of neighbours in which the right one may be, beside 1 and 5",
            defaultValue = "10",
            min = 1,
            max = 100000)
        int top,
    @Setting(
            value = "Predictions of which an embedding is the mean",
            defaultValue = "1",
            min = 1,
            max = 1000)
        int ensemble,
    @Setting(
            value = "How embeddings are compared",
            defaultValue = "cosine",
            allowed = {"cosine", "l2"})
        String similarity,
    @Setting(
            value = "Samples of each query whose neighbours are shown in the report",
            defaultValue = "2",
            min = 0,
            max = 1000)
        int shown) {

  /** The word that stands for every input. */
  public static final String ALL = "all";

  /**
   * Returns the default.
   *
   * @return the section of an evaluation without retrieval
   */
  public static RetrievalRecipe off() {
    return new RetrievalRecipe(
        List.of(), Optional.empty(), Optional.empty(), 0, 10, 1, "cosine", 2);
  }

  /**
   * Returns whether anything is measured.
   *
   * @return true if there is something to ask with
   */
  public boolean isOn() {
    return !queries.isEmpty();
  }
}
