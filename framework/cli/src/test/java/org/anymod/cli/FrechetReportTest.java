package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distance of distributions in the features of a network that a recipe names. */
class FrechetReportTest {
  private static final Pattern PICTURE = Pattern.compile("data:image/png;base64,([^\"]+)\"");

  /** How pictures are standardised for the network where the recipe says nothing. */
  private static final double[] MEAN = {0.485, 0.456};

  private static final double[] DEVIATION = {0.229, 0.224};

  @TempDir static Path folder;

  private static Path output;

  @BeforeAll
  static void evaluate() throws IOException {
    TinyRun trained = ServedRun.shared().tiny();
    output = FolderCopy.of(trained.output(), folder.resolve("run"));
    Path network = FeatureNetwork.write(folder.resolve("net.pt"));
    Path recipe = folder.resolve("frechet.yaml");
    Files.writeString(
        recipe,
        Files.readString(trained.recipe())
            + """
            evaluation:
              inputs: [tok_depth@32]
              outputs: [tok_rgb@32]
              everywhere: []
              ensemble: 2
              shown: 3
              frechet: {tok_rgb@32: {width: 2, network: {model: "%s"}}}
            """
                .formatted(network.toString().replace('\\', '/')));
    TinyRun evaluated = new TinyRun(recipe, output, trained.plugins());
    CommandRun run = evaluated.command("evaluate", "--set", "output=" + output);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  /** For each sample in turn: true depth, true picture, given depth, predicted picture. */
  private static List<BufferedImage> reported() throws IOException {
    List<BufferedImage> pictures = new ArrayList<>();
    Matcher found = PICTURE.matcher(Files.readString(output.resolve("report.html")));
    while (found.find()) {
      byte[] bytes = Base64.getDecoder().decode(found.group(1));
      pictures.add(ImageIO.read(new ByteArrayInputStream(bytes)));
    }
    assertThat(pictures).hasSize(3 * 4);
    return pictures;
  }

  private static List<BufferedImage> every4th(List<BufferedImage> pictures, int from) {
    return Stream.iterate(from, i -> i < pictures.size(), i -> i + 4).map(pictures::get).toList();
  }

  private static List<BufferedImage> dataset() throws IOException {
    List<BufferedImage> pictures = new ArrayList<>();
    try (Stream<Path> files = Files.list(output.resolve("data/val/rgb"))) {
      for (Path file : files.sorted().toList()) {
        pictures.add(ImageIO.read(file.toFile()));
      }
    }
    return pictures;
  }

  private static double[] features(BufferedImage picture) {
    double[] sums = new double[2];
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        int rgb = picture.getRGB(x, y);
        sums[0] += (rgb >> 16 & 0xFF) / 255.0;
        sums[1] += (rgb >> 8 & 0xFF) / 255.0;
      }
    }
    double pixels = (double) picture.getWidth() * picture.getHeight();
    for (int c = 0; c < 2; c++) {
      sums[c] = (sums[c] / pixels - MEAN[c]) / DEVIATION[c];
    }
    return sums;
  }

  /** Mean of two numbers, then their variances and their covariance. */
  private static double[] moments(List<BufferedImage> pictures) {
    List<double[]> all = pictures.stream().map(FrechetReportTest::features).toList();
    double a = all.stream().mapToDouble(f -> f[0]).average().orElseThrow();
    double b = all.stream().mapToDouble(f -> f[1]).average().orElseThrow();
    int freedom = all.size() - 1;
    return new double[] {
      a,
      b,
      all.stream().mapToDouble(f -> (f[0] - a) * (f[0] - a)).sum() / freedom,
      all.stream().mapToDouble(f -> (f[1] - b) * (f[1] - b)).sum() / freedom,
      all.stream().mapToDouble(f -> (f[0] - a) * (f[1] - b)).sum() / freedom
    };
  }

  /** In two dimensions the root of a product has a closed form: its trace and determinant say. */
  private static double distance(double[] p, double[] q) {
    double trace = p[2] * q[2] + p[3] * q[3] + 2 * p[4] * q[4];
    double determinants = (p[2] * p[3] - p[4] * p[4]) * (q[2] * q[3] - q[4] * q[4]);
    double root = Math.sqrt(trace + 2 * Math.sqrt(Math.max(0, determinants)));
    double means = Math.pow(p[0] - q[0], 2) + Math.pow(p[1] - q[1], 2);
    return means + p[2] + p[3] + q[2] + q[3] - 2 * root;
  }

  @Test
  void isThatOfThePicturesInTheReportAndTheDataset() throws IOException {
    JsonNode report = new ObjectMapper().readTree(output.resolve("report.json").toFile());
    JsonNode figures = report.get("figures").get("depth->rgb");
    assertThat(figures.get("samples").asInt()).isEqualTo(3);
    double expected = distance(moments(every4th(reported(), 3)), moments(dataset()));
    assertThat(expected).isGreaterThan(0.01);
    // Pictures in files are rounded to 8 bits.
    assertThat(figures.get("prediction").get("frechet").asDouble())
        .isCloseTo(expected, withinPercentage(1));
    assertThat(Files.readString(output.resolve("report.html"))).contains("frechet");
  }

  @Test
  void isZeroForTruthsOfOtherSamplesWhichAreTheSameSet() throws IOException {
    List<BufferedImage> shown = every4th(reported(), 1);
    List<BufferedImage> truths = dataset();
    for (int i = 0; i < truths.size(); i++) {
      assertThat(features(shown.get(i))).containsExactly(features(truths.get(i)));
    }
    JsonNode report = new ObjectMapper().readTree(output.resolve("report.json").toFile());
    assertThat(report.get("figures").get("depth->rgb").get("chance").get("frechet").asDouble())
        .isLessThan(1e-6);
  }
}
