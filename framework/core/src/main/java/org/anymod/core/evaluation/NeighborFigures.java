package org.anymod.core.evaluation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.NeighborRecipe;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.values.ValueReader;
import org.anymod.media.measures.NeighborVote;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * {@code knn_top1} and {@code knn_top5}: how often the true class of a sample is the first, or
 * among the first five, that the neighbours of its vector vote for; over samples that have a class.
 * The gallery holds true vectors of the training split.
 */
final class NeighborFigures implements MoreFigures {
  private static final int MANY = 5;

  private final List<Optional<String>> classes;
  private final Map<String, NeighborVote> votes = new HashMap<>();

  private NeighborFigures(List<Optional<String>> classes) {
    this.classes = classes;
  }

  /**
   * Reads classes and galleries.
   *
   * @param run the run, whose recipe names classes
   * @param validation values of the samples that are measured
   * @param count number of these samples
   * @param outputs everything that is predicted, of which single vectors are classified
   * @throws IOException if data cannot be read, or there is no gallery
   */
  static NeighborFigures of(
      Run run,
      ValueReader validation,
      int count,
      Collection<UsedModality> outputs,
      Progress progress)
      throws IOException {
    SampleClasses source = SampleClasses.of(run);
    List<Optional<String>> classes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      classes.add(source.of(validation, i));
    }
    NeighborFigures result = new NeighborFigures(classes);
    ValueReader training = run.data().incompleteValues(run.recipe().data().train());
    try (Samples samples = training.samples()) {
      for (UsedModality output : outputs) {
        if (isVector(output)) {
          progress.message(
              "neighbours of " + output.key() + " among " + samples.size() + " training samples");
          result.votes.put(output.key(), vote(run, training, output, source));
        }
      }
    }
    return result;
  }

  private static boolean isVector(UsedModality output) {
    return output.modality().value() instanceof ValueSpec.VectorsSpec spec && spec.maxCount() == 1;
  }

  private static NeighborVote vote(
      Run run, ValueReader training, UsedModality output, SampleClasses source) throws IOException {
    NeighborRecipe recipe = run.recipe().evaluation().neighbors();
    CroppedValues values = run.data().cropped(training, output, CropPlan.CENTER);
    int most = recipe.gallery() == 0 ? values.size() : Math.min(recipe.gallery(), values.size());
    List<float[]> gallery = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      Optional<String> label =
          training.has(output.source(), i) ? source.of(training, i) : Optional.empty();
      if (label.isPresent()) {
        gallery.add(((Value.Vectors) values.get(i)).data());
        labels.add(label.get());
      }
    }
    if (gallery.isEmpty()) {
      throw new DatasetException(
          "evaluation.neighbors: none of "
              + most
              + " training samples has both '"
              + output.source()
              + "' and a class");
    }
    return new NeighborVote(gallery, labels, recipe.k(), recipe.temperature());
  }

  @Override
  public Map<String, Double> of(UsedModality output, List<Value> answers, int[] samples) {
    NeighborVote vote = votes.get(output.key());
    if (vote == null) {
      return Map.of();
    }
    int asked = 0;
    int first = 0;
    int among = 0;
    for (int i = 0; i < samples.length; i++) {
      Optional<String> label = classes.get(samples[i]);
      if (label.isPresent()) {
        List<String> ranked = vote.ranked(((Value.Vectors) answers.get(i)).data());
        asked++;
        first += ranked.get(0).equals(label.get()) ? 1 : 0;
        among += ranked.subList(0, Math.min(MANY, ranked.size())).contains(label.get()) ? 1 : 0;
      }
    }
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("knn_top1", (double) first / asked);
    figures.put("knn_top5", (double) among / asked);
    return figures;
  }
}
