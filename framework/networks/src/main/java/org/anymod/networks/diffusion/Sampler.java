package org.anymod.networks.diffusion;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import org.anymod.torch.Kernels;

/**
 * A way from noise to a picture in a number of steps: deterministic (DDIM, Song et al., arXiv
 * 2010.02502, without noise) or with fresh noise in each step (DDPM, Ho et al., arXiv 2006.11239).
 *
 * @param method which way
 * @param schedule the noise process that the network was trained with
 * @param prediction what the network gives
 * @param spacing which time steps are visited; the published DDPM sampler knows only {@link
 *     Spacing#LEADING}
 * @param limit how the estimate of the clean picture is kept in range
 */
public record Sampler(
    Method method,
    NoiseSchedule schedule,
    Prediction prediction,
    Spacing spacing,
    CleanLimit limit) {

  /** Ways to sample. */
  public enum Method {
    /** Deterministic given the first noise. */
    DDIM,
    /** With fresh noise in each step but the last. */
    DDPM
  }

  /**
   * One step's results.
   *
   * @param picture the less noisy picture (batch, channels, height, width)
   * @param clean the estimate of the clean one, within its limit
   */
  public record Step(NDArray picture, NDArray clean) {}

  /** Checks that the first step can be computed. */
  public Sampler {
    if (prediction == Prediction.EPSILON && schedule.left(schedule.steps() - 1) == 0) {
      throw new IllegalArgumentException(
          "prediction epsilon cannot start where nothing of the picture is left; use sample or"
              + " v_prediction, or set zero_terminal_snr to false");
    }
  }

  /**
   * Lists the time steps that are visited.
   *
   * @param count steps asked for
   * @return time steps from noisy to clean
   */
  public int[] steps(int count) {
    Spacing own = method == Method.DDPM ? Spacing.LEADING : spacing;
    return own.steps(count, schedule.steps());
  }

  /**
   * Returns whether a step needs fresh noise.
   *
   * @param time its time step
   * @return true for all steps of DDPM but the last
   */
  public boolean needsNoise(int time) {
    return method == Method.DDPM && time > 0;
  }

  /**
   * Makes one step.
   *
   * @param noisy pictures at the time step (batch, channels, height, width)
   * @param output what the network gave for them
   * @param noise standard normal numbers of the same shape; not looked at where {@link #needsNoise}
   *     is false
   * @param time the time step
   * @param count steps asked for, which fixes the distance between time steps
   * @param scope owner of the results
   * @return the less noisy pictures
   */
  public Step step(
      NDArray noisy, NDArray output, NDArray noise, int time, int count, NDManager scope) {
    double[] weights = method == Method.DDIM ? ddim(time, count) : ddpm(time, count);
    NDArray onScope = scope.create(weights);
    NDArray onHost = onScope.toDevice(Device.cpu(), false);
    NDList result = Kernels.shared().callAll(scope, "denoise_step", noisy, output, noise, onHost);
    return new Step(result.get(0), result.get(1));
  }

  /** The noise is estimated without the limit, and points from the limited estimate. */
  private double[] ddim(int time, int count) {
    double left = schedule.left(time);
    double before = schedule.left(time - schedule.steps() / count);
    double[] noise = prediction.noise(left);
    double spread = Math.sqrt(1 - before);
    return weights(left, Math.sqrt(before), spread * noise[0], spread * noise[1], 0);
  }

  /** Mean and variance of the posterior; the variance is the smaller of the two usual ones. */
  private double[] ddpm(int time, int count) {
    double left = schedule.left(time);
    double before = schedule.left(time - schedule.steps() / count);
    double kept = left / before;
    double clean = Math.sqrt(before) * (1 - kept) / (1 - left);
    double noisy = Math.sqrt(kept) * (1 - before) / (1 - left);
    double variance = Math.max((1 - before) / (1 - left) * (1 - kept), 1e-20);
    return weights(left, clean, noisy, 0, needsNoise(time) ? Math.sqrt(variance) : 0);
  }

  private double[] weights(double left, double clean, double noisy, double output, double fresh) {
    double[] estimate = prediction.clean(left);
    return new double[] {
      estimate[0],
      estimate[1],
      clean,
      noisy,
      output,
      fresh,
      limit.mode().ordinal(),
      limit.quantile(),
      limit.most()
    };
  }
}
