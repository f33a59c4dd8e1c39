package org.anymod.networks.diffusion;

/** Which of the trained time steps a sampler visits. */
public enum Spacing {
  /** From the last step down. */
  TRAILING,
  /** Multiples of the ratio, ending at 0. */
  LEADING,
  /** Evenly from the last step to 0. */
  LINSPACE;

  /**
   * Lists time steps from noisy to clean. As in the published sampler, trailing steps are more than
   * asked for where the count does not divide the trained steps.
   *
   * @param count steps asked for, 1 to {@code trained}
   * @param trained steps of the noise process
   * @return numbers in [0, trained) that fall
   */
  public int[] steps(int count, int trained) {
    if (count < 1 || count > trained) {
      throw new IllegalArgumentException(
          count + " sampling steps are asked for, allowed are 1 to " + trained);
    }
    int ratio = trained / count;
    return switch (this) {
      case TRAILING -> {
        int[] steps = new int[(trained + ratio - 1) / ratio];
        for (int i = 0; i < steps.length; i++) {
          steps[i] = trained - i * ratio - 1;
        }
        yield steps;
      }
      case LEADING -> {
        int[] steps = new int[count];
        for (int i = 0; i < count; i++) {
          steps[i] = (count - 1 - i) * ratio;
        }
        yield steps;
      }
      case LINSPACE -> {
        int[] steps = new int[count];
        for (int i = 0; i < count; i++) {
          double part = count == 1 ? 0 : (double) i / (count - 1);
          steps[i] = (int) Math.rint(trained - part * (trained - 1)) - 1;
        }
        yield steps;
      }
    };
  }
}
