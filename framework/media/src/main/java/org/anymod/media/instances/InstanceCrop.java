package org.anymod.media.instances;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anymod.media.BinaryMask;
import org.anymod.media.Box;
import org.anymod.media.Cropping;
import org.anymod.media.Point;
import org.anymod.media.Polygon;
import org.anymod.media.Resampling;
import org.anymod.spi.Crop;

/**
 * Cuts instances at the sides of a crop. Those whose box becomes too small are left out. Codes stay
 * where the instance is neither cut nor mirrored; elsewhere they no longer hold.
 */
final class InstanceCrop {
  private final Crop crop;
  private final int side;
  private final double minArea;

  InstanceCrop(Crop crop, int side, double minArea) {
    this.crop = crop;
    this.side = side;
    this.minArea = minArea;
  }

  /** Returns the instances of the crop, in a square of the given side. */
  Instances of(Instances whole) {
    double across = (double) crop.originalWidth() / whole.width();
    double down = (double) crop.originalHeight() / whole.height();
    List<Instance> kept = new ArrayList<>();
    for (Instance item : whole.items()) {
      cut(item.scaled(across, down))
          .map(part -> part.within(side))
          .filter(part -> part.box().area() > 0)
          .filter(part -> part.box().area() >= minArea * side * side)
          .ifPresent(kept::add);
    }
    return new Instances(side, side, kept);
  }

  private Optional<Instance> cut(Instance item) {
    Box all = item.box().into(crop, side);
    Box inside = all.within(side);
    Optional<List<Integer>> tokens =
        inside.equals(all) && !crop.flip() ? item.tokens() : Optional.empty();
    if (item.polygon().isPresent()) {
      List<Point> points =
          item.polygon().get().map(point -> point.into(crop, side)).clip(new Box(0, 0, side, side));
      return points.isEmpty()
          ? Optional.empty()
          : Optional.of(Instance.of(new Polygon(points)).withTokens(tokens));
    }
    if (inside.area() <= 0) {
      return Optional.empty();
    }
    if (tokens.isEmpty() && item.mask().isEmpty() && item.tokens().isPresent()) {
      throw new IllegalArgumentException(
          "an instance has codes but neither polygon nor mask, so it cannot be cut or mirrored");
    }
    return Optional.of(
        new Instance(inside, Optional.empty(), item.mask().map(m -> cut(m, all, inside)), tokens));
  }

  /** Returns the part of a mask that is inside. */
  private BinaryMask cut(BinaryMask mask, Box all, Box inside) {
    // In pixels of the mask before it was mirrored.
    double fromLeft = crop.flip() ? all.right() - inside.right() : inside.left() - all.left();
    int left = place(fromLeft / all.width());
    int right = place((fromLeft + inside.width()) / all.width());
    int top = place((inside.top() - all.top()) / all.height());
    int bottom = place((inside.bottom() - all.top()) / all.height());
    Crop part =
        new Crop(
            top,
            left,
            Math.max(1, bottom - top),
            Math.max(1, right - left),
            crop.flip(),
            Instance.SIDE,
            Instance.SIDE);
    return BinaryMask.of(
        Cropping.crop(mask.toRaster(), part, Instance.SIDE, Resampling.NEAREST), 0.5);
  }

  private static int place(double part) {
    return (int) Math.rint(part * Instance.SIDE);
  }
}
