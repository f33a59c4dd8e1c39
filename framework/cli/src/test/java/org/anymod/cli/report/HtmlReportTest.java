package org.anymod.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {
  @TempDir Path folder;

  @Test
  void pageRefersToNothingOutsideItself() throws IOException {
    String page = Files.readString(HtmlReport.write(SampleReport.model(), folder));
    Matcher references = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);
    assertThat(references.results().map(m -> m.group(1)))
        .hasSizeGreaterThan(5)
        .allMatch(target -> target.startsWith("data:") || target.startsWith("#"));
    assertThat(page).doesNotContain("http:", "https:", "url(", "@import", "<script");
  }

  @Test
  void dataForProgramsStandsBesideTheModelAndHoldsOnlyNumbersThatJsonHas() throws IOException {
    Map<String, Object> data =
        Map.of("skill", Map.of("a->b", 0.1 + 0.2, "b->a", Double.NaN, "c", List.of(1.0 / 0)));
    HtmlReport.write(SampleReport.model(), data, folder);
    JsonNode skill =
        new ObjectMapper().readTree(folder.resolve(HtmlReport.DATA).toFile()).get("skill");
    assertThat(skill.get("a->b").asDouble()).isEqualTo(0.1 + 0.2);
    assertThat(skill.get("b->a").isNull()).isTrue();
    assertThat(skill.get("c").get(0).isNull()).isTrue();
  }

  @Test
  void everyContentsEntryLeadsToASection() throws IOException {
    String page = HtmlReport.html(SampleReport.model());
    Matcher links = Pattern.compile("href=\"#([^\"]*)\"").matcher(page);
    List<String> targets = links.results().map(m -> m.group(1)).toList();
    assertThat(targets).hasSize(SampleReport.model().sections().size()).doesNotHaveDuplicates();
    assertThat(targets).allMatch(target -> page.contains("<section id=\"" + target + "\""));
  }

  @Test
  void pageKeepsThePixelsOfAPicture() throws IOException {
    BufferedImage picture = SampleReport.disc(20, 64);
    String page = HtmlReport.html(SampleReport.model());
    Matcher png = Pattern.compile("base64,([^\"]*)\"").matcher(page);
    assertThat(png.find()).isTrue();
    byte[] bytes = Base64.getDecoder().decode(png.group(1));
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes));
    int[] expected = picture.getRGB(0, 0, 64, 64, null, 0, 64);
    assertThat(read.getRGB(0, 0, 64, 64, null, 0, 64)).isEqualTo(expected);
  }

  @Test
  void wordsCannotBecomeMarkup() throws IOException {
    String bad = "<script>alert(\"x\")</script>";
    ReportModel model =
        new ReportModel(
            bad,
            bad,
            List.of(new ReportModel.Fact(bad, bad)),
            List.of(new ReportSection.Table(bad, bad, List.of(bad), List.of(List.of(bad)))));
    assertThat(HtmlReport.html(model)).doesNotContain("<script").contains("&lt;script&gt;");
  }

  @Test
  void dataHoldsEveryPointInFullAndNullForMissingNumbers() throws IOException {
    HtmlReport.write(SampleReport.model(), folder);
    JsonNode root = new ObjectMapper().readTree(folder.resolve(HtmlReport.DATA).toFile());
    ReportSection.Chart chart = (ReportSection.Chart) SampleReport.model().sections().get(0);
    JsonNode y = root.path("sections").path(0).path("curves").path(0).path("y");
    assertThat(y).hasSize(3000);
    assertThat(y.path(7).asDouble()).isEqualTo(chart.curves().get(0).y()[7]);
    assertThat(root.path("sections").path(1).path("values").path(0).path(0).isNull()).isTrue();
    assertThat(root.path("facts").path("Parameters").asText()).isEqualTo("12.4 M");
  }

  @Test
  void writingAgainReplacesBothFilesAndLeavesNothingElse() throws IOException {
    HtmlReport.write(SampleReport.model(), folder);
    HtmlReport.write(new ReportModel("Second", "", List.of(), List.of()), folder);
    assertThat(Files.readString(folder.resolve(HtmlReport.PAGE))).contains("<h1>Second</h1>");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("report.html", "report.json");
    }
  }
}
