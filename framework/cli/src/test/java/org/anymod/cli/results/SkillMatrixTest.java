package org.anymod.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.anymod.cli.report.ReportSection;
import org.anymod.core.evaluation.Evaluation;
import org.anymod.core.evaluation.Evaluation.Pair;
import org.anymod.core.evaluation.Evaluation.Score;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillMatrixTest {
  @TempDir Path folder;

  private static final Evaluation EVALUATION =
      new Evaluation(
          9,
          List.of(
              pair(List.of("a@8"), "b", "a->b", 1, 4, 2),
              pair(List.of("b"), "a@8", "b->a", 6, 4, 5),
              pair(List.of("a@8", "c"), "b", "a+c->b", 0, 0, 0)),
          Map.of("b", Map.of("l1", 0.25)),
          List.of());

  private static Pair pair(
      List<String> inputs, String output, String name, double error, double constant, double one) {
    return new Pair(
        inputs,
        output,
        name,
        7,
        "l1",
        new Score(error, Map.of("l1", error)),
        new Score(constant, Map.of("l1", constant)),
        Optional.of(new Score(8, Map.of("l1", 8.0))),
        Map.of(1, new Score(one, Map.of("l1", one)), 4, new Score(error, Map.of("l1", error))));
  }

  @Test
  void programsFindEveryFigure() throws IOException {
    new SkillMatrix("mine", EVALUATION).write(folder);
    JsonNode data = new ObjectMapper().readTree(folder.resolve("matrix.json").toFile());
    assertThat(data.get("inputs").get(2).get("keys")).hasSize(2);
    assertThat(data.get("inputs").get(2).get("label").asText()).isEqualTo("a+c");
    // Columns stand like rows: a, then b. The perfect answer has a skill of 1 in any case.
    assertThat(data.get("skill").toString()).isEqualTo("[[null,0.75],[-0.5,null],[null,1.0]]");
    JsonNode pair = data.get("pairs").get("a->b");
    assertThat(pair.get("samples").asInt()).isEqualTo(7);
    assertThat(pair.get("constant_error").asDouble()).isEqualTo(4);
    assertThat(pair.get("chance_error").asDouble()).isEqualTo(8);
    assertThat(pair.get("ensembles").get("1").asDouble()).isEqualTo(2);
    assertThat(data.get("tokenizers").get("b").get("l1").asDouble()).isEqualTo(0.25);
  }

  @Test
  void thePictureIsGreenWhereTheModelIsGoodAndRedWhereItIsBad() throws IOException {
    new SkillMatrix("mine", EVALUATION).write(folder);
    BufferedImage picture = ImageIO.read(folder.resolve("matrix.png").toFile());
    int green = 0;
    int red = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int color = picture.getRGB(x, y) & 0xFFFFFF;
        // A skill of 1 mixes 70 percent of the full colour with white, one of -0.5 half of that.
        green += color == 0x56B4AC ? 1 : 0;
        red += color == 0xF8CEAE ? 1 : 0;
      }
    }
    assertThat(green).isGreaterThan(1000);
    assertThat(red).isGreaterThan(1000);
  }

  @Test
  void theReportTellsMoreOfEachCell() {
    ReportSection.HeatMap map =
        (ReportSection.HeatMap) new SkillMatrix("mine", EVALUATION).section();
    assertThat(map.tips().get(0).get(0)).isEmpty();
    assertThat(map.tips().get(0).get(1))
        .contains("a->b, 7 samples", "l1 1.0000", "best constant 4.0000")
        .contains("another sample's truth 8.0000", "its tokenizer alone 0.2500");
  }

  @Test
  void ensemblesShowWhatMorePredictionsBring() {
    List<ReportSection> sections =
        new EnsembleEffect(EVALUATION, SkillTable.of(EVALUATION)).sections();
    ReportSection.Chart chart = (ReportSection.Chart) sections.get(0);
    assertThat(chart.curves().get(1).name()).isEqualTo("b");
    assertThat(chart.curves().get(1).x()).containsExactly(1, 4);
    // From a alone 0.5 and 0.75, from both together perfect.
    assertThat(chart.curves().get(1).y()).containsExactly((0.5 + 1) / 2, (0.75 + 1) / 2);
    ReportSection.Table table = (ReportSection.Table) sections.get(1);
    assertThat(table.columns()).containsExactly("Pair", "error", "1", "4", "error left");
    assertThat(table.rows().get(0)).containsExactly("a->b", "l1", "2.0000", "1.0000", "50.0 %");
  }
}
