package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDManager;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;

/** Weights of a diffusion tokenizer and the two networks that use them. */
final class DiffusionNetwork implements AutoCloseable {
  private final TensorScope scope;
  private final Parameters parameters;
  private final LatentEncoder encoder;
  private final DiffusionDecoder decoder;

  /** Creates a network with fresh weights, which are a function of the seed. */
  DiffusionNetwork(
      DiffusionSettings settings,
      LatentEncoder.Geometry geometry,
      long seed,
      Precision precision,
      TensorScope scope) {
    this.scope = scope;
    NDManager manager = scope.manager();
    this.parameters = new Parameters(manager);
    InitialValues init = new InitialValues(seed);
    this.encoder =
        new LatentEncoder(settings.encoder(), geometry, seed, precision, parameters, manager);
    int latent = settings.encoder().quantizer().latent();
    DecoderSettings sizes = settings.decoder();
    this.decoder =
        sizes.transformer().isPresent()
            ? new UVit(
                new UVit.Plan(sizes, geometry.channels(), latent),
                parameters,
                init,
                precision,
                manager)
            : new UNet(
                new UNet.Plan(sizes, geometry.channels(), latent),
                parameters,
                init,
                precision,
                manager);
    if (settings.encoder().frozen()) {
      parameters.freeze(LatentEncoder::owns);
    }
  }

  Parameters parameters() {
    return parameters;
  }

  LatentEncoder encoder() {
    return encoder;
  }

  DiffusionDecoder decoder() {
    return decoder;
  }

  @Override
  public void close() {
    scope.close();
  }
}
