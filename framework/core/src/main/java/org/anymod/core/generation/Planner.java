package org.anymod.core.generation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anymod.core.generation.OutputChoice.Chosen;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.SamplingPreset;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.Link;
import org.anymod.core.sampling.SamplingSettings;

/**
 * Checks requests against the models of a chain and plans who draws what. Needs no weights. Safe
 * for use by several threads.
 */
public final class Planner {
  private final List<Run> runs;
  private final List<ModalitySet> models;
  private final Presets presets;

  /**
   * Creates a planner.
   *
   * @param runs the runs of the chain
   * @param presets where presets are found
   */
  public Planner(List<Run> runs, Presets presets) {
    this.runs = List.copyOf(runs);
    this.models = runs.stream().map(Run::modalities).toList();
    this.presets = presets;
  }

  /**
   * Tells what a request comes to.
   *
   * @param request the request
   * @return what will be drawn, in order
   * @throws RequestException if the models cannot answer it, as far as that shows without looking
   *     into its values
   */
  public List<PlannedOutput> outputs(Request request) {
    List<PlannedOutput> outputs = new ArrayList<>();
    for (Plan.Stage stage : plan(request).stages()) {
      ModalitySet model = models.get(stage.number());
      List<String> known = new ArrayList<>();
      stage.inputs().forEach(input -> known.add(model.all().get(input.index()).key()));
      stage.carried().forEach(c -> known.add(model.all().get(c.to()).key()));
      for (Plan.Step step : stage.steps()) {
        String key = step.modality().key();
        outputs.add(
            new PlannedOutput(
                key,
                stage.number(),
                step.modality(),
                step.link().settings(),
                known,
                step.link().guidance().grow(),
                step.decoded()));
        known.add(key);
      }
    }
    return outputs;
  }

  /**
   * Returns the modality that reads what is given under a word: of the first model that knows it.
   *
   * @param word model key, the name of a modality or a source
   * @return the modality
   * @throws RequestException if no model of the chain reads it
   */
  public UsedModality input(String word) {
    Optional<IllegalArgumentException> unknown = Optional.empty();
    for (ModalitySet model : models) {
      try {
        return new ModalityNames(model).input(word);
      } catch (IllegalArgumentException e) {
        unknown = unknown.isPresent() ? unknown : Optional.of(e);
      }
    }
    throw new RequestException(unknown.orElseThrow().getMessage());
  }

  /**
   * Plans a request.
   *
   * @throws RequestException if the models cannot answer it
   */
  Plan plan(Request request) {
    try {
      return planned(request);
    } catch (RequestException e) {
      throw e;
    } catch (IllegalArgumentException e) {
      throw new RequestException(e.getMessage(), e);
    }
  }

  private Plan planned(Request request) {
    if (request.presets().size() > models.size()) {
      throw new RequestException(
          "there are " + request.presets().size() + " presets for " + models.size() + " models");
    }
    List<Optional<SamplingPreset>> named = new ArrayList<>();
    for (int stage = 0; stage < models.size(); stage++) {
      named.add(request.preset(stage).map(presets::get));
    }
    List<List<Plan.Input>> inputs = inputs(request.inputs());
    List<List<Chosen>> outputs =
        new OutputChoice(models)
            .choose(request.outputs(), modalities(inputs, false), modalities(inputs, true), named);
    List<Plan.Stage> stages = new ArrayList<>();
    for (int stage = 0; stage < models.size(); stage++) {
      if (!outputs.get(stage).isEmpty()) {
        List<Plan.Carried> carried = carried(stage, stages);
        Stage part = new Stage(stage, inputs.get(stage), carried, named.get(stage));
        stages.add(
            new Plan.Stage(
                stage, part.inputs(), carried, steps(part, outputs.get(stage), request)));
      }
    }
    if (stages.isEmpty()) {
      throw new RequestException(
          "there is nothing to predict: every output of this model is given; name an output");
    }
    return new Plan(stages);
  }

  /** What is given to each model: everything that it can read. */
  private List<List<Plan.Input>> inputs(Map<String, Given> given) {
    List<Map<Integer, Plan.Input>> inputs = new ArrayList<>();
    models.forEach(model -> inputs.add(new LinkedHashMap<>()));
    given.forEach(
        (word, value) -> {
          Optional<IllegalArgumentException> unknown = Optional.empty();
          boolean known = false;
          for (int stage = 0; stage < models.size(); stage++) {
            try {
              add(inputs.get(stage), stage, word, value);
              known = true;
            } catch (RequestException e) {
              throw e;
            } catch (IllegalArgumentException e) {
              unknown = unknown.isPresent() ? unknown : Optional.of(e);
            }
          }
          if (!known) {
            throw unknown.orElseThrow();
          }
        });
    return inputs.stream().map(map -> List.copyOf(map.values())).toList();
  }

  private void add(Map<Integer, Plan.Input> inputs, int stage, String word, Given value) {
    UsedModality modality = new ModalityNames(models.get(stage)).input(word);
    int index = models.get(stage).indexOf(modality.modelKey());
    Plan.Input before = inputs.put(index, new Plan.Input(modality, index, value));
    if (before != null) {
      String other = before.modality().key();
      throw new RequestException(
          "'"
              + modality.modelKey()
              + "' is given twice"
              + (other.equals(modality.key()) ? "" : ", as " + other + " and " + modality.key()));
    }
  }

  private static List<List<UsedModality>> modalities(List<List<Plan.Input>> inputs, boolean whole) {
    return inputs.stream()
        .map(
            list ->
                list.stream()
                    .filter(input -> !whole || !input.isPartial())
                    .map(Plan.Input::modality)
                    .toList())
        .toList();
  }

  /** What a later model can read of what the first one draws. */
  private List<Plan.Carried> carried(int stage, List<Plan.Stage> before) {
    List<Plan.Carried> carried = new ArrayList<>();
    if (before.isEmpty()) {
      return carried;
    }
    for (Plan.Step step : before.get(0).steps()) {
      String key = step.modality().key();
      models.get(stage).all().stream()
          .filter(m -> m.key().equals(key) && m.declaration().isInput())
          .forEach(
              m ->
                  carried.add(
                      new Plan.Carried(step.link().modality(), models.get(stage).indexOf(key))));
    }
    return carried;
  }

  /** What is known of one model's part before its steps. */
  private record Stage(
      int number,
      List<Plan.Input> given,
      List<Plan.Carried> carried,
      Optional<SamplingPreset> preset) {

    /** What is given, without what the model before has completed. */
    List<Plan.Input> inputs() {
      return given.stream()
          .filter(input -> carried.stream().noneMatch(c -> c.to() == input.index()))
          .toList();
    }

    Set<Integer> conditions() {
      Set<Integer> conditions = new LinkedHashSet<>();
      inputs().forEach(input -> conditions.add(input.index()));
      carried.forEach(c -> conditions.add(c.to()));
      return conditions;
    }
  }

  private List<Plan.Step> steps(Stage stage, List<Chosen> outputs, Request request) {
    ModalitySet model = models.get(stage.number());
    List<Integer> drawn =
        outputs.stream().map(chosen -> model.indexOf(chosen.modality().key())).toList();
    GuidanceChoice guidance = new GuidanceChoice(model, stage.conditions(), drawn, stage.preset());
    Steering general = stage.number() == 0 ? request.steering() : Steering.DEFAULT;
    List<Plan.Step> steps = new ArrayList<>();
    for (Chosen chosen : outputs) {
      UsedModality modality = chosen.modality();
      int index = model.indexOf(modality.key());
      checkOpen(stage, modality, index);
      SamplingRecipe settings = settings(stage, modality, chosen.output().change());
      Steering steering = chosen.output().steering().orElse(general);
      steps.add(
          new Plan.Step(
              modality,
              new Link(index, settings, guidance.of(index, steering, settings.guidance())),
              chosen.output().decoded()));
    }
    return steps;
  }

  private static void checkOpen(Stage stage, UsedModality modality, int index) {
    boolean complete =
        stage.inputs().stream().anyMatch(input -> input.index() == index && !input.isPartial())
            || stage.carried().stream().anyMatch(c -> c.to() == index);
    if (complete) {
      throw new RequestException(
          "'"
              + modality.key()
              + "' is both given and to be predicted; give only a part of it, or do not ask for"
              + " it");
    }
  }

  private SamplingRecipe settings(Stage stage, UsedModality modality, SamplingChange change) {
    Optional<SamplingRecipe> ofPreset =
        stage
            .preset()
            .map(SamplingPreset::outputs)
            .flatMap(
                map ->
                    Optional.ofNullable(map.get(modality.key()))
                        .or(() -> Optional.ofNullable(map.get(modality.modality().name()))));
    SamplingRecipe ofRecipe = runs.get(stage.number()).recipe().sampling().get(modality.key());
    return change.on(
        ofPreset
            .or(() -> Optional.ofNullable(ofRecipe))
            .orElseGet(() -> SamplingSettings.of(modality.declaration().kind())));
  }
}
