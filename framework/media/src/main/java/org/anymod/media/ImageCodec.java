package org.anymod.media;

import java.util.List;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;

/** PNG and JPEG files as rasters with values in [0, 1]; PNG is written. */
public final class ImageCodec implements Codec {
  private final List<String> extensions;
  private final boolean color;
  private final int bits;

  private ImageCodec(List<String> extensions, boolean color, int bits) {
    this.extensions = extensions;
    this.color = color;
    this.bits = bits;
  }

  /**
   * Returns the codec of colour pictures.
   *
   * @return a codec for rasters of three channels that reads PNG and JPEG and writes PNG of 8 bits
   */
  public static ImageCodec color() {
    return new ImageCodec(List.of("png", "jpg", "jpeg"), true, Byte.SIZE);
  }

  /**
   * Returns the codec of maps of one number.
   *
   * @param bits 8 or 16, the bits of written files; both can be read
   * @return a codec for rasters of one channel that reads and writes PNG
   * @throws IllegalArgumentException if there are other than 8 or 16 bits
   */
  public static ImageCodec gray(int bits) {
    if (bits != Byte.SIZE && bits != Short.SIZE) {
      throw new IllegalArgumentException("bits is " + bits + ", must be 8 or 16");
    }
    return new ImageCodec(List.of("png"), false, bits);
  }

  @Override
  public List<String> extensions() {
    return extensions;
  }

  @Override
  public Value decode(byte[] bytes) throws InvalidDataException {
    return color ? Pictures.decodeColor(bytes) : Pictures.decodeGray(bytes);
  }

  @Override
  public byte[] encode(Value value) {
    return Pictures.encodePng(ValueTypes.raster(value), bits);
  }
}
