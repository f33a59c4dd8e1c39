package org.anymod.core.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.anymod.core.modality.UsedModality;

/**
 * What to predict from what.
 *
 * @param inputs what is given together, at least one
 * @param output what is asked for
 */
record Question(List<UsedModality> inputs, UsedModality output) {

  /** Everything that a sample needs so that it can be asked. */
  List<UsedModality> needed() {
    List<UsedModality> needed = new ArrayList<>(inputs);
    needed.add(output);
    return needed;
  }

  /** Model keys, which tell questions of a run apart. */
  String key() {
    return inputs.stream().map(UsedModality::key).collect(Collectors.joining(Evaluation.AND))
        + "->"
        + output.key();
  }

  /** Sources, or keys where two of the questions' modalities share their source. */
  String name(List<Question> all) {
    List<UsedModality> given =
        all.stream().flatMap(question -> question.inputs.stream()).distinct().toList();
    List<UsedModality> asked = all.stream().map(Question::output).distinct().toList();
    return inputs.stream().map(m -> name(m, given)).collect(Collectors.joining(Evaluation.AND))
        + "->"
        + name(output, asked);
  }

  private static String name(UsedModality modality, List<UsedModality> among) {
    boolean shared =
        among.stream().filter(other -> other.source().equals(modality.source())).count() > 1;
    return shared ? modality.key() : modality.source();
  }
}
