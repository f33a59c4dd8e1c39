package org.anymod.media.edges;

import java.util.List;
import org.anymod.media.Cropping;
import org.anymod.media.ImageCodec;
import org.anymod.media.ModalityParts;
import org.anymod.media.RasterMetric;
import org.anymod.media.Renderings;
import org.anymod.media.Resampling;
import org.anymod.media.TokenMaps;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Crop;
import org.anymod.spi.Labeler;
import org.anymod.spi.Rendering;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.RasterSpec;

/**
 * Maps of edges as a grid of tokens, one for each patch.
 *
 * <p>Files: {@code <source>/<sample>.png}, gray with 8 bits. Values: rasters of shape (1, height,
 * width), 1 on edges and 0 elsewhere; crops are resized with Pillow's antialiased bicubic filter
 * and have values between. Shown as the picture in the file, measured by squared error and F1.
 */
public class EdgeMaps extends TokenMaps {
  /**
   * Creates the modality, named {@code tok_<source>}.
   *
   * @param source folder of its files
   * @param vocabulary number of different tokens unless a recipe says otherwise
   * @param tokens the tokenizer
   * @param labelers how edges are found where there are no files
   */
  public EdgeMaps(String source, int vocabulary, TokenizerFactory tokens, List<Labeler> labelers) {
    super(
        source,
        vocabulary,
        new ModalityParts(
            new RasterSpec(1, 0, 1),
            ImageCodec.gray(Byte.SIZE),
            tokens,
            map -> new Rendering.Picture(Renderings.picture(ValueTypes.raster(map))),
            new RasterMetric(1, RasterMetric.Extra.F1),
            labelers));
  }

  @Override
  public final Value crop(Value value, Crop crop, int size) {
    return Cropping.crop(ValueTypes.raster(value), crop, size, Resampling.BICUBIC_8BIT);
  }
}
