package org.anymod.media.features;

import java.util.List;
import org.anymod.media.CosineMetric;
import org.anymod.media.FeatureCropping;
import org.anymod.media.ModalityParts;
import org.anymod.media.NpyCodec;
import org.anymod.media.PrincipalColors;
import org.anymod.media.TokenMaps;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Crop;
import org.anymod.spi.Labeler;
import org.anymod.spi.Rendering;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.RasterSpec;

/**
 * Dense features of a network as a grid of tokens, one for each patch.
 *
 * <p>Files: {@code <source>/<sample>.npy} of shape (width, rows, columns), the features of the
 * whole picture. Values: rasters of that shape, numbers within 1000 of zero; crops are read off
 * bilinearly and have as many places as the map, which must be as many as there are tokens. Shown
 * by their principal components, measured by their angle.
 */
public class FeatureMaps extends TokenMaps {
  private static final float LIMIT = 1000;

  /**
   * Creates the modality, named {@code tok_<source>}.
   *
   * @param source folder of its files
   * @param vocabulary number of different tokens unless a recipe says otherwise
   * @param value features, see {@link #spec}
   * @param tokens the tokenizer
   * @param labelers how features are computed where there are no files
   */
  public FeatureMaps(
      String source,
      int vocabulary,
      RasterSpec value,
      TokenizerFactory tokens,
      List<Labeler> labelers) {
    super(
        source,
        vocabulary,
        new ModalityParts(
            value,
            NpyCodec.maps(value),
            tokens,
            map -> new Rendering.Picture(PrincipalColors.of(ValueTypes.raster(map))),
            new CosineMetric(),
            labelers));
  }

  /**
   * Returns what features look like.
   *
   * @param width numbers in a feature, 1 to 65536
   * @return the specification of their maps
   * @throws IllegalArgumentException if the width is impossible
   */
  public static RasterSpec spec(int width) {
    FeatureVectors.checkWidth(width);
    return new RasterSpec(width, -LIMIT, LIMIT);
  }

  @Override
  public final Value crop(Value value, Crop crop, int size) {
    return FeatureCropping.crop(ValueTypes.raster(value), crop);
  }
}
