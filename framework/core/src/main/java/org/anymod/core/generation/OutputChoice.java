package org.anymod.core.generation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.SamplingPreset;

/** Decides which model of a chain draws what. */
final class OutputChoice {
  private final List<ModalitySet> models;

  OutputChoice(List<ModalitySet> models) {
    this.models = models;
  }

  /** An output and the modality that is meant. */
  record Chosen(UsedModality modality, Output output) {}

  /**
   * Chooses the outputs of each model.
   *
   * @param wanted what the request names
   * @param given modalities that are given to each model
   * @param whole those of them of which nothing is missing
   * @param presets the preset of each model, where there is one
   */
  List<List<Chosen>> choose(
      List<Output> wanted,
      List<List<UsedModality>> given,
      List<List<UsedModality>> whole,
      List<Optional<SamplingPreset>> presets) {
    List<Map<String, Chosen>> named = named(wanted);
    List<List<Chosen>> chosen = new ArrayList<>();
    for (int stage = 0; stage < models.size(); stage++) {
      List<Chosen> own = new ArrayList<>(named.get(stage).values());
      if (stage == 0 && own.isEmpty()) {
        own.addAll(
            wanted.isEmpty()
                ? all(whole.get(0), presets.get(0))
                : hidden(named.get(1).values().stream().toList(), given));
      } else if (stage > 0 && own.isEmpty()) {
        own.addAll(finer(stage, chosen.get(0), whole, presets.get(stage)));
      }
      chosen.add(own);
    }
    return chosen;
  }

  private List<Map<String, Chosen>> named(List<Output> wanted) {
    List<Map<String, Chosen>> named = new ArrayList<>();
    models.forEach(model -> named.add(new LinkedHashMap<>()));
    for (Output output : wanted) {
      int stage = stage(output.key());
      UsedModality modality = new ModalityNames(models.get(stage)).output(output.key());
      if (named.get(stage).put(modality.key(), new Chosen(modality, output)) != null) {
        throw new RequestException("'" + modality.key() + "' is asked for twice");
      }
    }
    return named;
  }

  /** The model that draws what a word means: a key counts before a name, an earlier model first. */
  private int stage(String word) {
    for (int stage = 0; stage < models.size(); stage++) {
      if (models.get(stage).all().stream()
          .anyMatch(m -> m.declaration().isOutput() && m.key().equals(word))) {
        return stage;
      }
    }
    for (int stage = 1; stage < models.size(); stage++) {
      if (!knows(0, word) && knows(stage, word)) {
        return stage;
      }
    }
    return 0;
  }

  private boolean knows(int stage, String word) {
    return models.get(stage).all().stream()
        .anyMatch(
            m ->
                m.declaration().isOutput()
                    && (m.modality().name().equals(word) || m.source().equals(word)));
  }

  /** What a preset lists and the model knows, or one output for each source that is not given. */
  private List<Chosen> all(List<UsedModality> whole, Optional<SamplingPreset> preset) {
    ModalitySet model = models.get(0);
    List<UsedModality> outputs =
        preset.isPresent()
            ? listed(model, preset.get())
            : new ModalityNames(model).outputsBesides(whole);
    return outputs.stream()
        .filter(m -> whole.stream().noneMatch(g -> g.source().equals(m.source())))
        .map(m -> new Chosen(m, Output.of(m.key())))
        .toList();
  }

  private static List<UsedModality> listed(ModalitySet model, SamplingPreset preset) {
    return preset.outputs().keySet().stream()
        .flatMap(
            word ->
                model.all().stream()
                    .filter(m -> m.declaration().isOutput())
                    .filter(m -> m.key().equals(word) || m.modality().name().equals(word)))
        .distinct()
        .toList();
  }

  /** What the first model must draw so that the next one can refine it, where that is not given. */
  private List<Chosen> hidden(List<Chosen> later, List<List<UsedModality>> given) {
    return models.get(0).all().stream()
        .filter(m -> m.declaration().isOutput())
        .filter(m -> later.stream().anyMatch(c -> sameName(c.modality(), m)))
        .filter(m -> given.stream().flatMap(List::stream).noneMatch(g -> g.key().equals(m.key())))
        .map(m -> new Chosen(m, Output.of(m.key()).onlyCondition()))
        .toList();
  }

  /** What a later model draws by itself: finer forms of what the first one has drawn or got. */
  private List<Chosen> finer(
      int stage,
      List<Chosen> first,
      List<List<UsedModality>> whole,
      Optional<SamplingPreset> preset) {
    ModalitySet model = models.get(stage);
    List<UsedModality> outputs =
        preset.isPresent()
            ? listed(model, preset.get())
            : model.all().stream().filter(m -> m.declaration().isOutput()).toList();
    return outputs.stream()
        .map(m -> new Chosen(m, Output.of(m.key())))
        .filter(c -> whole.get(stage).stream().noneMatch(g -> g.key().equals(c.modality().key())))
        .filter(
            c ->
                first.stream().anyMatch(f -> refines(c.modality(), f.modality()))
                    || whole.get(0).stream().anyMatch(g -> refines(c.modality(), g)))
        .toList();
  }

  private static boolean refines(UsedModality fine, UsedModality coarse) {
    return sameName(fine, coarse) && !fine.key().equals(coarse.key());
  }

  private static boolean sameName(UsedModality a, UsedModality b) {
    return a.modality().name().equals(b.modality().name());
  }
}
