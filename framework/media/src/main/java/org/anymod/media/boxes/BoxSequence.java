package org.anymod.media.boxes;

import java.util.Optional;
import org.anymod.media.DocumentSequence;
import org.anymod.spi.Crop;
import org.anymod.spi.InputForm;
import org.anymod.spi.Kind;
import org.anymod.spi.Value;

/**
 * Labelled boxes as text, five words for each box (arXiv 2406.09406, appendix D).
 *
 * <p>Files: {@code <name>/<sample>.json} with {@code {"instances": [{"boxes": [xmin, ymin, xmax,
 * ymax], "class_name": "dog", "score": 0.9}]}}; coordinates are parts of the whole picture, 0 to 1,
 * and scores may be missing. Crops hold what is inside of the boxes whose score reaches {@link
 * BoxRules#threshold()}, as parts of the crop. Shown as rectangles on white; measured by the mean
 * average precision of COCO.
 */
public class BoxSequence extends DocumentSequence {
  /** Four sides and a class. */
  private static final int WORDS = 5;

  private final LabelledBoxes boxes;
  private final InputForm form;

  /**
   * Creates the modality.
   *
   * @param name name of the modality, of its files' folder and of its settings
   * @param maxTokens largest number of tokens
   * @param rules classes, threshold and order
   */
  public BoxSequence(String name, int maxTokens, BoxRules rules) {
    this(name, maxTokens, rules, new LabelledBoxes(name, rules));
  }

  private BoxSequence(String name, int maxTokens, BoxRules rules, LabelledBoxes boxes) {
    super(
        name,
        new Kind.TextSequence(maxTokens, maxTokens),
        boxes,
        new Parts(
            new BoxText(boxes, rules.labels()),
            new BoxRenderer(boxes, rules.labels()),
            new BoxMetric(boxes)));
    this.boxes = boxes;
    this.form = new InputForm.Boxes(rules.labels(), (maxTokens - 1) / WORDS, LabelledBoxes::drawn);
  }

  /** Boxes dragged over a picture, as many as there are words for. */
  @Override
  public final Optional<InputForm> inputForm() {
    return Optional.of(form);
  }

  @Override
  public final Value crop(Value whole, Crop crop, int size) {
    return LabelledBoxes.toValue(boxes.crop(whole, crop));
  }

  @Override
  public final boolean followsCrop() {
    return true;
  }
}
