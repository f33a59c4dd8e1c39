package org.anymod.host.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.anymod.host.recipe.Samples.Toy;
import org.junit.jupiter.api.Test;

class OverridesTest {
  private static final String RECIPE =
      "name: toy\ntraining: {steps: 100}\nsizes: [1, 2]\n"
          + "tokenizers:\n  tok_depth@64.5: {steps: 1}\n  tok_depth@64: {steps: 2}\n"
          + "parts:\n- &p {steps: 3}\n- *p\n";

  private static Toy toy(String... overrides) {
    return Samples.toy(RECIPE, overrides).recipe();
  }

  private static String only(String... overrides) {
    assertThat(Samples.problems(RECIPE, overrides)).hasSize(1);
    return Samples.problems(RECIPE, overrides).get(0);
  }

  @Test
  void setsValuesGivenAndDefault() {
    Toy toy =
        toy(
            "training.steps=50",
            "training.learning_rate=1e-3",
            "seed=7",
            "folder=data/x",
            "sizes=[3, 4]");
    assertThat(toy.training().steps()).isEqualTo(50);
    assertThat(toy.training().learningRate()).isEqualTo(1e-3);
    assertThat(toy.seed()).isEqualTo(7);
    assertThat(toy.folder().orElseThrow()).hasToString("data/x");
    assertThat(toy.sizes()).containsExactly(3, 4);
  }

  @Test
  void takesLongestExistingKeyWithDots() {
    Toy toy = toy("tokenizers.tok_depth@64.5.steps=10", "tokenizers.tok_depth@64.steps=20");
    assertThat(toy.tokenizers().get("tok_depth@64.5").steps()).isEqualTo(10);
    assertThat(toy.tokenizers().get("tok_depth@64").steps()).isEqualTo(20);
  }

  @Test
  void addsEntriesOfMaps() {
    assertThat(toy("tokenizers.new@32.vocabulary=99").tokenizers().get("new@32").vocabulary())
        .isEqualTo(OptionalInt.of(99));
  }

  @Test
  void setsItemsOfListsWithoutTouchingAliases() {
    Toy toy = toy("sizes.1=9", "parts.0.steps=30");
    assertThat(toy.sizes()).containsExactly(1, 9);
    assertThat(toy.parts().get(0).steps()).isEqualTo(30);
    assertThat(toy.parts().get(1).steps()).isEqualTo(3);
  }

  @Test
  void lastOfTwoWins() {
    assertThat(toy("seed=1", "seed=2").seed()).isEqualTo(2);
  }

  @Test
  void fillsWhatTheFileLeavesOut() {
    assertThat(Samples.toy("", "name=x", "training.steps=9").recipe().training().steps())
        .isEqualTo(9);
  }

  @Test
  void keepsEqualSignsOfValues() {
    assertThat(toy("name=a=b").name()).isEqualTo("a=b");
  }

  @Test
  void reportsUnknownPathWithNumberOfArgument() {
    assertThat(only("seed=1", "training.stepz=4"))
        .isEqualTo(
            "--set:2:10: training.stepz: unknown key; allowed: steps, batch, learning_rate, pace; did you mean 'steps'?");
    assertThat(only("trainin.steps=4"))
        .startsWith("--set:1:1: trainin: unknown key")
        .endsWith("did you mean 'training'?");
  }

  @Test
  void reportsValueThatDoesNotFit() {
    assertThat(only("training.steps=many"))
        .isEqualTo(
            "--set:1:16: training.steps: found text 'many'; allowed: a whole number from 1 to 1000");
  }

  @Test
  void reportsArgumentWithoutEquals() {
    assertThat(only("training.steps"))
        .startsWith("--set:1:1: found 'training.steps'; allowed: key=value");
    assertThat(only("=5")).startsWith("--set:1:1: found '=5'; allowed: key=value");
  }

  @Test
  void reportsBadIndex() {
    assertThat(only("sizes.2=1"))
        .isEqualTo("--set:1:7: sizes.2: found index '2'; allowed: an index from 0 to 1");
    assertThat(only("sizes.x=1")).contains("found index 'x'");
  }

  @Test
  void reportsPathThroughAValue() {
    assertThat(only("name.first=x")).startsWith("--set:1:6: name.first: found text 'toy' at name");
  }

  @Test
  void reportsEmptyKeysAndBadYaml() {
    assertThat(only("training..steps=1"))
        .startsWith("--set:1:10: training..steps: found an empty key");
    assertThat(only("sizes=[1, 2")).startsWith("--set:1:").contains("is not YAML");
  }

  @Test
  void reportsMistakesOfFileAndOverridesTogether() {
    assertThat(Samples.problems("name: toy\nseed: x\ntraining: {steps: 9}\n", "device=tpu"))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("--set:1:8: device:");
  }
}
