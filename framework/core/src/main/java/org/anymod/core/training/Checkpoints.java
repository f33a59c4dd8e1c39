package org.anymod.core.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.anymod.core.data.DatasetException;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.torch.AdamW;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.TensorScope;

/**
 * Checkpoints of a run: {@code model-<step>.safetensors} with the weights under published names,
 * and {@code training-<step>.safetensors} with what a resumed training needs besides. The second
 * file is written last and makes the pair valid.
 */
public final class Checkpoints {
  private static final Pattern TRAINING = Pattern.compile("training-(\\d{8})\\.safetensors");

  private final Path folder;
  private final int keep;

  /**
   * Creates the view of a folder.
   *
   * @param folder folder of the checkpoints, made when the first is written
   * @param keep newest checkpoints to keep
   */
  public Checkpoints(Path folder, int keep) {
    this.folder = folder;
    this.keep = keep;
  }

  /**
   * Writes a checkpoint and removes old ones.
   *
   * @param model the model
   * @param optimizer its optimiser
   * @param step steps done
   * @param metadata free texts to store with the weights
   * @throws IOException if writing fails; older checkpoints are untouched then
   */
  public void save(AnyToAnyModel model, AdamW optimizer, long step, Map<String, String> metadata)
      throws IOException {
    Files.createDirectories(folder);
    Map<String, String> header = new LinkedHashMap<>(metadata);
    header.put("step", Long.toString(step));
    SafeTensors.write(file("model", step), model.checkpoint(), header);
    SafeTensors.write(
        file("training", step), optimizer.state(), Map.of("step", Long.toString(step)));
    List<Long> steps = steps();
    for (int i = 0; i < steps.size() - keep; i++) {
      // The training file first: without it the pair no longer counts.
      Files.deleteIfExists(file("training", steps.get(i)));
      Files.deleteIfExists(file("model", steps.get(i)));
    }
  }

  private Path file(String part, long step) {
    return folder.resolve(String.format(Locale.ROOT, "%s-%08d.safetensors", part, step));
  }

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
   * Finds the newest checkpoint.
   *
   * @return steps done in it; empty if there is none
   * @throws IOException if the folder cannot be read
   */
  public OptionalLong latest() throws IOException {
    return steps().stream().mapToLong(Long::longValue).max();
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
   * Loads weights into a model.
   *
   * @param file weights as {@link #save} or the published system writes them
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
   * Loads the newest checkpoint.
   *
   * @param model the model to overwrite
   * @param optimizer the optimiser to overwrite
   * @return steps done; 0 if there is no checkpoint
   * @throws IOException if a file cannot be read or does not fit
   */
  public long resume(AnyToAnyModel model, AdamW optimizer) throws IOException {
    OptionalLong step = latest();
    if (step.isEmpty()) {
      return 0;
    }
    loadModel(file("model", step.getAsLong()), model);
    Path file = file("training", step.getAsLong());
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      Map<String, NDArray> state = SafeTensors.read(file, scope.manager());
      optimizer.load(state);
    } catch (IllegalArgumentException e) {
      throw new DatasetException(file + ": " + e.getMessage(), e);
    }
    return step.getAsLong();
  }
}
