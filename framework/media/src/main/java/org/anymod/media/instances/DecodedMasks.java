package org.anymod.media.instances;

import java.util.ArrayList;
import java.util.List;
import org.anymod.media.BinaryMask;
import org.anymod.media.Box;
import org.anymod.spi.Value;

/**
 * Brings order into instances that a model told: empty masks are left out, and instances told
 * several times become one, with the mean of their boxes and the pixels that at least half of them
 * have. Two instances are the same where their masks overlap by more than 0.8 (Dice) and their
 * boxes by more than 0.9 (intersection over union).
 */
final class DecodedMasks {
  private static final double SAME_MASK = 0.8;
  private static final double SAME_BOX = 0.9;
  private static final double SMOOTHING = 0.01;
  private static final int PLACES = Instance.SIDE * Instance.SIDE;

  private final boolean dropFull;

  DecodedMasks(boolean dropFull) {
    this.dropFull = dropFull;
  }

  /** Returns the different instances, the largest boxes first. */
  List<Instance> different(Instances instances) {
    List<List<Instance>> groups = new ArrayList<>();
    instances
        .largeFirst()
        .filter(this::isVisible)
        .forEach(
            item ->
                groups.stream()
                    .filter(group -> isSame(group.get(0), item))
                    .findFirst()
                    .orElseGet(
                        () -> {
                          groups.add(new ArrayList<>());
                          return groups.get(groups.size() - 1);
                        })
                    .add(item));
    return groups.stream().map(DecodedMasks::mean).toList();
  }

  private boolean isVisible(Instance item) {
    int count = item.mask().orElseThrow().count();
    return count > 0 && !(dropFull && count == PLACES);
  }

  static boolean isSame(Instance a, Instance b) {
    BinaryMask first = a.mask().orElseThrow();
    BinaryMask second = b.mask().orElseThrow();
    double dice =
        2 * (first.shared(second) + SMOOTHING) / (first.count() + second.count() + SMOOTHING);
    return dice > SAME_MASK && a.box().iou(b.box()) > SAME_BOX;
  }

  private static Instance mean(List<Instance> group) {
    float[] votes = new float[PLACES];
    double[] sides = new double[4];
    for (Instance item : group) {
      float[] pixels = item.mask().orElseThrow().toRaster().data();
      for (int i = 0; i < PLACES; i++) {
        votes[i] += pixels[i] / group.size();
      }
      sides[0] += item.box().left() / group.size();
      sides[1] += item.box().top() / group.size();
      sides[2] += item.box().right() / group.size();
      sides[3] += item.box().bottom() / group.size();
    }
    Value.Raster raster = new Value.Raster(1, Instance.SIDE, Instance.SIDE, votes);
    return group
        .get(0)
        .withMask(BinaryMask.of(raster, 0.5 - 1e-6))
        .withBox(new Box(sides[0], sides[1], sides[2], sides[3]));
  }
}
