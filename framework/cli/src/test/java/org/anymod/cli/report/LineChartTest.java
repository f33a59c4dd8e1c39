package org.anymod.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LineChartTest {
  private static final Pattern POINT = Pattern.compile("(-?[0-9.]+),(-?[0-9.]+) ");

  @Test
  void pointsStayInsideThePicture() {
    assertThat(places(svg(ReportSection.Scale.LINEAR, curve("a", -5, 3, 1e7, 0))))
        .hasSize(4)
        .allSatisfy(
            place -> {
              assertThat(place[0]).isBetween(0.0, 960.0);
              assertThat(place[1]).isBetween(0.0, 340.0);
            });
  }

  @Test
  void largerValuesStandHigher() {
    List<double[]> places = places(svg(ReportSection.Scale.LINEAR, curve("a", 1, 2, 3)));
    assertThat(places.get(0)[1]).isGreaterThan(places.get(1)[1]);
    assertThat(places.get(1)[1] - places.get(2)[1])
        .isCloseTo(places.get(0)[1] - places.get(1)[1], within(0.02));
  }

  @Test
  void equalFactorsAreEqualStepsOnALogarithmicAxis() {
    List<double[]> places = places(svg(ReportSection.Scale.LOGARITHMIC, curve("a", 0.1, 1, 10)));
    assertThat(places.get(1)[1] - places.get(2)[1])
        .isCloseTo(places.get(0)[1] - places.get(1)[1], within(0.02));
  }

  @Test
  void missingAndImpossiblePointsAreLeftOut() {
    double nan = Double.NaN;
    assertThat(places(svg(ReportSection.Scale.LINEAR, curve("a", 1, nan, 3)))).hasSize(2);
    assertThat(places(svg(ReportSection.Scale.LOGARITHMIC, curve("a", 1, 0, -1, 3)))).hasSize(2);
    assertThat(svg(ReportSection.Scale.LINEAR, curve("a", nan))).contains("no points yet");
  }

  @Test
  void longCurvesAreDrawnWithFewPointsButKeepTheirSpikes() {
    double[] y = new double[100_000];
    y[54_321] = 1000;
    CurveBuckets buckets = CurveBuckets.of(curve("a", y), false);
    assertThat(buckets.points()).hasSize(CurveBuckets.MOST);
    assertThat(buckets.points().stream().mapToDouble(CurveBuckets.Point::high).max())
        .hasValue(1000);
    assertThat(svg(ReportSection.Scale.LINEAR, curve("a", y))).contains("class=\"band");
  }

  @Test
  void ticksAreRoundNumbersWithinTheRange() {
    assertThat(Ticks.linear(0, 10, 5).values()).containsExactly(0.0, 2.0, 4.0, 6.0, 8.0, 10.0);
    assertThat(Ticks.linear(-0.31, 0.44, 6).values().stream().map(Ticks::text))
        .containsExactly("-0.2", "0", "0.2", "0.4");
    assertThat(Ticks.logarithmic(0.5, 20).values().stream().map(Ticks::text))
        .containsExactly("0.5", "1", "2", "5", "10", "20");
    assertThat(Stream.of(1234567.0, 0.00001, 1e-12).map(Ticks::text))
        .containsExactly("1.23457e6", "0.00001", "1e-12");
  }

  @Test
  void curvesThatGoBackAreRefused() {
    assertThatThrownBy(
            () -> new ReportSection.Curve("loss", new double[] {2, 1}, new double[] {0, 0}))
        .hasMessage("curve 'loss' goes back from 2.0 to 1.0");
  }

  private static ReportSection.Curve curve(String name, double... y) {
    return new ReportSection.Curve(
        name, IntStream.range(0, y.length).asDoubleStream().toArray(), y);
  }

  private static String svg(ReportSection.Scale scale, ReportSection.Curve... curves) {
    return LineChart.svg(
        new ReportSection.Chart("Chart", "", "x", "y", scale, Arrays.asList(curves)));
  }

  private static List<double[]> places(String svg) {
    String line = svg.substring(svg.indexOf("<polyline"));
    return POINT
        .matcher(line.substring(0, line.indexOf("/>")))
        .results()
        .map(
            (MatchResult m) ->
                new double[] {Double.parseDouble(m.group(1)), Double.parseDouble(m.group(2))})
        .toList();
  }
}
