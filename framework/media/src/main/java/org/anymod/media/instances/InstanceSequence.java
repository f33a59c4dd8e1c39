package org.anymod.media.instances;

import org.anymod.media.DocumentSequence;
import org.anymod.spi.Crop;
import org.anymod.spi.Kind;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;

/**
 * Instances as text that tells which instances are at some points of a picture, where their boxes
 * are and, in codes of a tokenizer, which of their pixels they cover (arXiv 2406.09406, appendix
 * D).
 *
 * <p>Files: {@code <name>/<sample>.json} with {@code {"width": 640, "height": 480, "instances":
 * [{"polygon": [[x, y], ...]}, ...]}} in pixels of the picture, or {@code {"crops": [{"instances":
 * [{"polygon": [[x, y], ...], "tokens": [16 codes], "box": [ymin, xmin, ymax, xmax]}, ...]}, ...]}}
 * in pixels of crops of 224 x 224 that are cut and mirrored already. Crops hold the parts of
 * instances that are inside. Shown painted, measured by their overlap.
 */
public class InstanceSequence extends DocumentSequence {
  private final InstanceRules rules;
  private final InstanceFile file;

  /**
   * Creates the modality.
   *
   * @param name name of the modality and of its files' folder
   * @param maxTokens largest number of tokens
   * @param masks tokenizer of masks, rasters of shape (1, 64, 64), in 4 x 4 codes
   * @param rules sizes and query points
   */
  public InstanceSequence(String name, int maxTokens, TokenizerFactory masks, InstanceRules rules) {
    this(name, maxTokens, masks, rules, new InstanceFile(rules.vocabulary()));
  }

  private InstanceSequence(
      String name, int maxTokens, TokenizerFactory masks, InstanceRules rules, InstanceFile file) {
    super(
        name,
        new Kind.TextSequence(maxTokens, maxTokens),
        file,
        new Parts(
            new InstanceText(rules, file, masks),
            new InstanceRenderer(file, rules.imageSize()),
            new InstanceMetric(file, rules.imageSize())));
    this.rules = rules;
    this.file = file;
  }

  /**
   * Cuts instances at the sides of a crop; of a file that holds crops, takes the one with the
   * crop's number.
   *
   * @throws IllegalArgumentException if there is no crop of this number, or an instance cannot be
   *     cut because only its codes are known
   */
  @Override
  public final Value crop(Value whole, Crop crop, int size) {
    int side = rules.imageSize();
    Instances instances = file.of(whole, crop.index());
    return InstanceFile.toValue(
        InstanceFile.hasCrops(whole)
            ? instances.atSide(side)
            : new InstanceCrop(crop, side, rules.minArea()).of(instances));
  }

  @Override
  public final boolean followsCrop() {
    return true;
  }
}
