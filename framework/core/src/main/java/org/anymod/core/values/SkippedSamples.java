package org.anymod.core.values;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.anymod.core.data.DatasetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy for samples that cannot be read: either the first one ends the run, or each is named
 * in the log once and left out, up to a limit of different ones. Safe for use by several threads.
 */
public final class SkippedSamples {
  private static final Logger LOG = LoggerFactory.getLogger(SkippedSamples.class);

  private final boolean skips;
  private final int limit;
  private final Set<String> names = ConcurrentHashMap.newKeySet();

  /**
   * Makes a policy.
   *
   * @param skips whether samples are left out at all
   * @param limit number of different samples that may be left out
   */
  public SkippedSamples(boolean skips, int limit) {
    this.skips = skips;
    this.limit = limit;
  }

  /**
   * Leaves a sample out.
   *
   * @param sample its dataset and name
   * @param cause why it cannot be read; names the file
   * @throws IOException the cause, if nothing is to be left out, or an error that counts what was,
   *     if that is too much
   */
  public void skip(String sample, IOException cause) throws IOException {
    if (!skips) {
      throw cause;
    }
    if (!names.add(sample)) {
      return;
    }
    LOG.warn("left out {}: {}", sample, cause.getMessage());
    if (names.size() > limit) {
      throw new DatasetException(
          names.size()
              + " samples cannot be read, data.max_skips allows "
              + limit
              + "; the last one: "
              + cause.getMessage(),
          cause);
    }
  }

  /**
   * Returns how many different samples were left out.
   *
   * @return at least 0
   */
  public int count() {
    return names.size();
  }
}
