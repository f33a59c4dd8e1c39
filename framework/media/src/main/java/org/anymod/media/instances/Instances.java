package org.anymod.media.instances;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.anymod.media.BinaryMask;

/**
 * The instances of a picture.
 *
 * @param width columns of the picture
 * @param height rows of the picture
 * @param items the instances
 */
record Instances(int width, int height, List<Instance> items) {

  /** Returns the same instances of a square picture of another size. */
  Instances atSide(int side) {
    if (width == side && height == side) {
      return this;
    }
    double across = (double) side / width;
    double down = (double) side / height;
    return new Instances(
        side, side, items.stream().map(item -> item.scaled(across, down).within(side)).toList());
  }

  /** Returns others of the same picture. */
  Instances with(List<Instance> others) {
    return new Instances(width, height, others);
  }

  /** Returns the instances with the largest boxes first. */
  Stream<Instance> largeFirst() {
    return items.stream().sorted(Comparator.comparingDouble(item -> -item.box().area()));
  }

  /** Returns the pixels of each instance. */
  List<BinaryMask> masks() {
    return items.stream().map(item -> item.placed(height, width)).toList();
  }
}
