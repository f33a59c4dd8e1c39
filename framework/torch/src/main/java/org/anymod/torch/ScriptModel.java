package org.anymod.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A network in a TorchScript file that the user names: it takes one tensor and gives one or
 * several. Its weights stay as they are; gradients flow through it to its input. For use by one
 * thread at a time.
 */
public final class ScriptModel implements AutoCloseable {
  private final Path path;
  private final NDManager owner;
  private final PtSymbolBlock module;

  private ScriptModel(Path path, NDManager owner, PtSymbolBlock module) {
    this.path = path;
    this.owner = owner;
    this.module = module;
  }

  /**
   * Loads a file in evaluation mode.
   *
   * @param path a TorchScript archive, as {@code torch.jit.save} writes it
   * @param manager its device is where the network computes
   * @return the network
   * @throws IOException if there is no such file or it is no TorchScript archive
   */
  public static ScriptModel load(Path path, NDManager manager) throws IOException {
    if (!Files.isRegularFile(path)) {
      throw new IOException(path + ": no such file; a TorchScript archive is needed");
    }
    NDManager owner = Torch.baseManager().newSubManager(manager.getDevice());
    try {
      PtSymbolBlock module =
          JniUtils.loadModule((PtNDManager) owner, path, true, new String[0], new String[0], false);
      JniUtils.enableInferenceMode(module);
      return new ScriptModel(path, owner, module);
    } catch (RuntimeException e) {
      owner.close();
      throw new IOException(path + ": is no TorchScript archive: " + firstLine(e), e);
    }
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("unknown reason");
  }

  /**
   * Runs the network, recorded or not as the calling thread has it (see {@link Autograd}).
   *
   * @param input what its {@code forward} takes
   * @param scope owner of the results
   * @return its results in order: one tensor, or those of a tuple or list
   * @throws IllegalArgumentException if the network refuses the input; the message names the file
   */
  public List<NDArray> apply(NDArray input, NDManager scope) {
    try (NDArray view = input.reshape(input.getShape())) {
      // The engine gives results to the manager of the first argument, and reads its name.
      view.attach(scope);
      NDList results = IValueUtils.forward(module, new NDList(view), true);
      results.attach(scope);
      return List.copyOf(results);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          path + ": the network refuses an input of " + input.getShape() + ": " + firstLine(e), e);
    }
  }

  @Override
  public void close() {
    owner.close();
  }
}
