package org.anymod.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks at Java, memory, processors and disk. */
final class MachineCheck {
  private static final long MIB = 1L << 20;
  private static final long LITTLE_HEAP = 512 * MIB;
  private static final String TELEMETRY_OFF = "OPT_OUT_TRACKING";
  private static final long LITTLE_DISK = 2048 * MIB;

  private MachineCheck() {}

  static List<Finding> findings() {
    return List.of(java(), system(), memory(), disk(), telemetry());
  }

  private static Finding java() {
    int feature = Runtime.version().feature();
    String detail =
        System.getProperty("java.version")
            + ", "
            + System.getProperty("java.vm.name")
            + ", "
            + System.getProperty("java.home");
    return feature >= 17
        ? Finding.ok("Java", detail)
        : Finding.broken("Java", detail, "install Java 17 or newer");
  }

  private static Finding system() {
    return Finding.ok(
        "system",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " processors");
  }

  private static Finding memory() {
    long heap = Runtime.getRuntime().maxMemory();
    String detail = ram() + heap / MIB + " MiB of heap at most; tensors live outside of it";
    return heap >= LITTLE_HEAP
        ? Finding.ok("memory", detail)
        : Finding.warn("memory", detail, "set ANYMOD_JAVA_OPTS=-Xmx2g");
  }

  /** Memory of the machine, which in a container is what the container may use. */
  private static String ram() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize() / MIB + " MiB, "
        : "";
  }

  /** The engine's library counts its starts over the network unless it is told not to. */
  private static Finding telemetry() {
    boolean off =
        Boolean.getBoolean(TELEMETRY_OFF) || Boolean.parseBoolean(System.getenv(TELEMETRY_OFF));
    return off
        ? Finding.ok("telemetry", "off; nothing is sent anywhere")
        : Finding.warn(
            "telemetry",
            "the engine's library may report that it was started",
            "start with bin/anymod, or set " + TELEMETRY_OFF + "=true");
  }

  private static Finding disk() {
    Path here = Path.of("").toAbsolutePath();
    try {
      FileStore store = Files.getFileStore(here);
      long free = store.getUsableSpace();
      String detail = free / MIB + " MiB free at " + here;
      if (!Files.isWritable(here)) {
        return Finding.warn("disk", here + " is not writable", "run where results may be written");
      }
      return free >= LITTLE_DISK
          ? Finding.ok("disk", detail)
          : Finding.warn("disk", detail, "checkpoints and datasets may not fit");
    } catch (IOException e) {
      return Finding.warn("disk", here + ": " + e.getMessage(), "run in another folder");
    }
  }
}
