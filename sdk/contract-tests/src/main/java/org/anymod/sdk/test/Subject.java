package org.anymod.sdk.test;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** The modality that is looked at, and what its author says about it. */
record Subject(
    Supplier<? extends Modality> maker,
    List<? extends Value> given,
    int resolution,
    int patch,
    double fileLoss,
    double textLoss,
    boolean pixelAligned) {
  static final long SEED = 17;

  Modality modality() {
    return maker.get();
  }

  /** Returns copies, so that a check that harms its samples harms no other. */
  List<Value> samples() {
    return given.stream().map(ValueContent::copy).toList();
  }

  DeclarationRequest request(OptionalInt vocabulary) {
    String key = modality().name() + "@" + resolution;
    return new DeclarationRequest(key, resolution, patch, vocabulary);
  }

  Declaration declaration() {
    return modality().declare(request(OptionalInt.empty()));
  }

  /** Returns the size of a sample's picture; of values without geometry one as large as asked. */
  static int[] pictureSize(Value value, int otherwise) {
    if (value instanceof Value.Raster raster) {
      return new int[] {raster.height(), raster.width()};
    } else if (value instanceof Value.ClassMap map) {
      return new int[] {map.height(), map.width()};
    }
    return new int[] {otherwise, otherwise};
  }

  Crop whole(Value value) {
    int[] size = pictureSize(value, resolution);
    return new Crop(0, 0, size[0], size[1], false, size[0], size[1]);
  }
}
