package org.anymod.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.torch.Precision;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.Test;

class TransferTrainerTest {
  private static final Kind.PixelPatches KIND = new Kind.PixelPatches(1, 8, 8, 4);
  private static final TransferTrainer.Settings SETTINGS =
      new TransferTrainer.Settings(60, 8, 1e-2, 5, 0.01, 1, 3);

  /** Noise with a bright half: the left one is class 0, the right one is class 1. */
  private record Halves(boolean everyPixel) implements Examples {
    @Override
    public int size() {
      return 32;
    }

    @Override
    public float[] picture(int index) {
      StreamRandom random = StreamRandom.at(1, "noise", index);
      float[] picture = new float[64];
      for (int i = 0; i < 64; i++) {
        boolean bright = i % 8 / 4 == index % 2;
        picture[i] = (float) (random.nextGaussian() * 0.3 + (bright ? 1 : 0));
      }
      return picture;
    }

    @Override
    public long[] labels(int index) {
      if (!everyPixel) {
        return new long[] {index % 2};
      }
      long[] labels = new long[64];
      for (int i = 0; i < 64; i++) {
        labels[i] = i == 0 ? IGNORED : i % 8 / 4 == index % 2 ? 1 : 0;
      }
      return labels;
    }
  }

  /** One example with a class that the head does not have. */
  private record Mislabelled() implements Examples {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public float[] picture(int index) {
      return new float[64];
    }

    @Override
    public long[] labels(int index) {
      return new long[] {2};
    }
  }

  private static EncoderModel model() {
    ModelRecipe recipe = Published.recipe(16, 1, 2, true, false, false);
    return new EncoderModel(
        recipe, Declaration.inputOnly("view", KIND), 0, true, 3, Device.cpu(), Precision.FLOAT32);
  }

  private static Map<String, float[]> values(EncoderModel model) {
    Map<String, float[]> values = new LinkedHashMap<>();
    model.parameters().all().forEach((name, tensor) -> values.put(name, tensor.toFloatArray()));
    return values;
  }

  private static List<String> changed(Map<String, float[]> before, EncoderModel model) {
    return before.keySet().stream()
        .filter(
            name -> !Arrays.equals(before.get(name), model.parameters().get(name).toFloatArray()))
        .toList();
  }

  private static List<Float> train(
      EncoderModel model, Head head, TransferMode mode, double accuracy) throws IOException {
    boolean dense = head instanceof DenseHead;
    Halves examples = new Halves(dense);
    TransferTrainer trainer = new TransferTrainer(model, head, mode, SETTINGS);
    List<Float> losses = trainer.train(examples, Progress.silent(), new StopSignal());
    assertThat(losses).hasSize(60);
    assertThat(losses.get(59)).isLessThan(losses.get(0) * 0.8f);
    assertThat(trainer.accuracy(examples)).isGreaterThan(accuracy);
    return losses;
  }

  @Test
  void frozenEncoderTrainsTheHeadAlone() throws IOException {
    try (EncoderModel model = model()) {
      Head head = new ClassificationHead(2, Pooling.MEAN);
      head.attach(model, 1);
      Map<String, float[]> before = values(model);
      // The encoder is as it was drawn: chance is 0.5, and nobody expects perfection.
      train(model, head, new TransferMode.Frozen(), 0.75);
      assertThat(changed(before, model))
          .containsExactlyInAnyOrder("output_head.linear.weight", "output_head.linear.bias");
    }
  }

  @Test
  void adaptersTrainWithTheHeadAndAreFusedAfterwards() throws IOException {
    try (EncoderModel model = model()) {
      Head head = new ClassificationHead(2, Pooling.ATTENTION);
      head.attach(model, 1);
      Map<String, float[]> before = values(model);
      TransferMode mode =
          new TransferMode.LowRank(LowRankAdapters.Settings.of(LowRankTarget.parse("selfattn")));
      Halves examples = new Halves(false);
      TransferTrainer trainer = new TransferTrainer(model, head, mode, SETTINGS);
      trainer.train(examples, Progress.silent(), new StopSignal());
      assertThat(changed(before, model)).allMatch(name -> name.startsWith("output_head."));
      assertThat(trainer.accuracy(examples)).isGreaterThan(0.9);
      trainer.adapters().orElseThrow().fuse();
      assertThat(changed(before, model))
          .contains("encoder.0.attn.qkv.weight", "encoder.0.attn.proj.weight")
          .doesNotContain("encoder.0.mlp.fc1.weight");
      assertThat(trainer.accuracy(examples)).isGreaterThan(0.9);
    }
  }

  @Test
  void fullTrainingReachesEveryWeightAndRepeatsBitForBit() throws IOException {
    Head head = new DenseHead(2);
    List<Float> first;
    try (EncoderModel model = model()) {
      head.attach(model, 1);
      Map<String, float[]> before = values(model);
      first = train(model, head, new TransferMode.Full(), 0.9);
      assertThat(changed(before, model)).containsAll(model.parameters().trainedNames());
    }
    try (EncoderModel model = model()) {
      head.attach(model, 1);
      assertThat(train(model, head, new TransferMode.Full(), 0.9)).isEqualTo(first);
    }
  }

  @Test
  void stopsWhenAsked() throws IOException {
    try (EncoderModel model = model()) {
      Head head = new ClassificationHead(2, Pooling.MEAN);
      head.attach(model, 1);
      StopSignal stop = new StopSignal();
      stop.request();
      TransferTrainer trainer = new TransferTrainer(model, head, new TransferMode.Full(), SETTINGS);
      assertThat(trainer.train(new Halves(false), Progress.silent(), stop)).isEmpty();
    }
  }

  @Test
  void saysWhichLabelIsWrong() {
    try (EncoderModel model = model()) {
      Head head = new ClassificationHead(2, Pooling.MEAN);
      head.attach(model, 1);
      TransferTrainer trainer = new TransferTrainer(model, head, new TransferMode.Full(), SETTINGS);
      assertThatThrownBy(() -> trainer.accuracy(new Halves(true)))
          .hasMessageContaining("example 0 has 64 labels, must have 1");
      assertThatThrownBy(() -> trainer.accuracy(new Mislabelled()))
          .hasMessageContaining("example 0 has the label 2, must be 0 to 1");
    }
  }
}
