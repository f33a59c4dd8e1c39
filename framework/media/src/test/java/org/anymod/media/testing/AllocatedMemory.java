package org.anymod.media.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Memory that this thread has asked for since it began. */
final class AllocatedMemory {
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  long bytes() {
    return threads.getCurrentThreadAllocatedBytes();
  }
}
