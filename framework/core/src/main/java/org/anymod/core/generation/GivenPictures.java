package org.anymod.core.generation;

import java.util.List;
import java.util.Optional;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Crop;
import org.anymod.spi.Value;

/**
 * Brings the values of a request to the size of the model input: the centre square of each. What is
 * no picture, such as boxes or a map of features, belongs to the pictures beside it.
 */
final class GivenPictures {
  private final Optional<int[]> common;

  private GivenPictures(Optional<int[]> common) {
    this.common = common;
  }

  /** A value and what reads it. */
  record Sized(UsedModality modality, Value value) {}

  /**
   * Finds the size that pictures have in common. A square of the model's own size may stand beside
   * pictures of another size, since that is what the model predicts.
   *
   * @throws RequestException naming two pictures of different size
   */
  static GivenPictures of(List<Sized> values) {
    Sized first = null;
    int[] common = null;
    for (Sized value : values) {
      int[] size = size(value.value());
      if (size.length == 0 || !isPicture(value) || isModelSize(value.modality(), size)) {
        continue;
      }
      if (common == null) {
        first = value;
        common = size;
      } else if (common[0] != size[0] || common[1] != size[1]) {
        throw new RequestException(
            "%s has %d by %d pixels, but %s has %d by %d; pictures of one scene must have the same size, or that of the model, %d by %d"
                .formatted(
                    first.modality().key(),
                    common[1],
                    common[0],
                    value.modality().key(),
                    size[1],
                    size[0],
                    value.modality().resolution(),
                    value.modality().resolution()));
      }
    }
    return new GivenPictures(Optional.ofNullable(common));
  }

  /** A map of features keeps its places when it is cropped, a picture gets the model's size. */
  private static boolean isPicture(Sized sized) {
    int[] size = size(sized.value());
    Value cropped =
        sized
            .modality()
            .modality()
            .crop(
                sized.value(), Crop.centerSquare(size[0], size[1]), sized.modality().resolution());
    int[] after = size(cropped);
    return after.length == 2 && isModelSize(sized.modality(), after);
  }

  private static boolean isModelSize(UsedModality modality, int[] size) {
    return size[0] == modality.resolution() && size[1] == modality.resolution();
  }

  /** The region of a value that the model sees. */
  Crop crop(UsedModality modality, Value value) {
    int[] own = size(value);
    if (own.length == 2 && (isModelSize(modality, own) || common.isEmpty())) {
      return Crop.centerSquare(own[0], own[1]);
    }
    int[] size = common.orElse(new int[] {modality.resolution(), modality.resolution()});
    return Crop.centerSquare(size[0], size[1]);
  }

  /** Cuts a value to what the model sees. */
  Value cropped(UsedModality modality, Value value) {
    return modality.modality().crop(value, crop(modality, value), modality.resolution());
  }

  /** Height and width; empty for what has no geometry. */
  private static int[] size(Value value) {
    if (value instanceof Value.Raster raster) {
      return new int[] {raster.height(), raster.width()};
    }
    return value instanceof Value.ClassMap map ? new int[] {map.height(), map.width()} : new int[0];
  }
}
