package org.anymod.plugins.semseg;

import jakarta.inject.Inject;
import org.anymod.media.ClassMapCodec;
import org.anymod.media.ClassMapMetric;
import org.anymod.media.Cropping;
import org.anymod.media.ModalityParts;
import org.anymod.media.Renderings;
import org.anymod.media.TokenMaps;
import org.anymod.media.ValueTypes;
import org.anymod.networks.labeling.NetworkUse;
import org.anymod.networks.labeling.TorchScriptLabeler;
import org.anymod.networks.labeling.TorchScriptLabeler.Wanted;
import org.anymod.networks.vq.VitVqVae;
import org.anymod.spi.Crop;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.ClassMapSpec;

/**
 * Tokens of segmentation maps: a grid with one token for each patch, 4096 different ones unless the
 * recipe says otherwise.
 *
 * <p>Files: {@code semseg/<name>.png} with a single channel of at most 8 bits; the gray value or
 * palette index is the class number. Values: class maps with the labels of {@link SemsegConfig}.
 * Crops take the nearest class, as Pillow does. Can be computed from pictures by a network.
 */
public final class SemsegModality extends TokenMaps {
  private static final int VOCABULARY = 4096;
  private static final NetworkUse NETWORK = NetworkUse.imageNet(512);

  /**
   * Creates the modality.
   *
   * @param config the classes, and a network that finds them
   */
  @Inject
  public SemsegModality(SemsegConfig config) {
    this(config, ClassMapCodec.spec(config.labels(), config.ignored()));
  }

  private SemsegModality(SemsegConfig config, ClassMapSpec value) {
    super(
        "semseg",
        VOCABULARY,
        new ModalityParts(
            value,
            new ClassMapCodec(value),
            VitVqVae.forClassMaps(),
            map -> new Rendering.Picture(Renderings.classes(ValueTypes.classMap(map))),
            new ClassMapMetric(value),
            TorchScriptLabeler.of("rgb", config.network(), NETWORK, Wanted.CLASSES, value)));
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return Cropping.crop(ValueTypes.classMap(value), crop, size);
  }
}
