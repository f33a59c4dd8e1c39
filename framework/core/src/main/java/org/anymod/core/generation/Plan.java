package org.anymod.core.generation;

import java.util.ArrayList;
import java.util.List;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.sampling.Link;
import org.anymod.spi.Value;

/**
 * What a request comes to for each model of the chain.
 *
 * @param stages one for each model that has something to do, in order
 */
record Plan(List<Stage> stages) {

  /**
   * The part of one model.
   *
   * @param number number of the model
   * @param inputs what is given to it
   * @param carried what it takes over from the model before it
   * @param steps what it draws, in order
   */
  record Stage(int number, List<Input> inputs, List<Carried> carried, List<Step> steps) {}

  /**
   * Something given.
   *
   * @param modality the modality that reads the value
   * @param index index of the modality in the model, which is another if the value feeds it
   * @param given what is given
   */
  record Input(UsedModality modality, int index, Given given) {
    boolean isPartial() {
      return Plan.isPartial(given);
    }
  }

  /**
   * Something that the model before has drawn.
   *
   * @param from index in that model
   * @param to index in this one
   */
  record Carried(int from, int to) {}

  /** Something to draw. */
  record Step(UsedModality modality, Link link, boolean decoded) {}

  /** Whether something is missing, so that a model can fill it in. */
  static boolean isPartial(Given given) {
    if (given instanceof Given.Words words) {
      return hasGap(words.text());
    }
    return !(given instanceof Given.Whole whole)
        || whole.value() instanceof Value.Text text && hasGap(text.text());
  }

  private static boolean hasGap(String text) {
    return text.contains("[S_");
  }

  /**
   * What two requests have in common if they can be drawn together: all but the values, the seeds
   * and the number of samples.
   */
  List<Object> signature() {
    List<Object> parts = new ArrayList<>();
    for (Stage stage : stages) {
      parts.add(stage.number());
      for (Input input : stage.inputs()) {
        parts.add(List.of(input.modality().key(), input.index(), input.isPartial()));
      }
      parts.add(stage.carried());
      parts.add(stage.steps());
    }
    return parts;
  }
}
