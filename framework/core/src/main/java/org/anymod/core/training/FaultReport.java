package org.anymod.core.training;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.model.ModelModality;

/** What is known of a step at which training must stop. */
final class FaultReport {
  private final MadeStep step;
  private final MadeStep.Report report;
  private final List<ModelModality> modalities;

  FaultReport(MadeStep step, MadeStep.Report report, List<ModelModality> modalities) {
    this.step = step;
    this.report = report;
    this.modalities = modalities;
  }

  private String cause() {
    if (!Float.isFinite(report.loss())) {
      return "the loss is " + report.loss();
    } else if (!Float.isFinite(report.norm())) {
      return "the gradient norm is " + report.norm();
    }
    return "the loss is " + report.loss() + ", above the limit of " + step.rule().lossLimit();
  }

  /** Everything for the failure file; numbers that JSON does not have become texts. */
  Map<String, Object> facts(List<String> samples) {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("step", step.step() + 1);
    facts.put("cause", cause());
    facts.put("loss", number(report.loss()));
    Map<String, Object> losses = new LinkedHashMap<>();
    step.byModality(modalities)
        .forEach((modality, loss) -> losses.put(modality.key(), number(loss)));
    facts.put("losses", losses);
    facts.put("grad_norm", number(report.norm()));
    facts.put("loss_limit", number(step.rule().lossLimit()));
    facts.put("learning_rate", step.rule().learningRate());
    facts.put("input_tokens", step.totals().inputTokens());
    facts.put("target_tokens", step.totals().targetTokens());
    facts.put("samples", samples);
    return facts;
  }

  private static Object number(double value) {
    return Double.isFinite(value) ? (Object) value : Double.toString(value);
  }

  String message(Path file) {
    return cause()
        + " at step "
        + (step.step() + 1)
        + "; "
        + file
        + " names the samples. The weights of before that step are kept. Lower learning_rate, raise"
        + " warmup or clip, or set training.guard.action to skip, and train again";
  }
}
