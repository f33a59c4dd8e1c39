package org.anymod.networks.vq;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.anymod.networks.SettingsReader;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;

/**
 * Settings of a quantizer.
 *
 * @param type which quantizer
 * @param latent width of a latent
 * @param codebooks codes that stand for one latent
 * @param levels steps of each dimension of a code, for {@link Type#FSQ} alone
 * @param normLatents whether latents are brought to length 1 first
 * @param kMeans whether the codebook starts from clusters of the first batch
 * @param decay decay of the codebook's moving averages
 * @param deadCode a code is dead when it is used less than its even share divided by this
 * @param policy what happens to dead codes
 * @param renormalise whether rows of a cosine codebook are kept at length 1
 * @param commitment weight of the commitment loss
 */
public record QuantizerSettings(
    Type type,
    int latent,
    int codebooks,
    List<Integer> levels,
    boolean normLatents,
    boolean kMeans,
    double decay,
    double deadCode,
    DeadCodes policy,
    boolean renormalise,
    double commitment) {

  /** The quantizers that there are. */
  public enum Type {
    /** A codebook compared by direction. */
    COSINE,
    /** A codebook compared by distance. */
    EUCLIDEAN,
    /** A trained memory of keys and values. */
    MEMCODES,
    /** Each dimension rounded to a few levels. */
    FSQ
  }

  /** What happens to codes that are hardly used. */
  public enum DeadCodes {
    /** They take the place of random latents of the batch. */
    BATCH_RANDOM,
    /** They take a place beside the most used codes, whose load they share. */
    MOST_USED,
    /** They stay. */
    KEEP
  }

  /**
   * Reads those of a recipe's settings that concern the quantizer; all others are left alone.
   *
   * @param settings settings by name
   * @return a codebook compared by direction for latents of width 32, unless they say otherwise
   * @throws IllegalArgumentException if one is impossible; the message says what is allowed
   */
  public static QuantizerSettings of(Map<String, Object> settings) {
    SettingsReader reader = new SettingsReader(settings);
    QuantizerSettings read = read(reader, Type.COSINE, 32, 1);
    reader.check();
    return read;
  }

  static QuantizerSettings read(
      SettingsReader reader, Type defaultType, int defaultLatent, int defaultCodebooks) {
    Type type = reader.choice("quantizer", defaultType, Type.values());
    int codebooks = reader.whole("codebooks", defaultCodebooks, 1, 1024);
    List<Integer> levels = levels(reader, type);
    boolean scalar = type == Type.FSQ;
    int natural = scalar ? levels.size() * codebooks : defaultLatent;
    int latent = reader.whole("latent", natural, scalar ? 0 : 1, 65536);
    if (scalar && !levels.isEmpty() && latent != natural) {
      reader.problem(
          "latent", latent, natural + " (levels x codebooks) for the quantizer fsq; leave it out");
    }
    if (type == Type.MEMCODES && latent % codebooks != 0) {
      reader.problem("latent", latent, "a multiple of codebooks = " + codebooks);
    }
    return new QuantizerSettings(
        type,
        latent,
        codebooks,
        levels,
        reader.flag("norm_latents", false),
        reader.flag("kmeans", false),
        reader.number("ema_decay", 0.99, 0, 0.99999),
        reader.number("dead_code", 32, 1, 1e9),
        reader.choice("dead_code_policy", DeadCodes.BATCH_RANDOM, DeadCodes.values()),
        reader.flag("renormalise", false),
        reader.number("commitment", 1, 0, 1e6));
  }

  private static List<Integer> levels(SettingsReader reader, Type type) {
    if (type != Type.FSQ) {
      if (reader.has("levels")) {
        reader.problem(
            "levels",
            "given",
            "left out for the quantizer " + SettingsReader.spelled(type) + "; fsq has levels");
      }
      return List.of();
    }
    List<Integer> levels = reader.wholes("levels", List.of(), false);
    for (int level : levels) {
      if (level < 2 || level > 4096) {
        reader.problem("levels", level, "whole numbers from 2 to 4096");
      }
    }
    return levels;
  }

  /** What decides ids besides the tables. */
  String form() {
    return "%s, latent %d, codebooks %d, levels %s, norm_latents %s"
        .formatted(SettingsReader.spelled(type), latent, codebooks, levels, normLatents);
  }

  /**
   * Creates the quantizer with fresh tables.
   *
   * @param codes codes of a codebook
   * @param init initial values
   * @param parameters where its tensors are added, under {@code quantize.}
   * @param owner owner of what is not saved
   * @return the quantizer
   * @throws IllegalArgumentException if the number of codes is impossible for it
   */
  public Quantizer create(int codes, InitialValues init, Parameters parameters, NDManager owner) {
    return switch (type) {
      case COSINE, EUCLIDEAN -> new AveragedCodebook(this, codes, init, parameters);
      case MEMCODES -> new Memcodes(this, codes, init, parameters, owner);
      case FSQ -> new ScalarQuantizer(this, codes, owner);
    };
  }
}
