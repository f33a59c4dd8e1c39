package org.anymod.core.pipeline;

import org.anymod.media.CosineMetric;
import org.anymod.media.NpyCodec;
import org.anymod.networks.vq.MlpVqVae;
import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.VectorsSpec;

/** One vector of four numbers a sample, as four codes. */
final class PointModality implements Modality {
  static final String KEY = "tok_point";
  static final VectorsSpec SPEC = new VectorsSpec(4, 1, -10, 10);

  @Override
  public String name() {
    return KEY;
  }

  @Override
  public String source() {
    return "point";
  }

  @Override
  public VectorsSpec value() {
    return SPEC;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(
        request.key(), Kind.TokenGrid.ofCodes(4, request.vocabularyOr(16)));
  }

  @Override
  public Codec codec() {
    return NpyCodec.vectors(SPEC);
  }

  @Override
  public Representation representation() {
    return MlpVqVae.forVectors("mse");
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Words("point of " + ((Value.Vectors) value).dim());
  }

  @Override
  public Metric metric() {
    return new CosineMetric();
  }
}
