package org.anymod.core.pipeline;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.anymod.core.RunFolders;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.ModelInventory;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.training.Checkpoints;
import org.anymod.core.training.ModelInputs;
import org.anymod.core.training.TrainingLog;
import org.anymod.core.training.TrainingPlan;
import org.anymod.networks.loss.StandardLoss;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Loss;
import org.anymod.torch.Precision;

/** The model of a run: how it is made, how long it is trained, and the weights it has by now. */
public final class RunModel {
  private final Recipe recipe;
  private final ModalitySet modalities;
  private final List<Loss> losses;
  private final RunFolders folders;
  private final Device device;
  private final Precision precision;

  /**
   * Makes nothing yet.
   *
   * @throws IllegalArgumentException if a modality names a loss that is not there
   */
  RunModel(Recipe recipe, ModalitySet modalities, List<Loss> losses, Device device) {
    this.recipe = recipe;
    this.modalities = modalities;
    this.losses = losses;
    this.folders = new RunFolders(recipe.output());
    this.device = device;
    this.precision = precision(recipe.precision(), Precision.defaultFor(device));
    modalities.all().forEach(modality -> ModelInputs.loss(modality, losses));
  }

  private static Precision precision(String name, Precision auto) {
    return switch (name) {
      case "float32" -> Precision.FLOAT32;
      case "bfloat16" -> Precision.BFLOAT16;
      default -> auto;
    };
  }

  /**
   * Returns the losses of the framework and of plugins.
   *
   * @throws IllegalArgumentException if two have the same name
   */
  static List<Loss> losses(Collection<? extends Loss> pluginLosses) {
    List<Loss> losses = new ArrayList<>(StandardLoss.all());
    for (Loss loss : pluginLosses) {
      if (losses.stream().anyMatch(other -> other.name().equals(loss.name()))) {
        throw new IllegalArgumentException("two losses are named '" + loss.name() + "'");
      }
      losses.add(loss);
    }
    return losses;
  }

  /**
   * Creates the model with fresh weights.
   *
   * @param text the vocabulary
   * @return the model; closing it frees its tensors
   */
  public AnyToAnyModel create(TextTokenizer text) {
    return create(text, precision);
  }

  /** Creates the model to be trained, which may compute in another precision. */
  AnyToAnyModel createForTraining(TextTokenizer text) {
    return create(text, precision(recipe.training().precision(), precision));
  }

  private AnyToAnyModel create(TextTokenizer text, Precision precision) {
    return new AnyToAnyModel(
        recipe.model(), ModelInputs.of(modalities, text, losses), recipe.seed(), device, precision);
  }

  /**
   * Lists the tensors of the model, without making it.
   *
   * @param text the vocabulary
   * @return the inventory
   */
  public ModelInventory inventory(TextTokenizer text) {
    return ModelInventory.of(recipe.model(), ModelInputs.of(modalities, text, losses));
  }

  /**
   * Returns the model's checkpoints.
   *
   * @return the checkpoints
   */
  public Checkpoints checkpoints() {
    return new Checkpoints(
        folders.checkpoints(), recipe.training().keepCheckpoints(), recipe.training().keepEvery());
  }

  /**
   * Returns the weights to predict with: of the newest checkpoint their moving average if the
   * recipe wants it and it is there, else the trained ones.
   *
   * @return the file; empty if there is no checkpoint
   * @throws IOException if the folder cannot be read
   */
  public Optional<Path> weights() throws IOException {
    Optional<Path> average =
        recipe.training().ema().use() ? checkpoints().latestAverage() : Optional.empty();
    return average.isPresent() ? average : checkpoints().latestModel();
  }

  /**
   * Returns how long the model is trained and at what rates.
   *
   * @return the plan
   */
  public TrainingPlan trainingPlan() {
    return TrainingPlan.of(recipe.training(), recipe.masking());
  }

  /**
   * Returns the log of the model's training.
   *
   * @return the log
   */
  public TrainingLog trainingLog() {
    return new TrainingLog(folders.logs().resolve("train.jsonl"));
  }
}
