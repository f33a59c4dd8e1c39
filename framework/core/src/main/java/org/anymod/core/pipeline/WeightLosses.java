package org.anymod.core.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.Progress;
import org.anymod.core.checkpoint.CheckpointFile;
import org.anymod.core.checkpoint.CheckpointLoader;
import org.anymod.core.checkpoint.TrainedTokens;
import org.anymod.core.masking.SpecialTokens;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.training.TextCodes;
import org.anymod.core.training.TokenDataset;
import org.anymod.core.training.Validation;
import org.anymod.networks.text.TextTokenizer;

/**
 * Losses of weights on the validation split of a run.
 *
 * @param weights the file
 * @param loss loss in nats, modalities weighed as in the training
 * @param byModality mean loss of a predicted token in nats, by model key in model order
 */
public record WeightLosses(Path weights, double loss, Map<String, Double> byModality) {
  private static final String EACH = "loss/";

  /**
   * Measures the losses of weights on the validation split, whose tokens must be there. Samples and
   * masks follow from the recipe alone, so that the figures of several weights compare.
   *
   * @param run the run
   * @param weights files, each with all weights of the recipe's model and possibly more modalities
   * @return the losses of each, in their order
   * @throws Exception if a file cannot be read or does not fit the recipe
   */
  public static List<WeightLosses> measure(Run run, List<Path> weights) throws Exception {
    TextTokenizer text = run.vocabulary(Progress.silent());
    TrainedTokens tokens =
        TrainedTokens.of(run.tokens().contracts(CropPlan.CENTER), run.modalities()).with(text);
    List<WeightLosses> all = new ArrayList<>();
    try (TokenDataset unseen = run.tokens().unseen(new TextCodes(text));
        AnyToAnyModel model = run.model().create(text)) {
      Validation validation =
          new RunTraining(run).validation(model, SpecialTokens.of(text), unseen);
      for (Path file : weights) {
        TrainedTokens.check(file, tokens);
        try (CheckpointFile open = CheckpointFile.open(file)) {
          CheckpointLoader.loadFromLarger(open, model);
        }
        all.add(of(file, validation.measure()));
      }
    }
    return all;
  }

  private static WeightLosses of(Path file, Map<String, Double> figures) {
    Map<String, Double> each = new LinkedHashMap<>();
    figures.forEach(
        (name, value) -> {
          if (name.startsWith(EACH)) {
            each.put(name.substring(EACH.length()), value);
          }
        });
    return new WeightLosses(file, figures.get("loss"), each);
  }
}
