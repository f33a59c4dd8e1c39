package org.anymod.core.recipe;

import java.time.Duration;
import org.anymod.spi.config.Setting;

/**
 * How several processes train one model together, where a launcher has started several.
 *
 * @param shardOptimizer whether each rank keeps a part of the optimiser's state only
 * @param bucketMegabytes size of the buckets in which gradients travel
 * @param timeout seconds that a rank waits for the others
 */
public record ParallelRecipe(
    @Setting(
            value =
                "Each rank keeps the moments of a part of the weights, updates these and sends them to the others:"
                    + " less memory for half as much communication again, same result (ZeRO stage 1)",
            defaultValue = "false")
        boolean shardOptimizer,
    @Setting(
            value = "Size in megabytes of the buckets in which gradients are summed",
            defaultValue = "25",
            min = 1,
            max = 1024)
        int bucketMegabytes,
    @Setting(
            value =
                "Seconds that a rank waits for the others before it ends all of them; 0 waits forever",
            defaultValue = "1800",
            min = 0,
            max = 1e6)
        int timeout) {

  /**
   * Returns the defaults.
   *
   * @return the section that divides nothing but the samples
   */
  public static ParallelRecipe defaults() {
    return new ParallelRecipe(false, 25, 1800);
  }

  /**
   * Returns the size of a bucket.
   *
   * @return bytes
   */
  public long bucketBytes() {
    return (long) bucketMegabytes << 20;
  }

  /**
   * Returns how long a rank waits for the others.
   *
   * @return the time; zero for ever
   */
  public Duration patience() {
    return Duration.ofSeconds(timeout);
  }
}
