package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A tiny trained model with an embedding that stands for a picture, by which samples are found. */
final class EmbeddingRun {
  static final String EMBEDDING = "tok_dinov2_global";

  private static final List<String> MODALITIES =
      List.of("rgb@32", "tok_depth@32", EMBEDDING, "caption");

  private EmbeddingRun() {}

  /**
   * Renders scenes and trains on them.
   *
   * @param folder where everything goes
   * @param more keys beside pictures, depth, captions and the embedding
   * @param perShard samples in a shard of vectors or tokens
   * @param sources what is rendered
   * @param validation number of samples to predict
   */
  static TinyRun trained(
      Path folder, List<String> more, int perShard, String sources, int validation)
      throws IOException {
    Path output = folder.resolve("run");
    Path recipe = folder.resolve("tiny.yaml");
    String modalities =
        Stream.concat(MODALITIES.stream(), more.stream())
            .map(key -> "  \"" + key + "\": {}")
            .collect(Collectors.joining("\n"));
    Files.writeString(
        recipe,
        """
        name: tiny
        output: "%1$s"
        resolution: 32
        patch: 8
        device: cpu
        modalities:
        %2$s
        plugins:
          det: {labels: [sphere, box, cylinder, cone, person]}
          semseg: {labels: [sky, ground, sphere, box, cylinder, cone, person]}
          dinov2_global: {width: 64, codes: 4}
        data: {root: "%1$s/data", samples_per_shard: %3$d}
        text: {vocabulary: 4700, sentinels: 8}
        tokenizers:
          tok_depth@32:
            vocabulary: 16
            steps: 5
            batch: 4
            settings: {dim: 16, depth: 1, heads: 2, latent: 4, loss: l1, post_mlp: false}
          tok_dinov2_global:
            vocabulary: 64
            steps: 40
            batch: 8
            settings: {encoder: BottleneckMLP/B_1-Wi_32, quantizer: fsq, levels: "4, 4, 4", loss: mse}
        model: {dim: 16, encoder_layers: 1, decoder_layers: 1, heads: 2}
        masking:
          input_tokens: 16
          target_tokens: 16
          mixture: [{input_alpha: 0.5, target_alpha: 0.5}]
        training: {steps: 3, batch: 4, log_every: 1}
        evaluation: {batch: 4, shown: 1}
        """
            .formatted(output.toString().replace('\\', '/'), modalities, perShard));
    TinyRun tiny = new TinyRun(recipe, output, ShippedPlugins.in(folder));
    tiny.render(sources, 16, validation);
    tiny.command("train").ok();
    return tiny;
  }
}
