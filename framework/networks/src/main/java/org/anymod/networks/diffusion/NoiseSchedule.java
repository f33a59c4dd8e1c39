package org.anymod.networks.diffusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import org.anymod.torch.Kernels;

/**
 * The noise process: {@code noisy = sqrt(left[t]) * picture + sqrt(1 - left[t]) * noise} (Ho et
 * al., arXiv 2006.11239).
 */
public final class NoiseSchedule {
  private final double[] left;

  /**
   * Creates a process.
   *
   * @param beta formula of its variances
   * @param steps number of time steps, at least 2
   * @param zeroTerminal whether nothing of the picture is left at the end
   */
  public NoiseSchedule(BetaSchedule beta, int steps, boolean zeroTerminal) {
    this.left = beta.remaining(steps, zeroTerminal);
  }

  /**
   * Returns the number of time steps.
   *
   * @return number of steps
   */
  public int steps() {
    return left.length;
  }

  /**
   * Returns what is left of the picture's variance.
   *
   * @param step a time step; below 0 the picture is untouched
   * @return a number in [0, 1]
   */
  public double left(int step) {
    return step < 0 ? 1 : left[step];
  }

  /**
   * Adds noise.
   *
   * @param picture clean pictures (batch, channels, height, width)
   * @param noise standard normal numbers of the same shape
   * @param steps a time step for each picture
   * @param scope owner of the result
   * @return noisy pictures
   */
  public NDArray addNoise(NDArray picture, NDArray noise, int[] steps, NDManager scope) {
    return blend(picture, noise, signal(steps), noise(steps, 1), scope);
  }

  /**
   * Computes velocities.
   *
   * @param picture clean pictures (batch, channels, height, width)
   * @param noise standard normal numbers of the same shape
   * @param steps a time step for each picture
   * @param scope owner of the result
   * @return {@code sqrt(left) * noise - sqrt(1 - left) * picture}
   */
  public NDArray velocity(NDArray picture, NDArray noise, int[] steps, NDManager scope) {
    return blend(noise, picture, signal(steps), noise(steps, -1), scope);
  }

  /**
   * Computes the noise that a velocity implies.
   *
   * @param velocity velocities (batch, channels, height, width)
   * @param noisy noisy pictures of the same shape
   * @param steps a time step for each picture
   * @param scope owner of the result
   * @return {@code sqrt(left) * velocity + sqrt(1 - left) * noisy}
   */
  public NDArray noiseOf(NDArray velocity, NDArray noisy, int[] steps, NDManager scope) {
    return blend(velocity, noisy, signal(steps), noise(steps, 1), scope);
  }

  private float[] signal(int[] steps) {
    float[] factors = new float[steps.length];
    for (int i = 0; i < steps.length; i++) {
      factors[i] = (float) Math.sqrt(left(steps[i]));
    }
    return factors;
  }

  private float[] noise(int[] steps, float sign) {
    float[] factors = new float[steps.length];
    for (int i = 0; i < steps.length; i++) {
      factors[i] = sign * (float) Math.sqrt(1 - left(steps[i]));
    }
    return factors;
  }

  private static NDArray blend(NDArray x, NDArray y, float[] a, float[] b, NDManager scope) {
    return Kernels.shared().call(scope, "blend", x, y, scope.create(a), scope.create(b));
  }
}
