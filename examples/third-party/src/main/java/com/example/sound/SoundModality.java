package com.example.sound;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.Cropping;
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

/**
 * Sounds of about a second as spectrograms: a grid with one token for each patch.
 *
 * <p>Files: {@code sound/<name>.wav}, PCM of 16 bits at 8000 Hz. Values: rasters of shape (1, 64,
 * 64), rows from the highest band to the lowest, columns in time, the square root of a band's
 * loudness in [0, 1]. Time runs with the picture from left to right, so that a sound follows crops
 * and mirrors of its picture. Where there are no files, a sound is made of a class map and a depth
 * map, see {@link SceneSound}.
 */
public final class SoundModality implements Modality {
  private static final String NAME = "sound";
  private static final int VOCABULARY = 1024;

  private final ValueSpec value = new ValueSpec.RasterSpec(1, 0, 1);
  private final Codec codec = new WavCodec();
  private final Representation tokens = RasterVae.of("mse");
  private final Metric metric = new RasterMetric(1);
  private final List<Labeler> labelers;

  /**
   * Creates the modality.
   *
   * @param config how sounds are made of scenes
   */
  @Inject
  public SoundModality(SoundConfig config) {
    labelers = List.of(new SceneSound(config));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String source() {
    return NAME;
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
    return value -> new Rendering.Picture(Renderings.heat(ValueTypes.raster(value)));
  }

  @Override
  public Metric metric() {
    return metric;
  }

  @Override
  public List<Labeler> labelers() {
    return labelers;
  }

  /** Cuts the time that belongs to the columns of the crop; a mirrored crop is played backwards. */
  @Override
  public Value crop(Value value, Crop crop, int size) {
    Crop inTime =
        new Crop(
            0,
            crop.left(),
            crop.originalHeight(),
            crop.width(),
            crop.flip(),
            crop.originalHeight(),
            crop.originalWidth());
    return Cropping.crop(ValueTypes.raster(value), inTime, size, Resampling.BILINEAR);
  }
}
