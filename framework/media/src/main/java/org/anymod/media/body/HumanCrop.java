package org.anymod.media.body;

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
  private final String setting;

  /**
   * Creates a cropping.
   *
   * @param mirrors whether people are mirrored if the crop is
   * @param setting name of the setting that turns this off, for messages
   */
  HumanCrop(boolean mirrors, String setting) {
    this.mirrors = mirrors;
    this.setting = setting;
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
        Human seen = flip ? mirrored(human) : human;
        kept.add(seen.with(box.within(SIDE)));
      }
    }
    return kept;
  }

  private Human mirrored(Human human) {
    if (human.isOnlyCoded()) {
      throw new IllegalArgumentException(
          "a person has codes of a pose but no 'body_pose', so the pose cannot be mirrored; add"
              + " body_pose to the file, leave mirroring out, or set "
              + setting
              + " to true");
    }
    return human.mirrored();
  }
}
