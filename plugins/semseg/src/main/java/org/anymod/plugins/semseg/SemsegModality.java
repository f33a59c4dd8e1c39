package org.anymod.plugins.semseg;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.ClassMapCodec;
import org.anymod.media.ClassMapMetric;
import org.anymod.media.Cropping;
import org.anymod.media.Renderings;
import org.anymod.media.ValueTypes;
import org.anymod.networks.labeling.NetworkUse;
import org.anymod.networks.labeling.TorchScriptLabeler;
import org.anymod.networks.vq.VitVqVae;
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
import org.anymod.spi.ValueSpec.ClassMapSpec;

/**
 * Tokens of segmentation maps: a grid with one token for each patch, 4096 different ones unless the
 * recipe says otherwise.
 *
 * <p>Files: {@code semseg/<name>.png} with a single channel of at most 8 bits; the gray value or
 * palette index is the class number. Values: class maps with the labels of {@link SemsegConfig}.
 * Crops take the nearest class, as Pillow does. Can be computed from pictures by a network.
 */
public final class SemsegModality implements Modality {
  private static final int VOCABULARY = 4096;
  private static final NetworkUse NETWORK = NetworkUse.imageNet(512);

  private final ClassMapSpec value;
  private final Codec codec;
  private final Representation tokens = VitVqVae.forClassMaps();
  private final Metric metric;
  private final List<Labeler> labelers;

  /**
   * Creates the modality.
   *
   * @param config the classes, and a network that finds them
   */
  @Inject
  public SemsegModality(SemsegConfig config) {
    value = ClassMapCodec.spec(config.labels(), config.ignored());
    codec = new ClassMapCodec(value);
    metric = new ClassMapMetric(value);
    labelers =
        TorchScriptLabeler.of(
            "rgb", config.network(), NETWORK, TorchScriptLabeler.Wanted.CLASSES, value);
  }

  @Override
  public String name() {
    return "tok_semseg";
  }

  @Override
  public String source() {
    return "semseg";
  }

  @Override
  public ValueSpec value() {
    return value;
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
    return value -> new Rendering.Picture(Renderings.classes(ValueTypes.classMap(value)));
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public List<Labeler> labelers() {
    return labelers;
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return Cropping.crop(ValueTypes.classMap(value), crop, size);
  }
}
