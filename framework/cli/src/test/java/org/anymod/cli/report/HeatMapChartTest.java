package org.anymod.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeatMapChartTest {
  private static final List<String> ROWS = List.of("a", "b & c");
  private static final List<String> COLUMNS = List.of("a", "z");
  private static final double[][] VALUES = {{Double.NaN, 0.25}, {-0.5, 3}};

  @Test
  void showsEachNumberOnItsColour() {
    String svg =
        HeatMapChart.svg(new ReportSection.HeatMap("t", "", "from", ROWS, COLUMNS, VALUES));
    assertThat(svg.split("<rect ", -1)).hasSize(1 + 4);
    assertThat(svg)
        .contains(">0.250<", ">-0.500<", ">3.000<", ">–<", "b &amp; c")
        .contains("rgba(var(--better),0.155)", "rgba(var(--worse),0.310)")
        .contains("rgba(var(--better),0.620)")
        .doesNotContain("<title>", "NaN");
  }

  @Test
  void tellsMoreWhereThePointerRests() {
    List<List<String>> tips = List.of(List.of("", "error <1>"), List.of("two", "three"));
    String svg =
        HeatMapChart.svg(new ReportSection.HeatMap("t", "", "from", ROWS, COLUMNS, VALUES, tips));
    assertThat(svg.split("<title>", -1)).hasSize(1 + 3);
    assertThat(svg).contains("<title>error &lt;1&gt;</title>");
    assertThatThrownBy(
            () ->
                new ReportSection.HeatMap(
                    "t", "", "from", ROWS, COLUMNS, VALUES, List.of(List.of("one"))))
        .hasMessage("heat map 't' must have 2 x 2 tips, or none");
  }
}
