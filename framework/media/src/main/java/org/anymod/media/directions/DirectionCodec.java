package org.anymod.media.directions;

import java.util.List;
import org.anymod.media.ImageCodec;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;

/** Pictures whose red, green and blue are x, y and z: levels 0 to 255 stand for -1 to 1. */
public final class DirectionCodec implements Codec {
  private final Codec pictures = ImageCodec.color();

  /** Creates a codec. */
  public DirectionCodec() {}

  @Override
  public List<String> extensions() {
    return pictures.extensions();
  }

  @Override
  public Value decode(byte[] bytes) throws InvalidDataException {
    return fromPicture(ValueTypes.raster(pictures.decode(bytes)));
  }

  @Override
  public byte[] encode(Value value) {
    return pictures.encode(toPicture(ValueTypes.raster(value)));
  }

  /**
   * Brings numbers from [0, 1] to [-1, 1].
   *
   * @param picture the picture of a map
   * @return the map
   */
  public static Value.Raster fromPicture(Value.Raster picture) {
    return scaled(picture, 2, -1);
  }

  /**
   * Brings numbers from [-1, 1] to [0, 1].
   *
   * @param directions a map
   * @return its picture
   */
  public static Value.Raster toPicture(Value.Raster directions) {
    return scaled(directions, 0.5f, 0.5f);
  }

  private static Value.Raster scaled(Value.Raster raster, float factor, float offset) {
    float[] data = new float[raster.data().length];
    for (int i = 0; i < data.length; i++) {
      data[i] = raster.data()[i] * factor + offset;
    }
    return new Value.Raster(raster.channels(), raster.height(), raster.width(), data);
  }
}
