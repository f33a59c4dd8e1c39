package org.anymod.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.spi.Kind;

/** The model as clients see it: what goes in, what comes out, and how values are entered. */
final class ModelView {
  private ModelView() {}

  static Map<String, Object> of(ServedModels models, List<String> presets, ServeSettings settings) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", models.first().recipe().name());
    tree.put("chain", models.runs().stream().map(run -> run.recipe().name()).toList());
    tree.put(
        "modalities",
        models.modalities().stream().map(modality -> modality(models, modality)).toList());
    tree.put("presets", presets);
    Map<String, Object> limits = new LinkedHashMap<>();
    limits.put("body_bytes", settings.maxBody());
    limits.put("samples", settings.maxSamples());
    limits.put("seconds", settings.timeout().toSeconds());
    limits.put("queue", settings.queue());
    limits.put("examples", settings.examples());
    tree.put("limits", limits);
    return tree;
  }

  private static Map<String, Object> modality(ServedModels models, UsedModality modality) {
    Map<String, Object> tree = new LinkedHashMap<>();
    Kind kind = modality.declaration().kind();
    List<String> roles = new ArrayList<>();
    if (models.isInput(modality)) {
      roles.add("input");
    }
    if (models.isOutput(modality)) {
      roles.add("output");
    }
    tree.put("key", modality.key());
    tree.put("source", modality.source());
    tree.put("kind", kind(kind));
    tree.put("roles", roles);
    tree.put("max_tokens", kind.maxTokens());
    tree.put("side", modality.resolution());
    if (hasParts(kind)) {
      tree.put("parts", grid(kind));
    }
    tree.put("forms", FormView.of(modality));
    if (models.isOutput(modality)) {
      tree.put("sampling", sampling(models.settings(modality)));
    }
    return tree;
  }

  private static Map<String, Object> sampling(SamplingRecipe settings) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("scheme", settings.scheme());
    tree.put("steps", settings.steps());
    tree.put("schedule", settings.schedule());
    tree.put("temperature", settings.temperature());
    tree.put("top_k", settings.topK());
    tree.put("top_p", settings.topP());
    tree.put("guidance", settings.guidance());
    return tree;
  }

  /** Returns whether places of it belong to places of a picture. */
  static boolean hasParts(Kind kind) {
    return kind instanceof Kind.PixelPatches
        || kind instanceof Kind.TokenGrid grid && grid.positions() == Kind.Positions.SINE_COSINE;
  }

  /** Returns rows and columns of the places that are known or not. */
  private static List<Integer> grid(Kind kind) {
    return kind instanceof Kind.PixelPatches pixels
        ? List.of(pixels.rows(), pixels.columns())
        : List.of(((Kind.TokenGrid) kind).rows(), ((Kind.TokenGrid) kind).columns());
  }

  private static String kind(Kind kind) {
    if (kind instanceof Kind.PixelPatches) {
      return "pixels";
    } else if (kind instanceof Kind.TokenGrid) {
      return "grid";
    } else if (kind instanceof Kind.TextSequence) {
      return "text";
    }
    return kind instanceof Kind.TokenSequence ? "codes" : "vectors";
  }
}
