package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.anymod.spi.Crop;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** Crops keep values aligned with those of other modalities. */
final class CropCheck {
  private static final double ROUNDING = 1e-4;

  private CropCheck() {}

  static void cropsFitTheSpecification(Subject subject) {
    Modality modality = subject.modality();
    int size = subject.resolution();
    for (Value sample : subject.samples()) {
      for (Crop crop : crops(subject, sample)) {
        Value cropped = modality.crop(ValueContent.copy(sample), crop, size);
        modality
            .value()
            .violation(cropped)
            .ifPresent(reason -> fail("crop(): the result of %s %s", crop, reason));
        if (!modality.followsCrop()) {
          ValueContent.difference(sample, cropped, 0)
              .ifPresent(
                  reason ->
                      fail(
                          "crop(): followsCrop() is false, but the result of %s %s", crop, reason));
        } else if (subject.pixelAligned()) {
          int[] found = Subject.pictureSize(cropped, 0);
          if (found[0] != size || found[1] != size) {
            fail("crop(): the result is %d x %d, asked was %d", found[0], found[1], size);
          }
        }
      }
    }
  }

  private static List<Crop> crops(Subject subject, Value sample) {
    int[] size = Subject.pictureSize(sample, subject.resolution());
    int h = size[0];
    int w = size[1];
    return List.of(
        subject.whole(sample),
        Crop.centerSquare(h, w),
        new Crop(0, 0, h, Math.max(1, w / 2), false, h, w),
        new Crop(h / 4, w / 4, Math.max(1, h / 2), Math.max(1, w / 2), true, h, w),
        new Crop(-h / 4, -w / 4, h, w, false, h, w),
        new Crop(0, 0, h, w, true, h, w));
  }

  /** Without resizing, each place of a crop holds what the picture holds there. */
  static void cropsStayInPlace(Subject subject) {
    if (!subject.pixelAligned()) {
      return;
    }
    for (Value sample : subject.samples()) {
      int[] size = Subject.pictureSize(sample, 0);
      int side = Math.max(1, Math.min(size[0], size[1]) / 2);
      int top = (size[0] - side) / 3;
      int left = (size[1] - side) / 2;
      Crop straight = new Crop(top, left, side, side, false, size[0], size[1]);
      Crop mirrored = new Crop(top, left, side, side, true, size[0], size[1]);
      Value plain = subject.modality().crop(ValueContent.copy(sample), straight, side);
      ValueContent.difference(cut(sample, straight, false), plain, ROUNDING)
          .ifPresent(reason -> fail("crop(): %s without resizing %s", straight, reason));
      Value flipped = subject.modality().crop(ValueContent.copy(sample), mirrored, side);
      if (!anyChannelEquals(cut(sample, straight, true), flipped)) {
        fail("crop(): the result of %s is not mirrored left to right", mirrored);
      }
    }
  }

  /** Numbers may change with the direction, as those of normals do, but not all of them. */
  private static boolean anyChannelEquals(Value expected, Value found) {
    if (expected instanceof Value.Raster a && found instanceof Value.Raster b) {
      int plane = a.height() * a.width();
      for (int c = 0; c < a.channels(); c++) {
        boolean same = a.data().length == b.data().length;
        for (int i = c * plane; same && i < (c + 1) * plane; i++) {
          same = Math.abs(a.data()[i] - b.data()[i]) <= ROUNDING;
        }
        if (same) {
          return true;
        }
      }
      return false;
    }
    return ValueContent.difference(expected, found, 0).isEmpty();
  }

  private static Value cut(Value value, Crop crop, boolean mirror) {
    int side = crop.height();
    if (value instanceof Value.Raster raster) {
      float[] data = new float[raster.channels() * side * side];
      for (int i = 0; i < data.length; i++) {
        int c = i / (side * side);
        int y = i / side % side;
        int x = mirror ? side - 1 - i % side : i % side;
        data[i] = raster.at(c, crop.top() + y, crop.left() + x);
      }
      return new Value.Raster(raster.channels(), side, side, data);
    }
    Value.ClassMap map = (Value.ClassMap) value;
    int[] data = new int[side * side];
    for (int i = 0; i < data.length; i++) {
      int x = mirror ? side - 1 - i % side : i % side;
      data[i] = map.at(crop.top() + i / side, crop.left() + x);
    }
    return new Value.ClassMap(side, side, data);
  }
}
