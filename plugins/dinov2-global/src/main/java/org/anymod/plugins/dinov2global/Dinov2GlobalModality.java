package org.anymod.plugins.dinov2global;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.CosineMetric;
import org.anymod.media.NpyCodec;
import org.anymod.media.ValueTypes;
import org.anymod.media.VectorPicture;
import org.anymod.networks.labeling.NetworkUse;
import org.anymod.networks.labeling.TorchScriptLabeler;
import org.anymod.networks.vq.MlpVqVae;
import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.VectorsSpec;

/**
 * Tokens of DINOv2 embeddings of whole pictures: 16 codes with trained positions, 4 x 4 of them,
 * each from a codebook of its own with 8192 unless the recipe says otherwise. They do not depend on
 * a resolution.
 *
 * <p>Files: {@code dinov2_global/<name>.npy} of shape (width) or (1, width). Values: one vector,
 * numbers within 1000 of zero; the loss leaves its length open. Crops leave it as it is. Can be
 * computed from crops of pictures by a network, see {@link Dinov2GlobalConfig}.
 */
public final class Dinov2GlobalModality implements Modality {
  private static final int VOCABULARY = 8192;
  private static final float LIMIT = 1000;

  private static final NetworkUse NETWORK = NetworkUse.imageNet(224);

  private final VectorsSpec value;
  private final int codes;
  private final Codec codec;
  private final Representation tokens = MlpVqVae.forVectors("cosine_1d");
  private final Metric metric = new CosineMetric();
  private final List<Labeler> labelers;

  /**
   * Creates the modality.
   *
   * @param config width of an embedding, number of codes, and a network that computes embeddings
   */
  @Inject
  public Dinov2GlobalModality(Dinov2GlobalConfig config) {
    value = new VectorsSpec(config.width(), 1, -LIMIT, LIMIT);
    codes = config.codes();
    codec = NpyCodec.vectors(value);
    labelers =
        TorchScriptLabeler.of(
            "rgb", config.network(), NETWORK, TorchScriptLabeler.Wanted.VECTOR, value);
  }

  @Override
  public String name() {
    return "tok_dinov2_global";
  }

  @Override
  public String source() {
    return "dinov2_global";
  }

  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(
        request.key(), Kind.TokenGrid.ofCodes(codes, request.vocabularyOr(VOCABULARY)));
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
    return value -> new Rendering.Picture(VectorPicture.of(ValueTypes.vectors(value)));
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public List<Labeler> labelers() {
    return labelers;
  }
}
