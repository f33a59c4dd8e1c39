package org.anymod.plugins.humanposes;

import jakarta.inject.Inject;
import org.anymod.media.JsonCodec;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * People and their poses: a sequence of at most 275 tokens of the shared text vocabulary, 39 for
 * each person and one for the end.
 *
 * <p>Files: {@code human_poses/<name>.json}, empty without people, else with a list element for
 * each person: {@code bbox_xyxy} [4] in pixels of the picture, {@code pred_cam} [3] (scale, right,
 * down), and in {@code pred_smpl_params} {@code global_orient} [(1)][3][3], {@code betas} [10] and
 * {@code body_pose} [23][3][3]; the codes {@code pose_tokenized} [8] where a tokenizer has made
 * them already. Crops hold the people inside, mirrored if the crop is, in boxes of crops of 224 x
 * 224.
 */
public final class HumanPosesModality implements Modality {
  private static final int MAX_TOKENS = 275;
  private static final int MAX_LENGTH = 263;

  private final HumanFile value;
  private final Codec codec;
  private final Representation text;
  private final Renderer renderer;
  private final Metric metric;
  private final HumanCrop cropping;

  /**
   * Creates the modality.
   *
   * @param config codes and which defects of the reference system to keep
   */
  @Inject
  public HumanPosesModality(HumanPosesConfig config) {
    value = new HumanFile(config.vocabulary());
    codec = new JsonCodec(value);
    text = new HumanText(config, value);
    renderer = new PoseRenderer(value);
    metric = new PoseMetric(value);
    cropping = new HumanCrop(!config.publishedFlip());
  }

  @Override
  public String name() {
    return "human_poses";
  }

  @Override
  public String source() {
    return "human_poses";
  }

  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(MAX_TOKENS, MAX_LENGTH));
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public Representation representation() {
    return text;
  }

  @Override
  public Renderer renderer() {
    return renderer;
  }

  @Override
  public Metric metric() {
    return metric;
  }

  /**
   * Finds the people in a crop.
   *
   * @throws IllegalArgumentException if the crop is mirrored and only codes of a pose are known
   */
  @Override
  public Value crop(Value whole, Crop crop, int size) {
    return HumanFile.toValue(cropping.of(value.of(whole), crop));
  }

  @Override
  public boolean followsCrop() {
    return true;
  }
}
