package org.anymod.media.body;

import java.util.List;
import org.anymod.media.Canvas;
import org.anymod.media.ColorMaps;
import org.anymod.media.Point;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/**
 * Draws the skeleton and the box of each person on white; in the person's colour, the left half of
 * the body darker.
 */
final class SkeletonRenderer implements Renderer {
  private static final int BONE = 3;

  private final HumanFile file;

  SkeletonRenderer(HumanFile file) {
    this.file = file;
  }

  @Override
  public Rendering render(Value value) {
    int side = (int) HumanCrop.SIDE;
    Canvas canvas = Canvas.white(side, side);
    List<Human> humans = file.of(value);
    for (int i = 0; i < humans.size(); i++) {
      int color = ColorMaps.classColor(i);
      canvas.outline(humans.get(i).box(), color);
      Point[] joints = Projection.of(humans.get(i));
      for (int joint = 1; joint < joints.length; joint++) {
        canvas.line(
            joints[Skeleton.parent(joint)],
            joints[joint],
            BONE,
            isLeft(joint) ? darker(color) : color);
      }
    }
    return new Rendering.Picture(canvas.image());
  }

  private static boolean isLeft(int joint) {
    return Skeleton.mirrored(joint) > joint;
  }

  private static int darker(int color) {
    return color >> 1 & 0x7F7F7F;
  }
}
