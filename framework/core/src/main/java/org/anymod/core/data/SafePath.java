package org.anymod.core.data;

import java.io.IOException;
import java.nio.file.Path;

/** Keeps links from leading out of a dataset. */
final class SafePath {
  private SafePath() {}

  /**
   * Checks that an existing file, all links followed, lies below a folder that was itself resolved.
   */
  static void check(Path realRoot, Path file) throws IOException {
    Path real = file.toRealPath();
    if (!real.startsWith(realRoot)) {
      throw new DatasetException(
          file
              + " is a link to "
              + real
              + " outside of "
              + realRoot
              + "; datasets must lie in one folder, copy the files or open the other folder by"
              + " itself");
    }
  }
}
