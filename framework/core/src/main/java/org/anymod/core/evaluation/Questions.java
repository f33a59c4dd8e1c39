package org.anymod.core.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.spi.Kind;

/** The questions of an evaluation: single inputs first, then groups of them. */
final class Questions {
  private final ModalitySet set;
  private final EvaluationRecipe recipe;

  private Questions(ModalitySet set, EvaluationRecipe recipe) {
    this.set = set;
    this.recipe = recipe;
  }

  /**
   * Finds the questions that a recipe asks.
   *
   * @throws IllegalArgumentException naming the setting, if it names a modality that is not there
   *     or cannot be read or predicted, or if nothing is left to ask
   */
  static List<Question> of(ModalitySet set, EvaluationRecipe recipe) {
    List<Question> questions = new Questions(set, recipe).all();
    if (questions.isEmpty()) {
      throw new IllegalArgumentException(
          "evaluation: there is nothing to predict; inputs and outputs must name two modalities of"
              + " different sources");
    }
    return questions;
  }

  private List<Question> all() {
    List<UsedModality> allInputs = bySource(true);
    List<UsedModality> allOutputs = bySource(false);
    List<UsedModality> inputs = named("inputs", recipe.inputs(), true, allInputs);
    List<UsedModality> outputs = named("outputs", recipe.outputs(), false, allOutputs);
    List<UsedModality> everywhere = named("everywhere", recipe.everywhere(), false, List.of());
    Set<UsedModality> asked = new LinkedHashSet<>(inputs);
    Set<UsedModality> answered = new LinkedHashSet<>(outputs);
    if (!everywhere.isEmpty() || recipe.matrix()) {
      asked.addAll(allInputs);
      answered.addAll(everywhere);
    }
    if (recipe.matrix()) {
      answered.addAll(allOutputs);
    }
    List<Question> questions = new ArrayList<>();
    for (UsedModality input : asked) {
      for (UsedModality output : answered) {
        boolean wanted =
            recipe.matrix()
                || everywhere.contains(output)
                || inputs.contains(input) && outputs.contains(output);
        add(questions, List.of(input), output, wanted);
      }
    }
    combinations(questions, answered);
    return List.copyOf(questions);
  }

  private void combinations(List<Question> questions, Set<UsedModality> answered) {
    for (int i = 0; i < recipe.combinations().size(); i++) {
      List<UsedModality> group =
          named("combinations." + i, recipe.combinations().get(i), true, List.of());
      if (group.isEmpty()) {
        throw new IllegalArgumentException(
            "evaluation.combinations." + i + " is empty, must name at least one model key");
      }
      answered.forEach(output -> add(questions, group, output, true));
    }
  }

  private static void add(
      List<Question> questions, List<UsedModality> inputs, UsedModality output, boolean wanted) {
    boolean given = inputs.stream().anyMatch(in -> in.source().equals(output.source()));
    Question question = new Question(inputs, output);
    if (wanted && !given && !questions.contains(question)) {
      questions.add(question);
    }
  }

  private List<UsedModality> named(
      String setting, List<String> keys, boolean input, List<UsedModality> otherwise) {
    if (keys.isEmpty()) {
      return otherwise;
    }
    Set<UsedModality> found = new LinkedHashSet<>();
    for (String key : keys) {
      try {
        found.add(set.get(key));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("evaluation." + setting + ": " + e.getMessage(), e);
      }
    }
    for (UsedModality modality : found) {
      if (!has(modality, input)) {
        throw new IllegalArgumentException(
            "evaluation."
                + setting
                + ": '"
                + modality.key()
                + "' is no "
                + (input ? "input" : "output")
                + " of this model");
      }
    }
    return List.copyOf(found);
  }

  private static boolean has(UsedModality modality, boolean input) {
    return input ? modality.declaration().isInput() : modality.declaration().isOutput();
  }

  /** One key for each source: pixels before tokens of the same picture. */
  private List<UsedModality> bySource(boolean input) {
    Map<String, UsedModality> bySource = new LinkedHashMap<>();
    for (UsedModality modality : set.all()) {
      if (has(modality, input)) {
        boolean pixels = modality.declaration().kind() instanceof Kind.PixelPatches;
        if (pixels || !bySource.containsKey(modality.source())) {
          bySource.put(modality.source(), modality);
        }
      }
    }
    return List.copyOf(bySource.values());
  }
}
