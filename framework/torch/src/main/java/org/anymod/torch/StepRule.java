package org.anymod.torch;

/**
 * Numbers of one optimiser step.
 *
 * @param learningRate the rate
 * @param weightDecay decoupled decay of the weights that are decayed
 * @param clipNorm largest global gradient norm, to which larger ones are scaled; 0 or less for none
 * @param skipAbove global gradient norm from which on the step is skipped; infinite for none
 * @param lossLimit loss above which the step is a fault; infinite for none
 * @param halts whether all steps after a fault are skipped, so that the weights stay as they were
 *     before it until somebody has looked
 */
public record StepRule(
    double learningRate,
    double weightDecay,
    double clipNorm,
    double skipAbove,
    double lossLimit,
    boolean halts) {

  /**
   * Returns a rule that refuses only what is no finite number.
   *
   * @param learningRate the rate
   * @param weightDecay decoupled decay
   * @param clipNorm largest global gradient norm; 0 or less for none
   * @return the rule
   */
  public static StepRule of(double learningRate, double weightDecay, double clipNorm) {
    return new StepRule(
        learningRate,
        weightDecay,
        clipNorm,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        false);
  }
}
