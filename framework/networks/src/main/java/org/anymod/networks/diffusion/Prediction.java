package org.anymod.networks.diffusion;

/** What a denoising network gives. */
public enum Prediction {
  /** The noise. */
  EPSILON("epsilon"),
  /** The clean picture. */
  SAMPLE("sample"),
  /**
   * The velocity {@code sqrt(left) * noise - sqrt(1 - left) * picture} (Salimans and Ho, arXiv
   * 2202.00512).
   */
  VELOCITY("v_prediction");

  private final String text;

  Prediction(String text) {
    this.text = text;
  }

  /**
   * Returns the name in recipes and published files.
   *
   * @return the name
   */
  public String text() {
    return text;
  }

  /** Weights of noisy picture and output in the clean picture, where {@code left} is left of it. */
  double[] clean(double left) {
    double signal = Math.sqrt(left);
    double noise = Math.sqrt(1 - left);
    return switch (this) {
      case EPSILON -> new double[] {1 / signal, -noise / signal};
      case SAMPLE -> new double[] {0, 1};
      case VELOCITY -> new double[] {signal, -noise};
    };
  }

  /** Weights of noisy picture and output in the noise. */
  double[] noise(double left) {
    double signal = Math.sqrt(left);
    double noise = Math.sqrt(1 - left);
    return switch (this) {
      case EPSILON -> new double[] {0, 1};
      case SAMPLE -> new double[] {1 / noise, -signal / noise};
      case VELOCITY -> new double[] {noise, signal};
    };
  }
}
