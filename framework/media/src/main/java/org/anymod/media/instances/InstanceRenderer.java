package org.anymod.media.instances;

import java.util.List;
import org.anymod.media.BinaryMask;
import org.anymod.media.Canvas;
import org.anymod.media.ColorMaps;
import org.anymod.media.InstanceMaps;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/** Paints instances on black, large ones first, each in a colour of its own. */
final class InstanceRenderer implements Renderer {
  private final InstanceFile file;
  private final int side;

  InstanceRenderer(InstanceFile file, int side) {
    this.file = file;
    this.side = side;
  }

  @Override
  public Rendering render(Value value) {
    Instances instances = file.of(value).atSide(side);
    List<BinaryMask> masks = instances.largeFirst().map(item -> item.placed(side, side)).toList();
    Value.ClassMap map = InstanceMaps.ofMasks(masks, side, side);
    Canvas canvas = Canvas.white(side, side);
    for (int i = 0; i < map.data().length; i++) {
      int number = map.data()[i];
      canvas.dot(i % side, i / side, number == 0 ? 0 : ColorMaps.classColor(number - 1));
    }
    return new Rendering.Picture(canvas.image());
  }
}
