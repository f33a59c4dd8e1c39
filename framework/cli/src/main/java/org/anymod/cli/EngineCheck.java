package org.anymod.cli;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.util.Utils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anymod.torch.TensorScope;
import org.anymod.torch.Torch;

/** Loads the engine and lets it compute, on every device it has. */
final class EngineCheck {
  private static final Path NVIDIA = Path.of("/dev/nvidia0");

  private EngineCheck() {}

  static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    try {
      long start = System.nanoTime();
      String version = Torch.version();
      String time = Durations.text(System.nanoTime() - start);
      findings.add(Finding.ok("engine", "PyTorch " + version + ", loaded in " + time));
      findings.add(Finding.ok("native library", nativeLibrary()));
      findings.add(device(Device.cpu(), Torch.threads() + " threads for one operation"));
      gpus(findings);
    } catch (RuntimeException | LinkageError e) {
      findings.add(
          Finding.broken(
              "engine",
              "cannot be loaded: " + rootCause(e),
              "a native library for "
                  + System.getProperty("os.name")
                  + " "
                  + System.getProperty("os.arch")
                  + " must be in lib/, or PYTORCH_LIBRARY_PATH must"
                  + " name the folder of one; ANYMOD_ONLINE=1 lets it be downloaded"));
    }
    return findings;
  }

  private static String nativeLibrary() {
    String own = System.getProperty("PYTORCH_LIBRARY_PATH", System.getenv("PYTORCH_LIBRARY_PATH"));
    return own == null
        ? "the one of this distribution, unpacked to " + Utils.getEngineCacheDir("pytorch")
        : own + " (PYTORCH_LIBRARY_PATH)";
  }

  private static void gpus(List<Finding> findings) {
    int count = Torch.gpuCount();
    for (int i = 0; i < count; i++) {
      findings.add(device(Device.gpu(i), "usable"));
    }
    if (count == 0 && Files.exists(NVIDIA)) {
      findings.add(
          Finding.warn(
              "gpu",
              "this machine has one, but the engine's native library is built for CPUs",
              "run once with ANYMOD_ONLINE=1 to download a build with CUDA, or set"
                  + " PYTORCH_LIBRARY_PATH"));
    } else if (count == 0) {
      findings.add(Finding.ok("gpu", "none; everything runs on the CPU"));
    }
  }

  private static Finding device(Device device, String detail) {
    try (TensorScope scope = TensorScope.on(device)) {
      NDArray ones = scope.manager().ones(new Shape(8, 8));
      float sum = ones.matMul(ones).sum().getFloat();
      return sum == 512f
          ? Finding.ok(device.toString(), detail)
          : Finding.broken(device.toString(), "computes " + sum + ", must be 512", "do not use it");
    } catch (RuntimeException e) {
      return Finding.broken(device.toString(), "cannot compute: " + rootCause(e), "do not use it");
    }
  }

  private static String rootCause(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse(cause.toString());
  }
}
