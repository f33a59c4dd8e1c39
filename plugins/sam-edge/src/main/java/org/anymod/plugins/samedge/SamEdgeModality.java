package org.anymod.plugins.samedge;

import java.util.List;
import java.util.Optional;
import org.anymod.media.Cropping;
import org.anymod.media.ImageCodec;
import org.anymod.media.RasterMetric;
import org.anymod.media.Renderings;
import org.anymod.media.Resampling;
import org.anymod.media.ValueTypes;
import org.anymod.networks.diffusion.RasterVae;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.RasterSpec;

/**
 * Tokens of edges between instances: a grid with one token for each patch, 8192 different ones
 * unless the recipe says otherwise. Uses the tokenizer of Canny edges where a run has both.
 *
 * <p>Files: {@code sam_edge/<name>.png}, gray with 8 bits. Values: rasters of shape (1, height,
 * width), 1 on edges and 0 elsewhere; crops are resized with Pillow's antialiased bicubic filter
 * and have values between. Can be computed from polygons of instances.
 */
public final class SamEdgeModality implements Modality {
  private static final int VOCABULARY = 8192;

  private final Codec codec = ImageCodec.gray(Byte.SIZE);
  private final Representation tokens = RasterVae.of("mse");
  private final Metric metric = new RasterMetric(1, RasterMetric.Extra.F1);
  private final Labeler labeler = new InstanceEdges();

  /** Creates the modality. */
  public SamEdgeModality() {}

  @Override
  public String name() {
    return "tok_sam_edge";
  }

  @Override
  public String source() {
    return "sam_edge";
  }

  @Override
  public Optional<String> sharedTokenizer() {
    return Optional.of("tok_canny_edge");
  }

  @Override
  public ValueSpec value() {
    return new RasterSpec(1, 0, 1);
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), request.tokenGrid(VOCABULARY));
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public Representation representation() {
    return tokens;
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Picture(Renderings.picture(ValueTypes.raster(value)));
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public List<Labeler> labelers() {
    return List.of(labeler);
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return Cropping.crop(ValueTypes.raster(value), crop, size, Resampling.BICUBIC_8BIT);
  }
}
