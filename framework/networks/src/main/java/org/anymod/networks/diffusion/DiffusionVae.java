package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.anymod.spi.Kind;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.ValueSpec;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.TensorScope;

/**
 * A ViT encoder, a codebook compared by cosine, and a decoder that turns noise into a picture given
 * the tokens (arXiv 2406.09406, section 2.1): sharper than {@code VitVqVae} at the price of several
 * evaluations of the decoder. One token stands for one patch.
 *
 * <p>The setting {@code weights} names a safetensors file whose metadata are the arguments of the
 * published constructor; sizes and noise process are then taken from it, and other settings given
 * beside it win. {@code encoder_weights} names a file whose encoder and codebook are taken, with
 * {@code freeze_encoder} to keep them.
 */
public final class DiffusionVae implements TokenizerFactory {
  private final String defaultLoss;

  private DiffusionVae(String defaultLoss) {
    this.defaultLoss = defaultLoss;
  }

  /**
   * Makes tokenizers of rasters; the declared range is scaled to [-1, 1] inside.
   *
   * @param defaultLoss name of the loss between output and target where the recipe does not say
   * @return the factory
   */
  public static TokenizerFactory forRasters(String defaultLoss) {
    return new DiffusionVae(defaultLoss);
  }

  @Override
  public String family() {
    return "diffusion-vae";
  }

  @Override
  public OptionalInt resolutionStep(TokenizerContext context) {
    if (!(context.declaration().kind() instanceof Kind.TokenGrid grid)) {
      return OptionalInt.empty();
    }
    int patch = context.resolution() / grid.rows();
    DiffusionSettings settings = DiffusionSettings.of(settings(context), defaultLoss);
    int multiple = settings.decoder().multiple();
    int common = multiple;
    while (common % patch != 0) {
      common += multiple;
    }
    return OptionalInt.of(common);
  }

  /** The recipe's settings over those of a published file, if one is named. */
  private static Map<String, Object> settings(TokenizerContext context) {
    Map<String, Object> settings = new LinkedHashMap<>();
    Path weights = file(context, "weights");
    if (weights != null) {
      settings.putAll(read(weights).settings(context.settings().containsKey("heads")));
    }
    settings.putAll(context.settings());
    return settings;
  }

  @Override
  public Tokenizer create(TokenizerContext context) {
    String key = context.declaration().key();
    if (!(context.declaration().kind() instanceof Kind.TokenGrid grid)
        || !(context.value() instanceof ValueSpec.RasterSpec spec)) {
      throw new IllegalArgumentException(
          "%s: a %s tokenizer needs a token grid of rasters, not %s of %s"
              .formatted(key, family(), context.declaration().kind(), context.value()));
    }
    int side = context.resolution();
    if (grid.rows() != grid.columns() || side % grid.rows() != 0) {
      throw new IllegalArgumentException(
          "%s: a resolution of %d pixels does not divide into %d x %d patches"
              .formatted(key, side, grid.rows(), grid.columns()));
    }
    Path weights = file(context, "weights");
    if (weights != null) {
      read(weights).check(spec.channels(), side / grid.rows(), grid.vocabulary());
    }
    return create(context, DiffusionSettings.of(settings(context), defaultLoss), spec, weights);
  }

  private static Tokenizer create(
      TokenizerContext context,
      DiffusionSettings settings,
      ValueSpec.RasterSpec spec,
      Path weights) {
    int side = context.resolution();
    int multiple = settings.decoder().multiple();
    if (side % multiple != 0) {
      throw new IllegalArgumentException(
          "%s: a resolution of %d pixels is no multiple of %d, which decoder_patch and the levels of"
                  .formatted(context.declaration().key(), side, multiple)
              + " channel_mult ask for");
    }
    Path encoder = file(context, "encoder_weights");
    DiffusionTokenizer tokenizer =
        new DiffusionTokenizer(context, settings, new RasterBatch(spec, side));
    try (TensorScope scope = TensorScope.on(context.manager().getDevice())) {
      if (weights != null) {
        tokenizer.load(tensors(weights, scope));
      }
      if (encoder != null) {
        Map<String, NDArray> state = new LinkedHashMap<>(tensors(encoder, scope));
        // The other half of whatever tokenizer the file holds.
        state.keySet().removeIf(n -> n.startsWith("decoder.") || n.startsWith("post_quant_proj."));
        tokenizer.loadEncoder(state);
      }
      return tokenizer;
    } catch (IllegalArgumentException e) {
      tokenizer.close();
      throw new IllegalArgumentException(
          (encoder != null ? encoder : weights) + ": " + e.getMessage(), e);
    }
  }

  private static Path file(TokenizerContext context, String setting) {
    Object name = context.settings().get(setting);
    return name == null || name.toString().isEmpty() ? null : Path.of(name.toString());
  }

  private static PublishedDiffusion read(Path file) {
    try {
      return new PublishedDiffusion(file, SafeTensors.header(file));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private static Map<String, NDArray> tensors(Path file, TensorScope scope) {
    try {
      return SafeTensors.read(file, scope.manager());
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot be read: " + e.getMessage(), e);
    }
  }
}
