package org.anymod.host.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every kind of mistake is reported with its place, what was found and what is allowed. */
class RecipeMistakesTest {
  private static final String GOOD = "name: toy\ntraining: {steps: 100}\n";

  private static List<String> problems(String text) {
    return Samples.problems(text);
  }

  private static String only(String text) {
    List<String> problems = problems(text);
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }

  @Test
  void reportsUnknownKeyWithNearestName() {
    assertThat(only("name: toy\ntraining:\n  steps: 5\n  batch: 2\n  stpes: 4\n"))
        .isEqualTo(
            "toy.yaml:5:3: training.stpes: unknown key; allowed: steps, batch, learning_rate, pace;"
                + " did you mean 'steps'?");
  }

  @Test
  void suggestsSnakeCaseForCamelCase() {
    assertThat(only("name: toy\ntraining: {steps: 9, learningRate: 0.1}\n"))
        .contains("did you mean 'learning_rate'?");
  }

  @Test
  void suggestsNothingForFarNames() {
    assertThat(only(GOOD + "zzz: 1\n"))
        .doesNotContain("did you mean")
        .startsWith("toy.yaml:3:1: zzz: unknown key");
  }

  @Test
  void reportsWrongTypes() {
    assertThat(
            problems("name: 5\nseed: soon\nflip: yes\nsizes: 3\ntokenizers: []\ntraining: fast\n"))
        .containsExactly(
            "toy.yaml:1:7: name: found number 5; allowed: text (quote it: \"5\")",
            "toy.yaml:2:7: seed: found text 'soon'; allowed: a whole number",
            "toy.yaml:3:7: flip: found text 'yes'; allowed: true, false",
            "toy.yaml:4:8: sizes: found number 3; allowed: a list, each a whole number from 1 to 64",
            "toy.yaml:5:13: tokenizers: found a list; allowed: a mapping of names, each a mapping with steps,"
                + " vocabulary, settings",
            "toy.yaml:6:11: training: found text 'fast'; allowed: a mapping with steps, batch, learning_rate, pace");
  }

  @Test
  void reportsNumbersOutOfRange() {
    assertThat(
            problems(
                "name: toy\nsizes: [1, 65, 0]\ntraining: {steps: 1001, learning_rate: -0.1}\n"))
        .containsExactly(
            "toy.yaml:2:12: sizes.1: found number 65; allowed: a whole number from 1 to 64",
            "toy.yaml:2:16: sizes.2: found number 0; allowed: a whole number from 1 to 64",
            "toy.yaml:3:19: training.steps: found number 1001; allowed: a whole number from 1 to 1000",
            "toy.yaml:3:40: training.learning_rate: found number -0.1; allowed: a number from 0 to 1");
  }

  @Test
  void reportsNumbersThatFitNoType() {
    assertThat(only(GOOD + "seed: 99999999999999999999\n"))
        .contains("seed: found number 99999999999999999999");
    assertThat(only(GOOD + "parts: [{steps: 3000000000}]\n"))
        .contains("parts.0.steps: found number 3000000000");
    assertThat(only(GOOD + "parts: [{steps: 1.5}]\n"))
        .contains("found number 1.5; allowed: a whole number");
    assertThat(only("name: t\ntraining: {steps: 9, learning_rate: .nan}\n"))
        .contains("found number .nan");
    assertThat(only("name: t\ntraining: {steps: 9, learning_rate: .inf}\n"))
        .contains("found number .inf");
  }

  @Test
  void reportsTextThatIsNotAllowed() {
    assertThat(only(GOOD + "device: gpuu\n"))
        .isEqualTo(
            "toy.yaml:3:9: device: found text 'gpuu'; allowed: cpu, gpu; did you mean 'gpu'?");
  }

  @Test
  void reportsBadEnum() {
    assertThat(only("name: toy\ntraining: {steps: 9, pace: very-fats}\n"))
        .isEqualTo(
            "toy.yaml:2:28: training.pace: found text 'very-fats'; allowed: slow, very-fast;"
                + " did you mean 'very-fast'?");
  }

  @Test
  void reportsMissingSettingsWhereTheyBelong() {
    assertThat(problems("seed: 1\ntraining:\n  batch: 4\n"))
        .containsExactly(
            "toy.yaml:1:1: name: missing; allowed: text",
            "toy.yaml:3:3: training.steps: missing; allowed: a whole number from 1 to 1000");
  }

  @Test
  void reportsDuplicateKeyWithBothLines() {
    assertThat(only("name: toy\ntraining:\n  steps: 9\n  steps: 10\n"))
        .isEqualTo(
            "toy.yaml:4:3: training.steps: key for the second time, first in line 3; allowed: each key once");
  }

  @Test
  void reportsNull() {
    assertThat(only("name:\ntraining: {steps: 9}\n"))
        .isEqualTo("toy.yaml:1:6: name: found nothing; allowed: text");
    assertThat(only(GOOD + "folder: null\n")).contains("folder: found nothing; allowed: a path");
    assertThat(only(GOOD + "tokenizers: {a: {settings: {x: ~}}}\n"))
        .contains("tokenizers.a.settings.x: found nothing");
  }

  @Test
  void reportsBadSyntaxAtItsPlace() {
    assertThat(only("name: toy\ntraining: {steps: 9\nseed: 1\n"))
        .startsWith("toy.yaml:3:5: is not YAML: ");
    assertThat(only("name: toy\n\tseed: 1\n")).startsWith("toy.yaml:2:1: is not YAML: ");
    assertThat(only("name: \"to\u0007y\"\n"))
        .startsWith("toy.yaml:1:10: found the character U+0007");
  }

  @Test
  void reportsSecondDocument() {
    assertThat(only(GOOD + "---\nname: other\n"))
        .isEqualTo("toy.yaml:3:1: found a second document; allowed: one document");
  }

  @Test
  void reportsTags() {
    assertThat(only("name: !!java.io.File x\ntraining: {steps: 9}\n"))
        .isEqualTo("toy.yaml:1:7: found tag tag:yaml.org,2002:java.io.File; allowed: no tags");
    assertThat(only("name: !mine x\n")).contains("found tag !mine");
  }

  @Test
  void reportsTooDeepNesting() {
    assertThat(only("name: " + "[".repeat(60) + "]".repeat(60) + "\n"))
        .isEqualTo("toy.yaml:1:57: found too deep nesting; allowed: at most 50 levels");
  }

  @Test
  void reportsTooManyAliases() {
    assertThat(only("name: &n toy\nparts: [" + "*n, ".repeat(51) + "]\n"))
        .contains("found too many aliases; allowed: at most 50");
  }

  @Test
  void reportsAliasesThatExplode() {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i <= 7; i++) {
      text.append("a")
          .append(i)
          .append(": &a")
          .append(i)
          .append(" [")
          .append(("*a" + (i - 1) + ", ").repeat(7))
          .append("]\n");
    }
    assertThat(only(text.toString())).contains("found too many values");
  }

  @Test
  void reportsAliasInsideItself() {
    assertThat(only("name: &n [*n]\n")).contains("alias *n inside of what it stands for");
  }

  @Test
  void reportsWhatARecordRefusesAtItsMapping() {
    assertThat(only("name: toy\ntraining:\n  steps: 9\n  batch: 10\n"))
        .isEqualTo("toy.yaml:3:3: training: batch is 10, must be at most steps = 9");
  }

  @Test
  void reportsAllMistakesInTheOrderOfTheFile() {
    assertThat(
            problems(
                "naem: toy\nseed: x\ntraining:\n  steps: 0\n  batch: 2\n  extra: 1\nparts:\n- steps: a\n- stepz: 1\n"))
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactly(
            "toy.yaml:1:1:",
            "toy.yaml:1:1:",
            "toy.yaml:2:7:",
            "toy.yaml:4:10:",
            "toy.yaml:6:3:",
            "toy.yaml:8:10:",
            "toy.yaml:9:3:");
  }

  @Test
  void tellsWhatAnEmptyRecipeLacks() {
    assertThat(problems("")).hasSize(2).allSatisfy(line -> assertThat(line).contains("missing"));
    assertThat(problems("# nothing\n")).hasSize(2);
    assertThat(only("- a\n"))
        .startsWith("toy.yaml:1:1: found a list; allowed: a mapping with name, seed");
  }
}
