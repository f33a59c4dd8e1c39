package org.anymod.networks.vq;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anymod.spi.Peers;

/**
 * Losses and gradient of a step of all peers.
 *
 * @param loss what was made small
 * @param part the part of it that compares with the values
 * @param norm norm of the gradient before it was clipped
 */
public record StepFigures(double loss, double part, double norm) {

  /**
   * Adds up the losses of all peers.
   *
   * @param loss this process's share of the loss
   * @param part its share of the part that compares with the values
   * @param norm norm of the gradient, which all peers have already
   * @param peers who has the other shares
   * @return the figures, the same for all peers
   */
  public static StepFigures of(double loss, double part, double norm, Peers peers) {
    double[] sums = {loss, part};
    peers.sum(sums);
    return new StepFigures(sums[0], sums[1], norm);
  }

  /**
   * Returns the figures with what became of the codes.
   *
   * @param name name of the part
   * @param use how the codes were used
   * @param dead number of codes that were born again
   * @return figures by name
   */
  public Map<String, Double> report(String name, CodeUse use, int dead) {
    Map<String, Double> report = new LinkedHashMap<>();
    report.put("loss", loss);
    report.put(name, part);
    report.put("perplexity", use.perplexity());
    report.put("used", use.used());
    report.put("dead", (double) dead);
    report.put("grad_norm", norm);
    return report;
  }
}
