package org.anymod.core.recipe;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.anymod.spi.config.Setting;

/**
 * One dataset of a training mixture (arXiv 2406.09406, section 2.2: co-training on several
 * datasets, of which some have only some modalities).
 *
 * @param root its folder, which holds the folder of the training split
 * @param name its name in logs, in the run's folders and in the mixture's components
 * @param weight how often it is drawn, relative to the others
 * @param modalities model keys that are taken from it
 * @param shards which tar files are read
 * @param repeats uses of a sample in an epoch
 * @param tokenized whether it holds tokens rather than raw files
 * @param folders names of folders that differ from those of what they hold
 * @param inputTokens tokens shown to the encoder, if other than for the rest of the run
 * @param minInputTokens smallest number drawn
 * @param targetTokens tokens predicted by the decoder, if other than for the rest of the run
 * @param minTargetTokens smallest number drawn
 */
public record SourceRecipe(
    @Setting("Folder that holds the folder of the training split; relative to data.root") Path root,
    @Setting("Name in logs and in masking.mixture[].sources; the last folder of root if not given")
        Optional<String> name,
    @Setting(
            value = "How often it is drawn, relative to the others",
            defaultValue = "1.0",
            min = 1e-6,
            max = 1e9)
        double weight,
    @Setting("Model keys that are taken from it; all of the run where none is named")
        List<String> modalities,
    @Setting(
            "Which tar files are read, such as shard-{00000..00099}.tar, or"
                + " [a,b]/shard-{00000..00099}.tar to read only some folders; all that are there if"
                + " not given. Files that lie in the split's folder itself hold several modalities,"
                + " as <sample>.<folder name>.<extension>")
        Optional<String> shards,
    @Setting(
            value =
                "Uses of a sample in an epoch, each with its own crop and mask, close together so that its"
                    + " files are likely still in memory",
            defaultValue = "1",
            min = 1,
            max = 1000)
        int repeats,
    @Setting(
            value =
                "Whether it holds tokens with their contracts, as tokenize and import-tokens write them,"
                    + " rather than raw files",
            defaultValue = "false")
        boolean tokenized,
    @Setting(
            "Folder of each modality whose folder is called differently here, such as {tok_depth@224:"
                + " depth_vq_224}; in tar files with several modalities, the name in the entries")
        Map<String, String> folders,
    @Setting(
            value = "Tokens shown to the encoder, at most; those of masking where not given",
            min = 1,
            max = 65536)
        OptionalInt inputTokens,
    @Setting(
            value =
                "Smallest number of shown tokens that is drawn; the largest where only that is given",
            min = 0,
            max = 65536)
        OptionalInt minInputTokens,
    @Setting(
            value = "Tokens predicted by the decoder, at most; those of masking where not given",
            min = 1,
            max = 65536)
        OptionalInt targetTokens,
    @Setting(
            value =
                "Smallest number of predicted tokens that is drawn; the largest where only that is given",
            min = 0,
            max = 65536)
        OptionalInt minTargetTokens) {

  /** Checks names and ranges. */
  public SourceRecipe {
    String called = nameOf(name, root);
    if (!called.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}")) {
      throw new IllegalArgumentException(
          "name is '"
              + called
              + "', allowed: letters, digits and _ . -, beginning with none of . and -, at most 64");
    }
    if (new HashSet<>(modalities).size() < modalities.size()) {
      throw new IllegalArgumentException("modalities " + modalities + " names a key twice");
    }
    if (new HashSet<>(folders.values()).size() < folders.size()) {
      throw new IllegalArgumentException("folders " + folders + " names a folder twice");
    }
    checkRange("input", minInputTokens, inputTokens);
    checkRange("target", minTargetTokens, targetTokens);
  }

  private static void checkRange(String side, OptionalInt min, OptionalInt max) {
    if (min.isPresent() && max.isPresent() && min.getAsInt() > max.getAsInt()) {
      throw new IllegalArgumentException(
          "min_%s_tokens is %d, must be at most %s_tokens, which is %d"
              .formatted(side, min.getAsInt(), side, max.getAsInt()));
    }
  }

  /**
   * A dataset with folders named as what they hold and the budgets of the run.
   *
   * @param root its folder, which holds the folder of the training split
   * @param name its name in logs, in the run's folders and in the mixture's components
   * @param weight how often it is drawn, relative to the others
   * @param modalities model keys that are taken from it
   * @param shards which tar files are read
   * @param repeats uses of a sample in an epoch
   * @param tokenized whether it holds tokens rather than raw files
   */
  public SourceRecipe(
      Path root,
      Optional<String> name,
      double weight,
      List<String> modalities,
      Optional<String> shards,
      int repeats,
      boolean tokenized) {
    this(
        root,
        name,
        weight,
        modalities,
        shards,
        repeats,
        tokenized,
        Map.of(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /**
   * Returns what it is called.
   *
   * @return the given name, or the last part of the root
   */
  public String title() {
    return nameOf(name, root);
  }

  private static String nameOf(Optional<String> name, Path root) {
    Path last = root.normalize().getFileName();
    return name.orElse(last == null ? "" : last.toString());
  }

  /** Refuses names that occur twice. */
  static void checkNames(List<SourceRecipe> sources) {
    Set<String> names = new HashSet<>();
    for (SourceRecipe source : sources) {
      if (!names.add(source.title())) {
        throw new IllegalArgumentException(
            "two sources are called '" + source.title() + "'; give one of them another name");
      }
    }
  }
}
