package org.anymod.networks.labeling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.anymod.spi.Value;
import org.anymod.torch.Autograd;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;
import org.anymod.torch.ScriptModel;
import org.anymod.torch.TensorScope;
import org.anymod.torch.Torch;

/** A network that is loaded when it is first needed, and used by one thread at a time. */
final class LabelNetwork implements AutoCloseable {
  private final Path path;
  private final String device;
  private final String output;
  private final NetworkUse use;
  private TensorScope scope;
  private ScriptModel model;

  LabelNetwork(Path path, String device, String output, NetworkUse use) {
    this.path = path;
    this.device = device;
    this.output = output;
    this.use = use;
  }

  /**
   * Runs the network on a picture and reads its result before the tensors are freed.
   *
   * @throws IllegalArgumentException if the file is no network, or it refuses the picture
   */
  synchronized <T> T apply(Value.Raster picture, BiFunction<NDArray, NDManager, T> reader) {
    open();
    try (TensorScope step = scope.open()) {
      NDManager manager = step.manager();
      return Autograd.pause(
          () -> reader.apply(chosen(model.apply(input(picture, manager), manager)), manager));
    }
  }

  private void open() {
    if (model != null) {
      return;
    }
    TensorScope opened = TensorScope.on(Torch.device(device));
    try {
      model = ScriptModel.load(path, opened.manager());
      scope = opened;
    } catch (IOException e) {
      opened.close();
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private NDArray input(Value.Raster picture, NDManager manager) {
    checkChannels("mean", use.mean(), picture);
    checkChannels("std", use.deviation(), picture);
    Shape shape = new Shape(1, picture.channels(), picture.height(), picture.width());
    return Kernels.shared()
        .call(
            manager,
            "label_input",
            manager.create(picture.data(), shape),
            numbers(use.mean(), manager),
            numbers(use.deviation(), manager),
            HostNumbers.whole(manager, use.inputSize(), use.resampling().ordinal()));
  }

  private void checkChannels(String name, List<Double> numbers, Value.Raster picture) {
    if (numbers.size() != 1 && numbers.size() != picture.channels()) {
      throw new IllegalArgumentException(
          path
              + ": the picture has "
              + picture.channels()
              + " channels, but "
              + name
              + " has "
              + numbers.size()
              + " numbers; must have as many, or one");
    }
  }

  private static NDArray numbers(List<Double> numbers, NDManager manager) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return manager.create(values);
  }

  private NDArray chosen(List<NDArray> results) {
    for (int i = 0; i < results.size(); i++) {
      if (output.equals(results.get(i).getName()) || output.equals(Integer.toString(i))) {
        return results.get(i);
      }
    }
    List<String> names =
        results.stream().map(NDArray::getName).filter(name -> name != null).sorted().toList();
    throw new IllegalArgumentException(
        path
            + ": output is '"
            + output
            + "', but the network gives "
            + results.size()
            + " results: allowed are 0 to "
            + (results.size() - 1)
            + (names.isEmpty() ? "" : " and " + String.join(", ", names)));
  }

  /** How many tensors are alive. */
  synchronized int liveTensors() {
    return scope == null ? 0 : scope.liveTensors();
  }

  @Override
  public synchronized void close() {
    if (model != null) {
      model.close();
      scope.close();
      model = null;
      scope = null;
    }
  }
}
