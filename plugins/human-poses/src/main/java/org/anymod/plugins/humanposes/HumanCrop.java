package org.anymod.plugins.humanposes;

import java.util.ArrayList;
import java.util.List;
import org.anymod.media.Box;
import org.anymod.spi.Crop;

/**
 * Finds the people in a crop and cuts their boxes at its sides. Camera and pose are those of the
 * whole person and stay, unless the crop is mirrored.
 */
final class HumanCrop {
  /** Side of a crop in the unit of its boxes, whatever the resolution of pictures. */
  static final double SIDE = 224;

  private final boolean mirrors;

  HumanCrop(boolean mirrors) {
    this.mirrors = mirrors;
  }

  List<Human> of(List<Human> whole, Crop crop) {
    boolean flip = crop.flip() && mirrors;
    Crop region =
        new Crop(
            crop.top(),
            crop.left(),
            crop.height(),
            crop.width(),
            flip,
            crop.originalHeight(),
            crop.originalWidth());
    List<Human> kept = new ArrayList<>();
    for (Human human : whole) {
      Box box = human.box().into(region, SIDE);
      // A box that only touches a side is inside, as in the reference system.
      if (box.right() >= 0 && box.bottom() >= 0 && box.left() <= SIDE && box.top() <= SIDE) {
        Human seen = flip ? human.mirrored() : human;
        kept.add(seen.with(box.within(SIDE)));
      }
    }
    return kept;
  }
}
