package org.anymod.core.recipe;

import org.anymod.spi.config.Setting;

/**
 * What happens at steps that would harm the weights.
 *
 * @param action what a fault leads to
 * @param skipAbove gradient norm from which on a step is skipped
 * @param spike loss above the running median that is a fault
 * @param window losses in the running median
 */
public record GuardRecipe(
    @Setting(
            value =
                "What happens at a fault, which is a loss or gradient norm that is no finite number, or a spike of"
                    + " the loss: stop keeps the weights of before it and says which samples led to it, skip goes on"
                    + " without that step",
            defaultValue = "stop",
            allowed = {"stop", "skip"})
        String action,
    @Setting(
            value = "Global gradient norm from which on a step is skipped; 0 never skips",
            defaultValue = "0.0",
            min = 0,
            max = 1e9)
        double skipAbove,
    @Setting(
            value = "A loss above this many times the running median is a fault; 0 looks at none",
            defaultValue = "0.0",
            min = 0,
            max = 1e9)
        double spike,
    @Setting(
            value = "Losses in the running median; the first 16 steps have none",
            defaultValue = "128",
            min = 16,
            max = 65536)
        int window) {

  /**
   * Returns whether training stops at a fault.
   *
   * @return true for {@code stop}
   */
  public boolean stops() {
    return action.equals("stop");
  }

  /**
   * Returns the defaults.
   *
   * @return the section that stops at what is no finite number
   */
  public static GuardRecipe defaults() {
    return new GuardRecipe("stop", 0, 0, 128);
  }
}
