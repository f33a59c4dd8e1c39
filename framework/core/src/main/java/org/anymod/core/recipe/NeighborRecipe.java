package org.anymod.core.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.anymod.spi.config.Setting;

/**
 * Classification of predicted vectors by their neighbours among true vectors of the training split
 * (arXiv 2406.09406, appendix F).
 *
 * @param labels source whose values say the class of a sample
 * @param field field of a flat document that is the class
 * @param except labels of class maps that are no class of a sample
 * @param file file with a class for each sample
 * @param k neighbours that vote
 * @param temperature how much the nearest decide
 * @param gallery training samples to look among
 */
public record NeighborRecipe(
    @Setting(
            "Source whose values say the class of a sample: of a class map the most frequent class, of a text its"
                + " words, of a flat document one field. Vectors are then classified by their nearest neighbours")
        Optional<String> labels,
    @Setting("Field that is the class, where labels names flat documents") Optional<String> field,
    @Setting("Labels of class maps that are no class of a sample, such as a background")
        List<String> except,
    @Setting(
            "Text file with a line 'name,class' or 'name<tab>class' for each sample of both splits, in place of"
                + " labels")
        Optional<Path> file,
    @Setting(value = "Neighbours that vote", defaultValue = "20", min = 1, max = 1e6) int k,
    @Setting(
            value = "The smaller, the more the nearest neighbours decide",
            defaultValue = "0.07",
            min = 1e-6,
            max = 1e6)
        double temperature,
    @Setting(
            value = "Training samples to look among, from the first on; 0 means all",
            defaultValue = "0",
            min = 0,
            max = 1e9)
        int gallery) {

  /** Checks that classes come from one place. */
  public NeighborRecipe {
    if (labels.isPresent() && file.isPresent()) {
      throw new IllegalArgumentException("labels and file are both given, must be one of them");
    }
  }

  /**
   * Returns the default.
   *
   * @return no classification
   */
  public static NeighborRecipe off() {
    return new NeighborRecipe(
        Optional.empty(), Optional.empty(), List.of(), Optional.empty(), 20, 0.07, 0);
  }

  /**
   * Returns whether samples have classes.
   *
   * @return true if labels or a file are named
   */
  public boolean enabled() {
    return labels.isPresent() || file.isPresent();
  }
}
