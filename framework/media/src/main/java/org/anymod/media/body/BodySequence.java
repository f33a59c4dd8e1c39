package org.anymod.media.body;

import org.anymod.media.DocumentSequence;
import org.anymod.spi.Crop;
import org.anymod.spi.Kind;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;

/**
 * People and how their bodies stand as text, 39 words for each person (arXiv 2406.09406, appendix
 * D).
 *
 * <p>Files: {@code <name>/<sample>.json}, empty without people, else with a list element for each
 * person: {@code bbox_xyxy} [4] in pixels of the picture, {@code pred_cam} [3] (scale, right,
 * down), and in {@code pred_smpl_params} {@code global_orient} [(1)][3][3], {@code betas} [10] and
 * {@code body_pose} [23][3][3]; the codes {@code pose_tokenized} [8] where a tokenizer has made
 * them already. Crops hold the people inside, mirrored if the crop is, in boxes of crops of 224 x
 * 224. Shown as skeletons, measured by boxes and joints.
 */
public class BodySequence extends DocumentSequence {
  private final HumanFile file;
  private final HumanCrop cropping;

  /**
   * Creates the modality.
   *
   * @param name name of the modality, of its files' folder and of its settings
   * @param kind length of the sequence
   * @param poses tokenizer of body poses, single vectors of 207 numbers, in 8 codes
   * @param rules codes and which defects of the reference system to keep
   */
  public BodySequence(
      String name, Kind.TextSequence kind, TokenizerFactory poses, BodyRules rules) {
    this(name, kind, poses, rules, new HumanFile(rules.vocabulary()));
  }

  private BodySequence(
      String name,
      Kind.TextSequence kind,
      TokenizerFactory poses,
      BodyRules rules,
      HumanFile file) {
    super(
        name,
        kind,
        file,
        new Parts(
            new HumanText(rules, file, poses), new SkeletonRenderer(file), new JointMetric(file)));
    this.file = file;
    cropping = new HumanCrop(!rules.publishedFlip(), "plugins." + name + ".published_flip");
  }

  /**
   * Finds the people in a crop.
   *
   * @throws IllegalArgumentException if the crop is mirrored and only codes of a pose are known
   */
  @Override
  public final Value crop(Value whole, Crop crop, int size) {
    return HumanFile.toValue(cropping.of(file.of(whole), crop));
  }

  @Override
  public final boolean followsCrop() {
    return true;
  }
}
