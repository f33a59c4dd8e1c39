package org.anymod.networks.vq;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.anymod.networks.SettingsReader;
import org.anymod.networks.loss.PerceptualLoss;

/**
 * How a tokenizer is trained.
 *
 * @param loss name of the reconstruction loss
 * @param weightDecay decoupled weight decay
 * @param clip largest global gradient norm
 * @param perceptual features that are compared beside it; empty for none
 * @param perceptualWeight weight of their difference
 * @param standardise whether channels go in and are compared with mean 0 and deviation 1, as the
 *     first batch has them
 */
record TrainingSettings(
    String loss,
    double weightDecay,
    double clip,
    Optional<PerceptualLoss.Settings> perceptual,
    double perceptualWeight,
    boolean standardise) {

  private static final List<String> OF_FEATURES =
      List.of(
          "perceptual_weight",
          "perceptual_mean",
          "perceptual_std",
          "perceptual_size",
          "perceptual_distance");

  static TrainingSettings read(SettingsReader reader, String defaultLoss) {
    Optional<PerceptualLoss.Settings> perceptual = perceptual(reader);
    String loss = reader.text("loss", defaultLoss);
    if (loss.equals(PerceptualLoss.NAME) && perceptual.isEmpty()) {
      reader.problem("perceptual_model", "absent", "a TorchScript file for the loss " + loss);
    }
    return new TrainingSettings(
        loss,
        reader.number("weight_decay", 0.05, 0, 10),
        reader.number("clip", 1, 0, 1e9),
        perceptual,
        reader.number("perceptual_weight", 1, 0, 1e6),
        reader.flag("standardise", false));
  }

  private static Optional<PerceptualLoss.Settings> perceptual(SettingsReader reader) {
    if (!reader.has("perceptual_model")) {
      for (String name : OF_FEATURES) {
        if (reader.has(name)) {
          reader.problem(name, "given", "given together with perceptual_model");
        }
      }
      return Optional.empty();
    }
    return Optional.of(
        new PerceptualLoss.Settings(
            Path.of(reader.text("perceptual_model", "")),
            reader.numbers("perceptual_mean", List.of(0.0)),
            reader.numbers("perceptual_std", List.of(1.0)),
            reader.whole("perceptual_size", 0, 0, 4096),
            reader.choice(
                "perceptual_distance",
                PerceptualLoss.Distance.COSINE,
                PerceptualLoss.Distance.values())));
  }
}
