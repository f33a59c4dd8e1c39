package org.anymod.cli.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;

/** A report with every kind of section. */
final class SampleReport {
  private SampleReport() {}

  static ReportModel model() {
    return new ReportModel(
        "Five modalities, one model",
        "Trained from scratch; every figure is measured on scenes that training never saw.",
        List.of(
            new ReportModel.Fact("Parameters", "12.4 M"),
            new ReportModel.Fact("Steps", "6,000"),
            new ReportModel.Fact("Samples per second", "212"),
            new ReportModel.Fact("Device", "cpu, 2 threads"),
            new ReportModel.Fact("Wall time", "28 min 11 s")),
        List.of(
            losses(),
            skills(),
            pictures(),
            new ReportSection.Table(
                "Tokenizers",
                "Reconstruction on held-out data.",
                List.of("Key", "Vocabulary", "Used codes", "PSNR"),
                List.of(
                    List.of("tok_a@64", "1024", "98.1 %", "27.31"),
                    List.of("tok_b@64", "256", "100 %", "31.02"))),
            new ReportSection.Prose(
                "How to read this", "First paragraph.\n\nSecond <b>paragraph</b> & more.")));
  }

  private static ReportSection losses() {
    return new ReportSection.Chart(
        "Loss",
        "Cross-entropy per target token.",
        "step",
        "loss (nats)",
        ReportSection.Scale.LOGARITHMIC,
        List.of(noisy("training", 6.9, 3000), noisy("validation", 7.2, 24)));
  }

  private static ReportSection.Curve noisy(String name, double start, int points) {
    double[] x = IntStream.range(0, points).mapToDouble(i -> i * 6000.0 / points).toArray();
    double[] y =
        IntStream.range(0, points)
            .mapToDouble(i -> 1.8 + start * Math.exp(-x[i] / 900) + 0.15 * Math.sin(i * 12.9898))
            .toArray();
    return new ReportSection.Curve(name, x, y);
  }

  private static ReportSection skills() {
    return new ReportSection.HeatMap(
        "Skill",
        "1 is perfect, 0 is what the best constant answer reaches.",
        "from \\ to",
        List.of("tok_a", "tok_b", "words"),
        List.of("tok_a", "tok_b", "words"),
        new double[][] {{Double.NaN, 0.71, 0.42}, {0.33, Double.NaN, -0.2}, {0.05, 0.98, 0}});
  }

  private static ReportSection pictures() {
    return new ReportSection.PictureGrid(
        "Any to any",
        "Left column given, the others generated.",
        List.of("given", "generated", "truth", "words"),
        List.of(row(1), row(2)));
  }

  private static ReportSection.PictureRow row(int number) {
    return new ReportSection.PictureRow(
        "scene-" + number,
        List.of(
            new ReportCell.Picture(disc(number * 20, 64), ""),
            new ReportCell.Picture(disc(number * 23, 64), "guidance 2.0"),
            new ReportCell.Blank(),
            new ReportCell.Words("two objects: a large red sphere close by, a small blue box")));
  }

  static BufferedImage disc(int place, int size) {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(150, 190, 230));
    g.fillRect(0, 0, size, size);
    g.setColor(new Color(200, 60, 40));
    g.fillOval(place / 2, place / 2, size / 2, size / 2);
    g.dispose();
    return image;
  }
}
