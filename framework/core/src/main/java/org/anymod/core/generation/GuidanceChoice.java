package org.anymod.core.generation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.anymod.core.modality.ModalityNames;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.SamplingPreset;
import org.anymod.core.sampling.Guidance;

/** Turns weights by key into guidance of the sampler. */
final class GuidanceChoice {
  private final ModalitySet model;
  private final Set<Integer> given;
  private final List<Integer> drawn;
  private final Optional<SamplingPreset> preset;

  /**
   * Creates a choice for one model.
   *
   * @param model its modalities
   * @param given indices of what is given to it
   * @param drawn indices of what it draws, in order
   * @param preset the preset of the request, if it names one
   */
  GuidanceChoice(
      ModalitySet model, Set<Integer> given, List<Integer> drawn, Optional<SamplingPreset> preset) {
    this.model = model;
    this.given = given;
    this.drawn = drawn;
    this.preset = preset;
  }

  /**
   * Returns the guidance of one output. What is known of the output itself is never a condition
   * that guidance hides, and an output counts for those after it.
   *
   * @param output index of the output
   * @param steering what the request says
   * @param scale guidance scale of the output's settings
   */
  Guidance of(int output, Steering steering, double scale) {
    List<Guidance.Term> terms = new ArrayList<>();
    double all = steering.scale().orElse(scale);
    if (steering.weights().isEmpty() && all != 1) {
      terms.add(new Guidance.Term(Set.of(), all));
    }
    List<Integer> before = drawn.subList(0, drawn.indexOf(output));
    steering
        .weights()
        .forEach(
            (word, weight) -> {
              int index = condition(word);
              boolean known = given.contains(index) || before.contains(index);
              if (index != output && known) {
                terms.add(new Guidance.Term(Set.of(index), weight));
              }
            });
    boolean grow = steering.grow().orElse(preset.map(SamplingPreset::growConditions).orElse(false));
    double grown =
        steering.grownWeight().orElse(preset.map(SamplingPreset::grownWeight).orElse(1.0));
    return new Guidance(terms, grow, grown);
  }

  private int condition(String word) {
    UsedModality modality = new ModalityNames(model).input(word);
    int index = model.indexOf(modality.modelKey());
    if (!given.contains(index) && !drawn.contains(index)) {
      throw new RequestException(
          "guidance has a weight for '"
              + word
              + "', which is not given; given are "
              + given.stream().map(i -> model.all().get(i).key()).toList());
    }
    return index;
  }
}
