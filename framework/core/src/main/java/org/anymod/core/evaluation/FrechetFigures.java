package org.anymod.core.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.FrechetRecipe;
import org.anymod.media.measures.FrechetDistance;
import org.anymod.networks.labeling.NetworkUse;
import org.anymod.networks.labeling.TorchScriptLabeler;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * {@code frechet}: the Fréchet distance of the features of answers to those of the truths. Maps of
 * features and lists of vectors count by their mean over places.
 */
final class FrechetFigures implements MoreFigures, AutoCloseable {
  private final AlignedValues truths;
  private final Map<String, UnaryOperator<Value>> features = new LinkedHashMap<>();
  private final Map<List<Object>, List<float[]>> known = new HashMap<>();
  private final List<TorchScriptLabeler> networks = new ArrayList<>();

  /**
   * Finds what computes features.
   *
   * @throws IllegalArgumentException naming the setting, if it names what the run does not have, or
   *     nothing can compute these features
   */
  FrechetFigures(ModalitySet set, Map<String, FrechetRecipe> recipes, AlignedValues truths) {
    this.truths = truths;
    recipes.forEach(
        (key, recipe) -> {
          try {
            features.put(key, features(set, set.get(key), recipe));
          } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "evaluation.frechet." + key + ": " + e.getMessage(), e);
          }
        });
  }

  private UnaryOperator<Value> features(
      ModalitySet set, UsedModality output, FrechetRecipe recipe) {
    if (recipe.source().isPresent()) {
      Labeler labeler = labeler(set, output, recipe.source().get());
      return value -> labeler.label(Map.of(output.source(), value));
    } else if (recipe.network().model().isPresent()) {
      Labeler labeler = network(output, recipe);
      return value -> labeler.label(Map.of(output.source(), value));
    }
    ValueSpec spec = output.modality().value();
    if (!(spec instanceof ValueSpec.RasterSpec) && !(spec instanceof ValueSpec.VectorsSpec)) {
      throw new IllegalArgumentException(
          "its values are no numbers to compare; source or network.model must compute features");
    }
    return value -> value;
  }

  private static Labeler labeler(ModalitySet set, UsedModality output, String source) {
    return set.stored().stream()
        .filter(m -> m.source().equals(source))
        .flatMap(m -> m.modality().labelers().stream())
        .filter(l -> l.from().contains(output.source()) && (l.from().size() == 1 || !l.needsAll()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "source is '"
                        + source
                        + "', but no plugin of this run computes that from '"
                        + output.source()
                        + "'"));
  }

  private Labeler network(UsedModality output, FrechetRecipe recipe) {
    ValueSpec.VectorsSpec vector =
        new ValueSpec.VectorsSpec(recipe.width(), 1, -Float.MAX_VALUE, Float.MAX_VALUE);
    TorchScriptLabeler labeler =
        (TorchScriptLabeler)
            TorchScriptLabeler.of(
                    output.source(),
                    recipe.network(),
                    NetworkUse.imageNet(0),
                    TorchScriptLabeler.Wanted.VECTOR,
                    vector)
                .get(0);
    networks.add(labeler);
    return labeler;
  }

  @Override
  public Map<String, Double> of(UsedModality output, List<Value> answers, int[] samples) {
    UnaryOperator<Value> feature = features.get(output.key());
    if (feature == null) {
      return Map.of();
    }
    if (samples.length < 2) {
      return Map.of("frechet", Double.NaN);
    }
    List<float[]> wanted =
        known.computeIfAbsent(
            List.of(output.key(), Arrays.stream(samples).boxed().toList()),
            k -> vectors(feature, truths.of(output.key(), samples)));
    return Map.of("frechet", FrechetDistance.of(vectors(feature, answers), wanted));
  }

  private static List<float[]> vectors(UnaryOperator<Value> feature, List<Value> values) {
    return values.stream().map(feature).map(FrechetFigures::pooled).toList();
  }

  private static float[] pooled(Value value) {
    if (value instanceof Value.Raster map) {
      return mean(map.data(), map.channels(), map.height() * map.width(), true);
    }
    Value.Vectors vectors = (Value.Vectors) value;
    return mean(vectors.data(), vectors.dim(), vectors.count(), false);
  }

  private static float[] mean(float[] data, int width, int places, boolean channelsFirst) {
    float[] mean = new float[width];
    for (int c = 0; c < width; c++) {
      double sum = 0;
      for (int p = 0; p < places; p++) {
        sum += data[channelsFirst ? c * places + p : p * width + c];
      }
      mean[c] = (float) (places == 0 ? 0 : sum / places);
    }
    return mean;
  }

  /** Frees the networks. */
  @Override
  public void close() {
    networks.forEach(TorchScriptLabeler::close);
  }
}
