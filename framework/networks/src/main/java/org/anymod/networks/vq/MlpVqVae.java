package org.anymod.networks.vq;

import java.util.Map;
import java.util.Optional;
import org.anymod.networks.SettingsReader;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;

/**
 * A perceptron as encoder, a quantizer with several codebooks, and a perceptron as decoder (arXiv
 * 2406.09406, appendix D): the tokenizer family for vectors, such as global embeddings and poses.
 * Each vector becomes one token in each codebook.
 */
public final class MlpVqVae implements TokenizerFactory {
  private static final String DEFAULT_SHAPE = "BottleneckMLP/B_6-Wi_1024";
  private static final int DEFAULT_LATENT = 1024;

  private final String defaultLoss;

  private MlpVqVae(String defaultLoss) {
    this.defaultLoss = defaultLoss;
  }

  /**
   * Makes tokenizers of vectors, or of rasters with a single place; numbers go in as they are. A
   * sample has always as many vectors as its specification allows at most.
   *
   * @param defaultLoss name of the reconstruction loss where the recipe does not say
   * @return the factory
   */
  public static TokenizerFactory forVectors(String defaultLoss) {
    return new MlpVqVae(defaultLoss);
  }

  @Override
  public String family() {
    return "mlp-vqvae";
  }

  @Override
  public Tokenizer create(TokenizerContext context) {
    Optional<PublishedWeights> weights = PublishedWeights.named(context.settings());
    Map<String, Object> merged = PublishedWeights.merge(context.settings(), weights, false);
    SettingsReader reader = new SettingsReader(merged);
    // The file is opened by the tokenizer itself.
    reader.text("weights", "");
    VectorTensors tensors = VectorTensors.of(context.value());
    int tokens = TokenLayout.grid(context.declaration(), family()).maxTokens();
    QuantizerSettings quantizer =
        QuantizerSettings.read(
            reader,
            QuantizerSettings.Type.MEMCODES,
            DEFAULT_LATENT,
            Math.max(1, tokens / tensors.count()));
    TrainingSettings training = TrainingSettings.read(reader, defaultLoss);
    String encoderId = reader.text("encoder", DEFAULT_SHAPE);
    String decoderId = reader.text("decoder", encoderId);
    reader.finish();
    TokenLayout layout =
        TokenLayout.list(context.declaration(), tensors.count(), quantizer.codebooks());
    weights.ifPresent(
        file -> {
          file.require("codebook_size", layout.vocabulary());
          file.require("n_channels", tensors.dim());
        });
    MlpShape encoder = MlpShape.parse("encoder", encoderId);
    MlpShape decoder = MlpShape.parse("decoder", decoderId);
    TensorScope scope = TensorScope.on(context.manager().getDevice());
    try {
      VqNetwork network = network(encoder, decoder, quantizer, layout, tensors, context, scope);
      return VqTokenizer.open(context, layout, tensors, training, network, scope, weights);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private static VqNetwork network(
      MlpShape encoder,
      MlpShape decoder,
      QuantizerSettings quantizer,
      TokenLayout layout,
      VectorTensors tensors,
      TokenizerContext context,
      TensorScope scope) {
    Precision precision = Precision.of(context.precision());
    Parameters parameters = new Parameters(scope.manager());
    VqEncoder half =
        VqEncoder.mlp(
            encoder,
            tensors.dim(),
            quantizer,
            layout.vocabulary(),
            context.seed(),
            precision,
            parameters,
            scope.manager());
    LayerParameters layers =
        new LayerParameters(parameters, new InitialValues(context.seed()), precision);
    layers.linear("post_quant_proj", decoder.width(), quantizer.latent(), 1, 1);
    return new VqNetwork(
        parameters, half, new MlpDecoder(decoder, tensors.dim(), layers, scope.manager()));
  }
}
