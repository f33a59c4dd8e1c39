package org.anymod.networks.diffusion;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.networks.SettingsReader;
import org.anymod.networks.vq.QuantizerSettings;
import org.anymod.networks.vq.QuantizerSettings.DeadCodes;
import org.anymod.networks.vq.QuantizerSettings.Type;
import org.anymod.networks.vq.VitShape;

/**
 * Settings of a diffusion tokenizer, read from the recipe's section of its tokenizer.
 *
 * @param encoder the half that makes tokens
 * @param decoder sizes of the denoising network
 * @param sampling how pictures are sampled, and the noise process
 * @param training how it learns
 */
record DiffusionSettings(
    EncoderSettings encoder,
    DecoderSettings decoder,
    SamplingSettings sampling,
    NoiseTrainingSettings training) {

  /** Width of a group norm's groups: widths are multiples of it. */
  private static final int GROUPS = 32;

  /** Quantizers that give one code a place. */
  private static final Type[] ONE_CODE = {Type.COSINE, Type.EUCLIDEAN, Type.FSQ};

  static DiffusionSettings of(Map<String, Object> settings, String defaultLoss) {
    SettingsReader reader = new SettingsReader(settings);
    // The files are opened by the tokenizer itself.
    reader.text("weights", "");
    reader.text("encoder_weights", "");
    EncoderSettings encoder = encoder(reader);
    DecoderSettings decoder = decoder(reader);
    Prediction prediction = prediction(reader);
    SamplingSettings sampling = sampling(reader, prediction);
    NoiseTrainingSettings training = training(reader, defaultLoss, prediction);
    reader.finish();
    return new DiffusionSettings(encoder, decoder, sampling, training);
  }

  private static EncoderSettings encoder(SettingsReader reader) {
    int dim = reader.whole("dim", 768, 4, 8192);
    int heads = reader.whole("heads", 12, 1, 128);
    if (dim % heads != 0 || dim % 4 != 0) {
      reader.problem("dim", dim, "a multiple of 4 and of heads = " + heads);
    }
    VitShape shape =
        new VitShape(dim, reader.whole("depth", 12, 1, 64), heads, reader.flag("post_mlp", true));
    return new EncoderSettings(
        shape,
        reader.whole("position_grid", 0, 0, 4096),
        quantizer(reader),
        reader.flag("freeze_encoder", false));
  }

  private static QuantizerSettings quantizer(SettingsReader reader) {
    Type type = reader.choice("quantizer", Type.COSINE, ONE_CODE);
    boolean scalar = type == Type.FSQ;
    List<Integer> levels = reader.wholes("levels", List.of(), !scalar);
    int latent = reader.whole("latent", scalar ? levels.size() : 32, scalar ? 0 : 1, 4096);
    if (scalar && latent != levels.size()) {
      reader.problem("latent", latent, "the number of levels, or left out");
    }
    return new QuantizerSettings(
        type,
        latent,
        1,
        levels,
        reader.flag("norm_latents", false),
        reader.flag("kmeans", false),
        reader.number("ema_decay", 0.99, 0, 0.99999),
        reader.number("dead_code", 32, 1, 1e9),
        reader.choice("dead_code_policy", DeadCodes.BATCH_RANDOM, DeadCodes.values()),
        reader.flag("renormalise", false),
        reader.number("commitment", 1, 0, 1e6));
  }

  private static DecoderSettings decoder(SettingsReader reader) {
    boolean uvit = reader.choice("decoder", "unet", "unet", "uvit").equals("uvit");
    int channels = reader.whole("channels", uvit ? 128 : 256, GROUPS, 4096);
    if (channels % GROUPS != 0) {
      reader.problem("channels", channels, "a multiple of " + GROUPS);
    }
    List<Integer> mult =
        reader.wholes("channel_mult", uvit ? List.of(1, 2) : List.of(1, 2, 2, 2), false);
    int patch = reader.whole("decoder_patch", 4, 1, 64);
    int blocks = reader.whole("res_blocks", uvit ? 2 : 3, 1, 16);
    if (!uvit) {
      List<Integer> attention = reader.wholes("attention", List.of(4, 8), true);
      return new DecoderSettings(Optional.empty(), patch, channels, mult, blocks, attention);
    }
    int dim = reader.whole("mid_dim", 768, 4, 8192);
    int heads = reader.whole("mid_heads", 12, 1, 128);
    if (dim % heads != 0 || dim % 4 != 0) {
      reader.problem("mid_dim", dim, "a multiple of 4 and of mid_heads = " + heads);
    }
    DecoderSettings.Middle middle =
        new DecoderSettings.Middle(
            dim,
            reader.whole("mid_depth", 12, 1, 64),
            heads,
            reader.flag("mid_halved", true),
            reader.choice("conditioning", "concat", "concat", "xattn").equals("xattn"),
            reader.flag("long_skips", false),
            reader.number("dropout", 0.2, 0, 0.99));
    return new DecoderSettings(Optional.of(middle), patch, channels, mult, blocks, List.of());
  }

  private static Prediction prediction(SettingsReader reader) {
    String[] names =
        Arrays.stream(Prediction.values()).map(Prediction::text).toArray(String[]::new);
    String name = reader.choice("prediction", "sample", names);
    return Prediction.values()[Arrays.asList(names).indexOf(name)];
  }

  private static SamplingSettings sampling(SettingsReader reader, Prediction prediction) {
    int timesteps = reader.whole("timesteps", 1000, 2, 100_000);
    int steps = reader.whole("decode_steps", Math.min(25, timesteps), 1, timesteps);
    boolean zero = reader.flag("zero_terminal_snr", true);
    String beta = reader.text("beta_schedule", "linear");
    Sampler.Method method =
        reader.choice("scheduler", Sampler.Method.DDIM, Sampler.Method.values());
    Spacing spacing = reader.choice("spacing", Spacing.TRAILING, Spacing.values());
    CleanLimit limit = limit(reader);
    double guidance = reader.number("guidance", 1, 0, 100);
    double rescale = reader.number("guidance_rescale", 0, 0, 1);
    Sampler sampler = null;
    try {
      NoiseSchedule schedule = new NoiseSchedule(BetaSchedule.of(beta), timesteps, zero);
      if (prediction == Prediction.EPSILON && schedule.left(timesteps - 1) == 0) {
        reader.problem(
            "prediction",
            "'" + prediction.text() + "'",
            "sample or v_prediction where nothing of the picture is left at the end; or set"
                + " zero_terminal_snr to false");
      } else {
        sampler = new Sampler(method, schedule, prediction, spacing, limit);
      }
    } catch (IllegalArgumentException e) {
      reader.problem("beta_schedule", "'" + beta + "'", "a known one: " + e.getMessage());
    }
    return new SamplingSettings(sampler, steps, guidance, rescale);
  }

  private static CleanLimit limit(SettingsReader reader) {
    boolean clip = reader.flag("clip_sample", false);
    boolean threshold = reader.flag("thresholding", true);
    double most = reader.number("sample_max_value", 1, 1, 1e6);
    double quantile = reader.number("dynamic_thresholding_ratio", 0.995, 0, 1);
    if (threshold) {
      return new CleanLimit(CleanLimit.Mode.THRESHOLD, quantile, most);
    }
    return clip ? CleanLimit.CLIP : CleanLimit.NONE;
  }

  private static NoiseTrainingSettings training(
      SettingsReader reader, String defaultLoss, Prediction prediction) {
    boolean noiseLoss = reader.flag("epsilon_loss", false);
    if (noiseLoss && prediction != Prediction.VELOCITY) {
      reader.problem("epsilon_loss", true, "false where prediction is not v_prediction");
    }
    ConditionDropping dropping =
        new ConditionDropping(
            reader.number("condition_dropout", 0, 0, 1),
            reader.flag("masked_cfg", false),
            reader.whole("masked_cfg_low", 0, 0, 1_000_000),
            reader.whole("masked_cfg_high", -1, -1, 1_000_000));
    return new NoiseTrainingSettings(
        reader.text("loss", defaultLoss),
        noiseLoss,
        dropping,
        reader.number("weight_decay", 0.05, 0, 10),
        reader.number("clip", 1, 0, 1e9));
  }
}
