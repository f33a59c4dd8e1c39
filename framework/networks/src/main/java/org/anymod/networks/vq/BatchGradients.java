package org.anymod.networks.vq;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.anymod.spi.Peers;
import org.anymod.torch.Autograd;
import org.anymod.torch.TensorScope;

/**
 * The batches of one optimiser step of a tokenizer, whose gradients add up. Of each only the
 * quantizer's part and its share of the losses are kept.
 */
public final class BatchGradients {
  private final TensorScope scope;
  private final List<Quantized> quantized = new ArrayList<>();
  private final List<Double> errors = new ArrayList<>();
  private final List<Double> totals = new ArrayList<>();

  /**
   * One recorded pass.
   *
   * @param quantized what the quantizer made
   * @param error what the network's output is wrong by, of shape ()
   * @param total what is minimised, of shape ()
   */
  public record Pass(Quantized quantized, NDArray error, NDArray total) {}

  /**
   * Begins a step.
   *
   * @param scope owner of what is kept
   */
  public BatchGradients(TensorScope scope) {
    this.scope = scope;
  }

  /**
   * Adds the gradients of one batch; what they took is freed before the next one.
   *
   * @param share the batch's part of all values of the step
   * @param forward passes a batch through the network; its tensors belong to the given manager
   */
  public void add(double share, Function<NDManager, Pass> forward) {
    try (TensorScope pass = scope.open()) {
      Pass made = Autograd.record(() -> forward.apply(pass.manager()));
      Autograd.backward(made.total(), share);
      Quantized kept = made.quantized();
      kept.ids().attach(scope.manager());
      kept.seen().ifPresent(seen -> seen.attach(scope.manager()));
      quantized.add(kept);
      errors.add(share * made.error().getFloat());
      totals.add(share * made.total().getFloat());
    }
  }

  /**
   * Returns what the quantizer made of each batch; of its tensors, ids and what was seen are still
   * there.
   *
   * @return one for each batch
   */
  public List<Quantized> quantized() {
    return List.copyOf(quantized);
  }

  /**
   * Tells how the step went, for the batches of all peers together.
   *
   * @param error what the network's error is called
   * @param vocabulary number of different codes
   * @param dead number of codes that were brought back to life
   * @param norm norm of the gradients
   * @param peers who has other batches
   * @return figures by name
   */
  public Map<String, Double> report(
      String error, int vocabulary, int dead, NDArray norm, Peers peers) {
    CodeUse use = CodeUse.of(quantized.stream().map(Quantized::ids).toList(), vocabulary, peers);
    double[] sums = {sum(totals), sum(errors)};
    peers.sum(sums);
    Map<String, Double> report = new LinkedHashMap<>();
    report.put("loss", sums[0]);
    report.put(error, sums[1]);
    report.put("perplexity", use.perplexity());
    report.put("used", use.used());
    report.put("dead", (double) dead);
    report.put("grad_norm", (double) norm.getFloat());
    return report;
  }

  private static double sum(List<Double> parts) {
    return parts.stream().mapToDouble(Double::doubleValue).sum();
  }
}
