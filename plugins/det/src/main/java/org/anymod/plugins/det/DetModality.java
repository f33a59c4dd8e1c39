package org.anymod.plugins.det;

import jakarta.inject.Inject;
import java.util.Optional;
import org.anymod.media.JsonCodec;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InputForm;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Bounding boxes: a sequence of at most 256 tokens of the shared text vocabulary, five for each box
 * and one for the end.
 *
 * <p>Files: {@code det/<name>.json} with {@code {"instances": [{"boxes": [xmin, ymin, xmax, ymax],
 * "class_name": "dog", "score": 0.9}]}}; coordinates are parts of the whole picture, 0 to 1, and
 * scores may be missing. Crops hold what is inside of the boxes whose score reaches {@link
 * DetConfig#threshold()}, as parts of the crop.
 */
public final class DetModality implements Modality {
  private static final int MAX_TOKENS = 256;
  private static final int MAX_BOXES = (MAX_TOKENS - 1) / 5;

  private final Detections value;
  private final Codec codec;
  private final Representation text;
  private final Renderer renderer;
  private final Metric metric;
  private final InputForm form;

  /**
   * Creates the modality.
   *
   * @param config classes, threshold and order
   */
  @Inject
  public DetModality(DetConfig config) {
    value = new Detections(config);
    codec = new JsonCodec(value);
    text = new DetText(value, config.labels());
    renderer = new DetRenderer(value, config.labels());
    metric = new DetMetric(value);
    form = new InputForm.Boxes(config.labels(), MAX_BOXES, Detections::drawn);
  }

  @Override
  public String name() {
    return "det";
  }

  @Override
  public String source() {
    return "det";
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

  @Override
  public Optional<InputForm> inputForm() {
    return Optional.of(form);
  }

  @Override
  public Value crop(Value whole, Crop crop, int size) {
    return Detections.toValue(value.crop(whole, crop));
  }

  @Override
  public boolean followsCrop() {
    return true;
  }
}
