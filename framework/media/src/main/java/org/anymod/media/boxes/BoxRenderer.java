package org.anymod.media.boxes;

import java.util.Comparator;
import java.util.List;
import org.anymod.media.Box;
import org.anymod.media.Canvas;
import org.anymod.media.ColorMaps;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/** Draws the certain boxes with their class names, large ones first. */
final class BoxRenderer implements Renderer {
  private static final int SIDE = 224;

  private final LabelledBoxes boxes;
  private final List<String> labels;

  BoxRenderer(LabelledBoxes boxes, List<String> labels) {
    this.boxes = boxes;
    this.labels = labels;
  }

  @Override
  public Rendering render(Value value) {
    Canvas canvas = Canvas.white(SIDE, SIDE);
    draw(value, canvas);
    return new Rendering.Picture(canvas.image());
  }

  /** Draws over a picture of the same scene, of any size. */
  void draw(Value value, Canvas canvas) {
    List<LabelledBox> certain =
        boxes.certain(value).stream()
            .sorted(Comparator.comparingDouble(d -> -d.box().area()))
            .toList();
    for (LabelledBox detection : certain) {
      Box box = detection.box().scaled(canvas.image().getWidth(), canvas.image().getHeight());
      int color = ColorMaps.classColor(labels.indexOf(detection.label()));
      canvas.outline(box, color);
      canvas.label(
          detection.label(), (int) Math.rint(box.left()), (int) Math.rint(box.top()), color);
    }
  }
}
