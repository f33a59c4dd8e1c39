package org.anymod.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.anymod.core.evaluation.Evaluation;
import org.junit.jupiter.api.Test;

class SkillTableTest {

  @Test
  void whatIsGivenAndPredictedLiesOnTheDiagonal() {
    SkillTable table =
        table(pair("a", "b", "x->y"), pair("b", "a", "y->x"), pair("a", "c", "x->z"));
    assertThat(labels(table.inputs())).containsExactly("x", "y");
    assertThat(labels(table.outputs())).containsExactly("x", "y", "z");
    assertThat(table.skills()[0]).containsExactly(Double.NaN, 0.75, 0.75);
    assertThat(table.skills()[1]).containsExactly(0.75, Double.NaN, Double.NaN);
  }

  @Test
  void keysOfOneSourceAreToldApart() {
    SkillTable table = table(pair("a1", "b", "a->b"), pair("a2", "b", "a->b"));
    assertThat(table.pairs()).containsOnlyKeys("a1->b", "a2->b");
    assertThat(labels(table.inputs())).containsExactly("a1", "a2");
  }

  private static List<String> labels(List<SkillTable.Axis> axes) {
    return axes.stream().map(SkillTable.Axis::label).toList();
  }

  private static SkillTable table(Evaluation.Pair... pairs) {
    return SkillTable.of(new Evaluation(1, Arrays.asList(pairs), Map.of(), List.of()));
  }

  private static Evaluation.Pair pair(String input, String output, String name) {
    return new Evaluation.Pair(input, output, name, "l1", 1, 4, Map.of(), Map.of());
  }
}
