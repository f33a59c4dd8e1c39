package org.anymod.cli.results;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anymod.core.Progress;
import org.anymod.core.data.Samples;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.pipeline.Run;
import org.anymod.torch.Torch;

/**
 * What is worth knowing of a run beside its figures.
 *
 * @param name name of the recipe
 * @param steps optimiser steps of the model
 * @param parameters numbers that the model learned
 * @param trainingSamples samples of the training split
 * @param ensemble predictions of a grid that were combined into one
 * @param device where it computes
 * @param seconds wall time by stage
 */
public record RunFacts(
    String name,
    long steps,
    long parameters,
    int trainingSamples,
    int ensemble,
    String device,
    Map<String, Double> seconds) {

  /** Keeps the order of the stages. */
  public RunFacts {
    seconds = new LinkedHashMap<>(seconds);
  }

  /**
   * Gathers the facts of a trained run.
   *
   * @param run the run
   * @param seconds wall time by stage
   * @return the facts
   * @throws IOException if data or checkpoint cannot be read
   */
  public static RunFacts of(Run run, Map<String, Double> seconds) throws IOException {
    long parameters;
    try (AnyToAnyModel model = run.model().create(run.vocabulary(Progress.silent()))) {
      parameters = model.parameters().count();
    }
    int samples;
    try (Samples training = run.data().values(run.recipe().data().train()).samples()) {
      samples = training.size();
    }
    return new RunFacts(
        run.recipe().name(),
        run.model().checkpoints().latest().orElse(0),
        parameters,
        samples,
        run.recipe().evaluation().ensemble(),
        device(run.recipe().device()),
        seconds);
  }

  private static String device(String name) {
    String device = Torch.device(name).toString();
    return device.startsWith("cpu") ? "cpu, " + Torch.threads() + " threads" : device;
  }
}
