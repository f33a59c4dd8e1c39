package org.anymod.core.tokenize;

import java.util.List;
import org.anymod.core.modality.UsedModality;
import org.anymod.media.NpyArray;
import org.anymod.media.NpyType;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Pixels of all crops of a sample as one 8-bit array (crops, channels, height, width) over the
 * declared range.
 */
public final class StoredPixels {
  private StoredPixels() {}

  static NpyArray pack(UsedModality modality, List<Value> crops) {
    ValueSpec.RasterSpec spec = (ValueSpec.RasterSpec) modality.modality().value();
    Value.Raster first = (Value.Raster) crops.get(0);
    int one = first.data().length;
    byte[] data = new byte[crops.size() * one];
    float scale = 255 / (spec.max() - spec.min());
    for (int i = 0; i < crops.size(); i++) {
      float[] pixels = ((Value.Raster) crops.get(i)).data();
      for (int j = 0; j < one; j++) {
        data[i * one + j] = (byte) Math.round((pixels[j] - spec.min()) * scale);
      }
    }
    int[] shape = {crops.size(), first.channels(), first.height(), first.width()};
    return new NpyArray(NpyType.UINT8, shape, data);
  }

  /**
   * Returns the pixels of one crop as the model takes them.
   *
   * @param modality the modality
   * @param array what was stored
   * @param crop number of the crop
   * @return scaled pixels in channel, row, column order
   */
  public static float[] crop(UsedModality modality, NpyArray array, int crop) {
    ValueSpec.RasterSpec spec = (ValueSpec.RasterSpec) modality.modality().value();
    int[] shape = array.shape();
    int one = shape[1] * shape[2] * shape[3];
    byte[] bytes = (byte[]) array.data();
    float[] pixels = new float[one];
    float scale = (spec.max() - spec.min()) / 255;
    for (int i = 0; i < one; i++) {
      pixels[i] = (bytes[crop * one + i] & 0xFF) * scale + spec.min();
    }
    return scaled(modality, new Value.Raster(shape[1], shape[2], shape[3], pixels));
  }

  /**
   * Returns the pixels of a value as the model takes them.
   *
   * @param modality the modality
   * @param raster a picture at the size of the model input
   * @return scaled pixels in channel, row, column order
   */
  public static float[] scaled(UsedModality modality, Value.Raster raster) {
    return ((PixelScaling) modality.modality().representation()).scale(raster).data();
  }
}
