package org.anymod.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Token budgets on the command line. */
final class BenchmarkBudgets {
  /** What is measured where neither options nor a recipe say anything. */
  private static final int USUAL = 128;

  @Option(
      names = "--input-tokens",
      paramLabel = "N",
      description = "Visible tokens of a sample (default: 128, or the recipe's).")
  private Integer inputTokens;

  @Option(
      names = "--target-tokens",
      paramLabel = "N",
      description = "Predicted tokens of a sample (default: 128, or the recipe's).")
  private Integer targetTokens;

  int inputTokens() {
    return inputTokens == null ? USUAL : inputTokens;
  }

  int targetTokens() {
    return targetTokens == null ? USUAL : targetTokens;
  }

  /** What the options change in a recipe. */
  List<String> overrides() {
    List<String> overrides = new ArrayList<>();
    if (inputTokens != null) {
      overrides.add("masking.input_tokens=" + inputTokens);
      overrides.add("masking.min_input_tokens=" + inputTokens);
    }
    if (targetTokens != null) {
      overrides.add("masking.target_tokens=" + targetTokens);
      overrides.add("masking.min_target_tokens=" + targetTokens);
    }
    return overrides;
  }
}
