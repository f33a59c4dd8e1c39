package org.anymod.core.values;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.anymod.spi.Value;

/** Sizes of the pictures of samples, as far as they are known. Safe for use by several threads. */
final class PictureSizes {
  private final List<String> sources;
  private final AtomicLongArray sizes;

  PictureSizes(List<String> sources, int samples) {
    this.sources = List.copyOf(sources);
    this.sizes = new AtomicLongArray(samples);
  }

  /** Rows and columns of a picture or class map. */
  static int[] of(Value value) {
    if (value instanceof Value.Raster raster) {
      return new int[] {raster.height(), raster.width()};
    }
    Value.ClassMap map = (Value.ClassMap) value;
    return new int[] {map.height(), map.width()};
  }

  /** Where pictures are looked for. */
  List<String> sources() {
    return sources;
  }

  Optional<int[]> get(int sample) {
    long size = sizes.get(sample);
    return size == 0
        ? Optional.empty()
        : Optional.of(new int[] {(int) (size >>> Integer.SIZE), (int) size});
  }

  void put(int sample, int[] size) {
    sizes.set(sample, (long) size[0] << Integer.SIZE | size[1]);
  }
}
