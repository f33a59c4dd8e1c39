package org.anymod.core.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Memory of this process that lies in RAM, where the system tells (Linux). */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");

  private ResidentMemory() {}

  /** Begins a new peak; where that is not possible, the peak stays that of the whole process. */
  static void resetPeak() {
    try {
      if (Files.isWritable(RESET)) {
        // 5 resets the high-water mark to what is resident now (proc(5)).
        Files.write(RESET, "5".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException e) {
      // The system does not allow it; the larger peak is still a true one.
      return;
    }
  }

  /** The peak in MiB. */
  static OptionalLong peakMib() {
    try {
      if (!Files.isReadable(STATUS)) {
        return OptionalLong.empty();
      }
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
