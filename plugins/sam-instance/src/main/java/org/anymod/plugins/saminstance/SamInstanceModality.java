package org.anymod.plugins.saminstance;

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
 * Instances: a sequence of at most 290 tokens of the shared text vocabulary that tells which
 * instances are at some points of a picture, where their boxes are and, in codes of a tokenizer,
 * which of their pixels they cover.
 *
 * <p>Files: {@code sam_instance/<name>.json} with {@code {"width": 640, "height": 480, "instances":
 * [{"polygon": [[x, y], ...]}, ...]}} in pixels of the picture, or {@code {"crops": [{"instances":
 * [{"polygon": [[x, y], ...], "tokens": [16 codes], "box": [ymin, xmin, ymax, xmax]}, ...]}, ...]}}
 * in pixels of crops of 224 x 224 that are cut and mirrored already. Crops hold the parts of
 * instances that are inside.
 */
public final class SamInstanceModality implements Modality {
  private static final int MAX_TOKENS = 290;

  private final SamInstanceConfig config;
  private final InstanceFile value;
  private final Codec codec;
  private final Representation text;
  private final Renderer renderer;
  private final Metric metric;

  /**
   * Creates the modality.
   *
   * @param config sizes and query points
   */
  @Inject
  public SamInstanceModality(SamInstanceConfig config) {
    this.config = config;
    value = new InstanceFile(config.vocabulary());
    codec = new JsonCodec(value);
    text = new InstanceText(config, value);
    renderer = new InstanceRenderer(value, config.imageSize());
    metric = new InstanceMetric(value, config.imageSize());
  }

  @Override
  public String name() {
    return "sam_instance";
  }

  @Override
  public String source() {
    return "sam_instance";
  }

  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(MAX_TOKENS, MAX_TOKENS));
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
   * Cuts instances at the sides of a crop; of a file that holds crops, takes the one with the
   * crop's number.
   *
   * @throws IllegalArgumentException if there is no crop of this number, or an instance cannot be
   *     cut because only its codes are known
   */
  @Override
  public Value crop(Value whole, Crop crop, int size) {
    int side = config.imageSize();
    Instances instances = value.of(whole, crop.index());
    return InstanceFile.toValue(
        InstanceFile.hasCrops(whole)
            ? instances.atSide(side)
            : new InstanceCrop(crop, side, config.minArea()).of(instances));
  }

  @Override
  public boolean followsCrop() {
    return true;
  }
}
