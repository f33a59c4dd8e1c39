package org.anymod.networks.labeling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.anymod.networks.ScriptFile;
import org.anymod.networks.labeling.TorchScriptLabeler.Wanted;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.ClassMapSpec;
import org.anymod.spi.ValueSpec.RasterSpec;
import org.anymod.spi.ValueSpec.VectorsSpec;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptLabelerTest {
  private static final NetworkUse PLAIN = NetworkUse.standardised(0, List.of(0.0), List.of(1.0));
  private static final ValueSpec FEATURES = new RasterSpec(3, -100, 100);
  private static final ValueSpec VECTOR = new VectorsSpec(3, 1, -100, 100);
  private static final ValueSpec MAP = new RasterSpec(1, 0, 1);

  /** Means of 2 x 2 pixels as a map, or as tokens behind one class token of sevens. */
  private static final String POOLED = "y = torch.avg_pool2d(x, [2, 2])";

  private static final String TOKENS =
      """
      y = torch.transpose(torch.flatten(torch.avg_pool2d(x, [2, 2]), 2), 1, 2)
          z = torch.cat([torch.full([1, 1, torch.size(y, 2)], 7.0, dtype=6, layout=None, device=x.device), y], 1)\
      """;

  @TempDir Path folder;

  private Path network(String type, String body, String result) throws IOException {
    Path file = folder.resolve("net.pt");
    ScriptFile.write(
        file,
        """
        class Net(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.Net, x: Tensor) -> %s:
            %s
            return %s
        """
            .formatted(type, body, result));
    return file;
  }

  private static TorchScriptSettings settings(Path file, String output, int drop) {
    return new TorchScriptSettings(
        Optional.of(file),
        "cpu",
        OptionalInt.empty(),
        List.of(),
        List.of(),
        Optional.empty(),
        output,
        OptionalInt.of(drop),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static TorchScriptLabeler labeler(
      TorchScriptSettings settings, NetworkUse use, Wanted wanted, ValueSpec spec) {
    return (TorchScriptLabeler) TorchScriptLabeler.of("photo", settings, use, wanted, spec).get(0);
  }

  private static Value.Raster picture(int height, int width, long seed) {
    float[] data = new float[3 * height * width];
    StreamRandom random = StreamRandom.at(seed, "picture");
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextFloat();
    }
    return new Value.Raster(3, height, width, data);
  }

  private static Value label(TorchScriptLabeler labeler, Value.Raster picture) {
    return labeler.label(Map.of("photo", picture));
  }

  private static double pooled(Value.Raster p, int c, int y, int x) {
    double sum = 0;
    for (int k = 0; k < 4; k++) {
      sum += p.at(c, 2 * y + k / 2, 2 * x + k % 2) / 4;
    }
    return sum;
  }

  private static void assertPooled(Value found, Value.Raster picture) {
    Value.Raster map = (Value.Raster) found;
    assertThat(map.height()).isEqualTo(picture.height() / 2);
    assertThat(map.channels()).isEqualTo(3);
    for (int i = 0; i < map.data().length; i++) {
      int plane = map.height() * map.width();
      int y = i % plane / map.width();
      int x = i % map.width();
      assertThat((double) map.data()[i]).isCloseTo(pooled(picture, i / plane, y, x), within(1e-5));
    }
  }

  @Test
  void takesMapsAndTokensOfAnyOutput() throws IOException {
    Value.Raster picture = picture(8, 8, 1);
    Path file = network("Tensor", POOLED, "y");
    try (TorchScriptLabeler map =
        labeler(settings(file, "0", 0), PLAIN, Wanted.FEATURES, FEATURES)) {
      assertPooled(label(map, picture), picture);
      assertThat(map.onCrop()).isTrue();
      assertThat(map.from()).containsExactly("photo");
    }
    file = network("Tuple[Tensor, Tensor]", TOKENS, "(x, z)");
    try (TorchScriptLabeler second =
        labeler(settings(file, "1", 1), PLAIN, Wanted.FEATURES, FEATURES)) {
      assertPooled(label(second, picture), picture);
    }
    file = network("Dict[str, Tensor]", TOKENS, "{\"other\": x, \"tokens\": z}");
    try (TorchScriptLabeler named =
        labeler(settings(file, "tokens", 1), PLAIN, Wanted.FEATURES, FEATURES)) {
      assertPooled(label(named, picture), picture);
    }
  }

  @Test
  void takesTheVectorOfAPictureOrOneOfItsTokens() throws IOException {
    Value.Raster picture = picture(4, 4, 2);
    Path file = network("Tensor", TOKENS, "z");
    try (TorchScriptLabeler first = labeler(settings(file, "0", 0), PLAIN, Wanted.VECTOR, VECTOR);
        TorchScriptLabeler second = labeler(settings(file, "0", 1), PLAIN, Wanted.VECTOR, VECTOR)) {
      assertThat(((Value.Vectors) label(first, picture)).data()).containsExactly(7, 7, 7);
      assertThat(((Value.Vectors) label(second, picture)).data()[1])
          .isCloseTo((float) pooled(picture, 1, 0, 0), within(1e-5f));
    }
    file = network("Tensor", "y = torch.mean(x, [2, 3])", "y");
    try (TorchScriptLabeler whole = labeler(settings(file, "0", 0), PLAIN, Wanted.VECTOR, VECTOR)) {
      assertThat(((Value.Vectors) label(whole, picture)).count()).isEqualTo(1);
    }
  }

  @Test
  void resizesAndStandardisesPictures() throws IOException {
    float[] data = new float[3 * 8 * 8];
    for (int i = 0; i < data.length; i++) {
      data[i] = 0.2f * (i / 64) + 0.3f;
    }
    Value.Raster flat = new Value.Raster(3, 8, 8, data);
    Path file = network("Tensor", "y = x", "y");
    for (Resampling resampling : Resampling.values()) {
      NetworkUse use =
          new NetworkUse(
              5, List.of(0.1, 0.2, 0.3), List.of(0.5), resampling, 0, Activation.NONE, 1, 0, false);
      try (TorchScriptLabeler labeler =
          labeler(settings(file, "0", 0), use, Wanted.FEATURES, FEATURES)) {
        Value.Raster seen = (Value.Raster) label(labeler, flat);
        assertThat(seen.height()).isEqualTo(5);
        assertThat(seen.width()).isEqualTo(5);
        for (int c = 0; c < 3; c++) {
          double expected = (0.2 * c + 0.3 - 0.1 * (c + 1)) / 0.5;
          assertThat((double) seen.at(c, 2, 4)).isCloseTo(expected, within(1e-5));
        }
      }
    }
  }

  @Test
  void stretchesNumbersAndBringsThemToTheSizeOfThePicture() throws IOException {
    Value.Raster picture = picture(8, 12, 3);
    Path file = network("Tensor", "y = torch.avg_pool2d(torch.mean(x, [1], True), [4, 4])", "y");
    NetworkUse use = PLAIN.changed(Activation.NONE, -30, 4).stretched();
    try (TorchScriptLabeler labeler = labeler(settings(file, "0", 0), use, Wanted.PICTURE, MAP)) {
      Value.Raster map = (Value.Raster) label(labeler, picture);
      assertThat(labeler.onCrop()).isFalse();
      assertThat(map.height()).isEqualTo(8);
      assertThat(map.width()).isEqualTo(12);
      assertThat(MAP.violation(map)).isEmpty();
      assertThat(map.data()).contains(0, 1);
    }
    NetworkUse direction = PLAIN.changed(Activation.UNIT, 0.5, 0.5);
    Path same = network("Tensor", "y = torch.sub(x, 0.5)", "y");
    try (TorchScriptLabeler labeler =
        labeler(settings(same, "0", 0), direction, Wanted.PICTURE, new RasterSpec(3, 0, 1))) {
      Value.Raster map = (Value.Raster) label(labeler, picture);
      double length = 0;
      for (int c = 0; c < 3; c++) {
        length += Math.pow(2 * map.at(c, 3, 5) - 1, 2);
      }
      assertThat(length).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void takesTheMostProbableClass() throws IOException {
    Value.Raster picture = picture(4, 6, 4);
    ClassMapSpec spec = new ClassMapSpec(List.of("none", "a", "b", "c"), OptionalInt.empty());
    Path file = network("Tensor", "y = torch.mul(x, 3)", "y");
    NetworkUse use = PLAIN.changed(Activation.NONE, 1, 1);
    try (TorchScriptLabeler labeler = labeler(settings(file, "0", 0), use, Wanted.CLASSES, spec)) {
      Value.ClassMap map = (Value.ClassMap) label(labeler, picture);
      for (int i = 0; i < 24; i++) {
        int best = 0;
        for (int c = 1; c < 3; c++) {
          best = picture.data()[c * 24 + i] > picture.data()[best * 24 + i] ? c : best;
        }
        assertThat(map.data()[i]).isEqualTo(best + 1);
      }
    }
    file = network("Tensor", "y = torch.argmax(x, 1)", "y");
    try (TorchScriptLabeler numbers = labeler(settings(file, "0", 0), PLAIN, Wanted.CLASSES, spec);
        TorchScriptLabeler beyond =
            labeler(
                settings(file, "0", 0),
                PLAIN.changed(Activation.NONE, 1, 9),
                Wanted.CLASSES,
                spec)) {
      assertThat(spec.violation(label(numbers, picture))).isEmpty();
      assertThatThrownBy(() -> label(beyond, picture))
          .hasMessageContaining("net.pt: the result class")
          .hasMessageContaining("is outside 0 to 3; activation, scale, offset and min_max");
    }
  }

  @Test
  void keepsMemoryFlatAndServesSeveralThreads()
      throws IOException, InterruptedException, ExecutionException {
    Path file = network("Tensor", POOLED, "y");
    TorchScriptLabeler labeler = labeler(settings(file, "0", 0), PLAIN, Wanted.FEATURES, FEATURES);
    label(labeler, picture(8, 8, 0));
    int live = labeler.liveTensors();
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Future<Value>> results = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Value.Raster picture = picture(8, 8, i);
        results.add(pool.submit(() -> label(labeler, picture)));
      }
      for (int i = 0; i < 100; i++) {
        assertPooled(results.get(i).get(), picture(8, 8, i));
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(labeler.liveTensors()).isEqualTo(live);
    labeler.close();
    assertThat(labeler.liveTensors()).isZero();
    assertPooled(label(labeler, picture(8, 8, 1)), picture(8, 8, 1));
    labeler.close();
  }

  @Test
  void isNotThereWithoutANetwork() {
    assertThat(
            TorchScriptLabeler.of(
                "photo", TorchScriptSettings.none(), PLAIN, Wanted.FEATURES, FEATURES))
        .isEmpty();
  }

  private void assertRefused(
      Path file, String output, int drop, Wanted wanted, ValueSpec spec, String... messages) {
    try (TorchScriptLabeler labeler = labeler(settings(file, output, drop), PLAIN, wanted, spec)) {
      for (String message : messages) {
        assertThatThrownBy(() -> label(labeler, picture(4, 4, 1)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("net.pt: ")
            .hasMessageContaining(message);
      }
    }
  }

  @Test
  void saysWhatDoesNotFit() throws IOException {
    assertRefused(folder.resolve("net.pt"), "0", 0, Wanted.VECTOR, VECTOR, "no such file");
    Files.writeString(folder.resolve("net.pt"), "text");
    assertRefused(
        folder.resolve("net.pt"), "0", 0, Wanted.VECTOR, VECTOR, "is no TorchScript archive");
    Path file = network("Dict[str, Tensor]", TOKENS, "{\"a\": x, \"tokens\": z}");
    assertRefused(
        file,
        "b",
        1,
        Wanted.FEATURES,
        FEATURES,
        "output is 'b', but the network gives 2 results: allowed are 0 to 1 and a, tokens");
    assertRefused(
        file, "tokens", 0, Wanted.FEATURES, FEATURES, "tokens that make a square", "not 5");
    assertRefused(file, "tokens", 9, Wanted.VECTOR, VECTOR, "more than 9 tokens (drop_tokens)");
    assertRefused(
        file,
        "a",
        0,
        Wanted.FEATURES,
        new RasterSpec(5, -1, 1),
        "the result has the shape (1, 3, 4, 4), must be a feature map of 5 channels");
    assertRefused(file, "a", 0, Wanted.VECTOR, VECTOR, "must be one vector of width 3");
    assertRefused(
        file, "tokens", 0, Wanted.VECTOR, new VectorsSpec(3, 1, -1, 1), "value 7.0 is outside");
    assertRefused(file, "a", 0, Wanted.PICTURE, MAP, "must be a picture of 1 channels");
    Path refusing = network("Tensor", "y = torch.reshape(x, [7])", "y");
    assertRefused(
        refusing, "0", 0, Wanted.PICTURE, MAP, "the network refuses an input of (1, 3, 4, 4)");
    assertThatThrownBy(
            () ->
                TorchScriptLabeler.of(
                    "photo", TorchScriptSettings.of(file), PLAIN, Wanted.CLASSES, MAP))
        .hasMessageContaining("CLASSES cannot be values of RasterSpec");
    try (TorchScriptLabeler labeler =
        labeler(settings(file, "a", 0), NetworkUse.imageNet(4), Wanted.FEATURES, FEATURES)) {
      Value.Raster gray = new Value.Raster(1, 2, 2, new float[4]);
      assertThatThrownBy(() -> labeler.label(Map.of("photo", gray)))
          .hasMessageContaining("has 1 channels, but mean has 3 numbers");
      assertThatThrownBy(() -> labeler.label(Map.of()))
          .hasMessageContaining("needs a picture named photo");
    }
  }
}
