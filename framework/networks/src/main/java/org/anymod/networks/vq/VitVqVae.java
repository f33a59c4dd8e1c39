package org.anymod.networks.vq;

import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.networks.SettingsReader;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;
import org.anymod.torch.Precision;
import org.anymod.torch.TensorScope;

/**
 * A ViT encoder, a quantizer, and a ViT decoder (arXiv 2406.09406, section 2.1 and appendix D): the
 * tokenizer family for pictures, feature maps, masks and class maps. One token in each codebook
 * stands for one patch.
 */
public final class VitVqVae implements TokenizerFactory {
  /** What the values are to the network. */
  private enum Form {
    RASTERS("rasters"),
    CLASS_MAPS("class maps"),
    FEATURES("rasters"),
    MASKS("rasters with one channel");

    private final String values;

    Form(String values) {
      this.values = values;
    }
  }

  private final Form form;
  private final String defaultLoss;

  private VitVqVae(Form form, String defaultLoss) {
    this.form = form;
    this.defaultLoss = defaultLoss;
  }

  /**
   * Makes tokenizers of rasters; the declared range is scaled to [-1, 1] inside.
   *
   * @param defaultLoss name of the reconstruction loss where the recipe does not say
   * @return the factory
   */
  public static TokenizerFactory forRasters(String defaultLoss) {
    return new VitVqVae(Form.RASTERS, defaultLoss);
  }

  /**
   * Makes tokenizers of class maps: classes are embedded on the way in and predicted as logits on
   * the way out.
   *
   * @return the factory
   */
  public static TokenizerFactory forClassMaps() {
    return new VitVqVae(Form.CLASS_MAPS, "cross_entropy");
  }

  /**
   * Makes tokenizers of feature maps: rasters with one place for each token, whose numbers go in as
   * they are.
   *
   * @param defaultLoss name of the reconstruction loss where the recipe does not say
   * @return the factory
   */
  public static TokenizerFactory forFeatures(String defaultLoss) {
    return new VitVqVae(Form.FEATURES, defaultLoss);
  }

  /**
   * Makes tokenizers of binary masks: rasters with one channel of 0 and 1. The decoder gives
   * logits; decoded values are 1 where these are positive.
   *
   * @return the factory
   */
  public static TokenizerFactory forMasks() {
    return new VitVqVae(Form.MASKS, "bce");
  }

  @Override
  public String family() {
    return "vit-vqvae";
  }

  @Override
  public OptionalInt resolutionStep(TokenizerContext context) {
    if (form == Form.FEATURES || form == Form.MASKS) {
      return OptionalInt.empty();
    }
    TokenLayout layout =
        layout(context, settings(context, PublishedWeights.named(context.settings())));
    return OptionalInt.of(context.resolution() / layout.rows());
  }

  private VitSettings settings(TokenizerContext context, Optional<PublishedWeights> weights) {
    return VitSettings.read(
        PublishedWeights.merge(context.settings(), weights, true),
        defaultLoss,
        context.resolution());
  }

  private static TokenLayout layout(TokenizerContext context, VitSettings settings) {
    return TokenLayout.patches(
        context.declaration(), context.resolution(), settings.quantizer().codebooks());
  }

  @Override
  public Tokenizer create(TokenizerContext context) {
    Optional<PublishedWeights> weights = PublishedWeights.named(context.settings());
    VitSettings settings = settings(context, weights);
    TokenLayout layout = layout(context, settings);
    ValueTensors tensors = tensors(context, layout, settings);
    int patch = context.resolution() / layout.rows();
    weights.ifPresent(
        file -> {
          file.require("codebook_size", layout.vocabulary());
          file.require("patch_size", patch);
          file.require("patch_proj", form != Form.FEATURES);
          file.require(tensors.classes() > 0 ? "n_labels" : "n_channels", tensors.outputChannels());
        });
    TensorScope scope = TensorScope.on(context.manager().getDevice());
    try {
      VqNetwork network = network(settings, layout, tensors, patch, context, scope);
      return VqTokenizer.open(
          context, layout, tensors, settings.training(), network, scope, weights);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private ValueTensors tensors(TokenizerContext context, TokenLayout layout, VitSettings settings) {
    ValueSpec spec = context.value();
    int size = form == Form.FEATURES ? layout.rows() : context.resolution();
    if (form == Form.CLASS_MAPS && spec instanceof ValueSpec.ClassMapSpec map) {
      return new ClassTensors(map.labels().size(), size);
    }
    if (form != Form.CLASS_MAPS
        && spec instanceof ValueSpec.RasterSpec raster
        && (form != Form.MASKS || raster.channels() == 1)) {
      RasterTensors.Numbers numbers =
          switch (form) {
            case RASTERS ->
                settings.undoStd()
                    ? RasterTensors.Numbers.STANDARDISED
                    : RasterTensors.Numbers.SCALED;
            case MASKS -> RasterTensors.Numbers.BINARY;
            case FEATURES, CLASS_MAPS -> RasterTensors.Numbers.PLAIN;
          };
      return new RasterTensors(raster, size, numbers);
    }
    throw new IllegalArgumentException(
        "this tokenizer needs " + form.values + ", but the values are " + spec);
  }

  private VqNetwork network(
      VitSettings settings,
      TokenLayout layout,
      ValueTensors tensors,
      int patch,
      TokenizerContext context,
      TensorScope scope) {
    Precision precision = Precision.of(context.precision());
    boolean features = form == Form.FEATURES;
    int decoderPatch = settings.decoderPatch() == 0 ? patch : settings.decoderPatch();
    int decoderSize =
        settings.decoderSize() == 0 ? layout.rows() * decoderPatch : settings.decoderSize();
    Parameters parameters = new Parameters(scope.manager());
    VqEncoder encoder =
        VqEncoder.vit(
            settings.encoder(),
            new VqEncoder.Input(
                tensors.inputChannels(settings.classWidth()),
                tensors.classes(),
                features ? 1 : patch,
                grid("image_size_enc", settings.encoderSize(), patch)),
            settings.quantizer(),
            layout.vocabulary(),
            context.seed(),
            precision,
            parameters,
            scope.manager());
    LayerParameters layers =
        new LayerParameters(parameters, new InitialValues(context.seed()), precision);
    int latent = settings.quantizer().latent();
    layers.linear("post_quant_proj", settings.decoder().dim(), latent, 1, 1);
    VitDecoder decoder =
        new VitDecoder(
            settings.decoder(),
            tensors.outputChannels(),
            features ? 1 : decoderPatch,
            grid("image_size_dec", decoderSize, decoderPatch),
            settings.outConv(),
            layers,
            scope.manager());
    return new VqNetwork(parameters, encoder, decoder);
  }

  private static int grid(String name, int size, int patch) {
    if (size % patch != 0) {
      throw SettingsReader.wrong(name, size, "a multiple of the patch of " + patch + " pixels");
    }
    return size / patch;
  }
}
