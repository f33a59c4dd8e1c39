package org.anymod.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.anymod.core.StopAt;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

/** Evaluations that are interrupted. */
class ResumedEvaluationTest extends TinyEvaluation {
  @Test
  void goesOnAfterAnInterruptionToTheSameFigures() throws Exception {
    EvaluationRecipe recipe = more(List.of(), List.of(), false, List.of());
    Evaluation whole = evaluate(recipe);
    StopAt stop = new StopAt(3);
    assertThatThrownBy(() -> evaluate(recipe, stop, stop.signal()))
        .hasMessage("stopped before the evaluation was complete");
    Path journal = folder.resolve("run/evaluation");
    assertThat(files(journal, ".json")).hasSize(3);
    // What is there is not measured again: a changed figure shows.
    Path first = files(journal, ".json").get(0);
    String noted = Files.readString(first);
    Files.writeString(first, noted.replaceFirst("\"error\":\"[^\"]*\"", "\"error\":\"42.5\""));
    Evaluation changed = evaluate(recipe);
    assertThat(changed.pairs().stream().filter(pair -> pair.error() == 42.5)).hasSize(1);
    assertThat(files(journal, ".json")).isEmpty();

    StopAt again = new StopAt(3);
    assertThatThrownBy(() -> evaluate(recipe, again, again.signal()))
        .isInstanceOf(IOException.class);
    Path cut = files(journal, ".bin").get(1);
    Files.write(cut, new byte[] {1, 2, 3});
    Evaluation resumed = evaluate(recipe);
    assertThat(resumed.pairs()).isEqualTo(whole.pairs());
    assertThat(resumed.bounds()).isEqualTo(whole.bounds());
    float[] before = square(whole);
    assertThat(square(resumed)).isEqualTo(before);
  }

  private static float[] square(Evaluation evaluation) {
    return ((Value.Raster) evaluation.shown().get(0).predictions().get("phrase->square")).data();
  }

  @Test
  void startsAnewWhereSettingsHaveChanged() throws Exception {
    EvaluationRecipe recipe = usual();
    StopAt stop = new StopAt(1);
    assertThatThrownBy(() -> evaluate(recipe, stop, stop.signal())).isInstanceOf(IOException.class);
    StopAt heard = new StopAt(Long.MAX_VALUE);
    evaluate(new EvaluationRecipe(0, 3, 3, List.of(), List.of(), 2), heard, heard.signal());
    assertThat(heard.messages()).anyMatch(line -> line.contains("starts anew"));
  }

  private static List<Path> files(Path folder, String extension) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(extension)).sorted().toList();
    }
  }
}
