package org.anymod.core.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.data.DatasetException;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.TensorScope;
import org.anymod.torch.WeightAverage;

/**
 * Checkpoints of a run: {@code model-<step>.safetensors} with the weights under published names,
 * {@code average-<step>.safetensors} with their moving average where there is one, and {@code
 * training-<step>.safetensors} with what a resumed training needs besides. The training file makes
 * them valid; {@code checkpoint-<step>.json} after it holds their checksums.
 */
public final class Checkpoints {
  private static final Pattern TRAINING = Pattern.compile("training-(\\d{8})\\.safetensors");

  private final Path folder;
  private final int keep;
  private final int keepEvery;

  /**
   * Creates the view of a folder.
   *
   * @param folder folder of the checkpoints, made when the first is written
   * @param keep newest checkpoints to keep
   * @param keepEvery steps between checkpoints that are kept for good; 0 for none
   */
  public Checkpoints(Path folder, int keep, int keepEvery) {
    this.folder = folder;
    this.keep = keep;
    this.keepEvery = keepEvery;
  }

  /** Writes a checkpoint and removes old ones; older ones are untouched if writing fails. */
  void save(
      TrainingState state, Map<String, NDArray> optimizer, long step, Map<String, String> metadata)
      throws IOException {
    Files.createDirectories(folder);
    Map<String, String> header = new LinkedHashMap<>(metadata);
    header.put("step", Long.toString(step));
    List<Path> parts = new ArrayList<>();
    parts.add(file("model", step));
    SafeTensors.write(file("model", step), state.model().checkpoint(), header);
    if (state.average().isPresent()) {
      WeightAverage average = state.average().get();
      parts.add(file("average", step));
      average.exchange();
      try {
        SafeTensors.write(file("average", step), state.model().checkpoint(), header);
      } finally {
        average.exchange();
      }
    }
    Map<String, String> texts = new LinkedHashMap<>(state.texts());
    texts.put("step", Long.toString(step));
    // Sums of files that are about to be replaced must not outlive them.
    Files.deleteIfExists(sums(step));
    parts.add(file("training", step));
    SafeTensors.write(file("training", step), optimizer, texts);
    Checksums.write(sums(step), parts);
    removeOld();
  }

  private void removeOld() throws IOException {
    List<Long> steps = steps();
    for (long step : steps.subList(0, Math.max(0, steps.size() - keep))) {
      if (keepEvery == 0 || step % keepEvery != 0) {
        // The training file last: after a crash in between, the next call finds it and goes on.
        Files.deleteIfExists(file("model", step));
        Files.deleteIfExists(file("average", step));
        Files.deleteIfExists(sums(step));
        Files.deleteIfExists(file("training", step));
      }
    }
  }

  private Path file(String part, long step) {
    return folder.resolve(String.format(Locale.ROOT, "%s-%08d.safetensors", part, step));
  }

  private Path sums(long step) {
    return folder.resolve(String.format(Locale.ROOT, "checkpoint-%08d.json", step));
  }

  /** Steps with a training file, in ascending order. */
  private List<Long> steps() throws IOException {
    List<Long> steps = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          Matcher matcher = TRAINING.matcher(file.getFileName().toString());
          if (matcher.matches()) {
            steps.add(Long.parseLong(matcher.group(1)));
          }
        }
      }
    }
    return steps;
  }

  /**
   * Finds the newest checkpoint whose files have the sizes they were written with.
   *
   * @return steps done in it; empty if there is none
   * @throws IOException if the folder cannot be read
   */
  public OptionalLong latest() throws IOException {
    List<Long> steps = steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      if (Checksums.damage(sums(steps.get(i)), false).isEmpty()) {
        return OptionalLong.of(steps.get(i));
      }
    }
    return OptionalLong.empty();
  }

  /**
   * Returns the weights of the newest checkpoint.
   *
   * @return the file; empty if there is none
   * @throws IOException if the folder cannot be read
   */
  public Optional<Path> latestModel() throws IOException {
    OptionalLong step = latest();
    return step.isPresent() ? Optional.of(file("model", step.getAsLong())) : Optional.empty();
  }

  /**
   * Returns the moving average of the weights in the newest checkpoint.
   *
   * @return the file; empty if there is no checkpoint, or none is kept
   * @throws IOException if the folder cannot be read
   */
  public Optional<Path> latestAverage() throws IOException {
    OptionalLong step = latest();
    return step.isPresent()
        ? Optional.of(file("average", step.getAsLong())).filter(Files::isRegularFile)
        : Optional.empty();
  }

  /**
   * Loads weights into a model.
   *
   * @param file weights as a checkpoint or the published system holds them
   * @param model the model to overwrite
   * @throws IOException if the file cannot be read or does not fit the model
   */
  public static void loadModel(Path file, AnyToAnyModel model) throws IOException {
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      model.load(SafeTensors.read(file, scope.manager()));
    } catch (IllegalArgumentException e) {
      throw new DatasetException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Loads the newest checkpoint that is not damaged. Damaged ones are set aside, with a message.
   *
   * @return steps done; 0 if there is no checkpoint
   * @throws IOException if a file does not fit the model, or every checkpoint is damaged
   */
  long resume(TrainingState state, Progress progress) throws IOException {
    List<Long> steps = steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      long step = steps.get(i);
      Optional<String> damage = tryToLoad(state, step, progress);
      if (damage.isEmpty()) {
        return step;
      }
      Path training = file("training", step);
      Path aside = training.resolveSibling(training.getFileName() + ".damaged");
      Files.move(training, aside, StandardCopyOption.REPLACE_EXISTING);
      progress.message("the checkpoint of step " + step + " is damaged: " + damage.get());
    }
    if (!steps.isEmpty()) {
      throw new DatasetException(
          folder + ": every checkpoint is damaged; remove the folder to train from the beginning");
    }
    return 0;
  }

  private Optional<String> tryToLoad(TrainingState state, long step, Progress progress)
      throws IOException {
    Optional<String> damage = Checksums.damage(sums(step), true);
    if (damage.isPresent()) {
      return damage;
    }
    try {
      load(state, step, progress);
      return Optional.empty();
    } catch (DatasetException e) {
      // A whole file that does not fit the recipe: an older one would not fit either.
      throw e;
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** Loads the checkpoint of a step, which is not damaged. */
  void load(TrainingState state, long step, Progress progress) throws IOException {
    loadModel(file("model", step), state.model());
    Path training = file("training", step);
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      state.optimizer().load(SafeTensors.read(training, scope.manager()));
      state.restore(SafeTensors.header(training).metadata());
    } catch (IllegalArgumentException e) {
      throw new DatasetException(
          training
              + ": "
              + e.getMessage()
              + "; were training.freeze or training.lazy_embeddings changed?",
          e);
    }
    if (state.average().isPresent()) {
      loadAverage(state.average().get(), file("average", step), progress);
    }
  }

  private static void loadAverage(WeightAverage average, Path file, Progress progress)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      progress.message("there is no average in the checkpoint; it starts from the weights");
      average.restart();
      return;
    }
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      average.load(SafeTensors.read(file, scope.manager()));
    } catch (IllegalArgumentException e) {
      throw new DatasetException(file + ": " + e.getMessage(), e);
    }
  }
}
