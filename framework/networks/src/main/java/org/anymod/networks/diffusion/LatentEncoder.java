package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.anymod.networks.vq.Quantized;
import org.anymod.networks.vq.Quantizer;
import org.anymod.networks.vq.VqEncoder;
import org.anymod.spi.TrainingStep;
import org.anymod.torch.Autograd;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;

/** The half that makes tokens, trained with the decoder or frozen. */
final class LatentEncoder {
  private final VqEncoder encoder;
  private final boolean frozen;

  /** Sizes that come from the modality: channels, side of a patch, rows of the grid, codes. */
  record Geometry(int channels, int patch, int grid, int codes) {}

  LatentEncoder(
      EncoderSettings settings,
      Geometry geometry,
      long seed,
      Precision precision,
      Parameters parameters,
      NDManager manager) {
    int grid = settings.positionGrid() > 0 ? settings.positionGrid() : geometry.grid();
    this.frozen = settings.frozen();
    this.encoder =
        VqEncoder.vit(
            settings.shape(),
            new VqEncoder.Input(geometry.channels(), 0, geometry.patch(), grid),
            settings.quantizer(),
            geometry.codes(),
            seed,
            precision,
            parameters,
            manager);
  }

  /** Whether a tensor of this name belongs to this half. */
  static boolean owns(String name) {
    return !name.startsWith("decoder.");
  }

  VqEncoder half() {
    return encoder;
  }

  /** Pictures (batch, channels, height, width) to codes (batch, 1, places). */
  NDArray codes(NDArray pictures, NDManager scope) {
    return encoder.quantizer().ids(encoder.latents(pictures, scope), scope);
  }

  /** Codes (batch, 1, places) to a map (batch, latent, rows, columns). */
  NDArray condition(NDArray codes, int rows, NDManager scope) {
    return map(encoder.quantizer().lookup(codes, scope), rows);
  }

  /** Latents (batch, places, latent) to a map (batch, latent, rows, columns). */
  static NDArray map(NDArray latents, int rows) {
    int places = (int) latents.getShape().get(1);
    return VqEncoder.map(latents, rows, places / rows);
  }

  /** Starts a codebook that waits for its first latents, unless it is frozen. */
  void start(List<NDArray> pictures, TrainingStep step, NDManager scope) {
    if (!frozen) {
      encoder.start(pictures, step.random(), step.peers(), scope);
    }
  }

  /**
   * Lets the codebook learn from the batches of a step, unless it is frozen; returns dead codes.
   */
  int learn(List<Quantized> parts, TrainingStep step, NDManager scope) {
    return frozen ? 0 : encoder.quantizer().learn(parts, step.random(), step.peers(), scope);
  }

  /** Quantises in training: unless it is frozen, gradients flow to the encoder. */
  Quantized train(NDArray pictures, TrainingStep step, NDManager scope) {
    return frozen
        ? Autograd.pause(() -> encoder.encode(pictures, scope))
        : encoder.train(pictures, step.random(), step.peers(), scope);
  }

  /** How many different codes there are. */
  int vocabulary() {
    return encoder.quantizer().codes();
  }

  /** Tells that tensors were overwritten or trained. */
  void changed() {
    Quantizer quantizer = encoder.quantizer();
    quantizer.changed();
  }
}
