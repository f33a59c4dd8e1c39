package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A recipe so small that all of its stages take seconds, with the plugins it needs. */
record TinyRun(Path recipe, Path output, Path plugins) {
  static TinyRun in(Path folder) throws IOException {
    Path output = folder.resolve("run");
    Path recipe = folder.resolve("tiny.yaml");
    Files.writeString(
        recipe,
        """
        name: tiny
        output: "%1$s"
        resolution: 32
        patch: 8
        device: cpu
        modalities:
          rgb@32: {}
          tok_rgb@32: {role: output}
          tok_depth@32: {}
          caption: {}
        data: {root: "%1$s/data"}
        text: {vocabulary: 700, sentinels: 8}
        tokenizers:
          tok_rgb@32: &tokenizer
            vocabulary: 16
            steps: 20
            batch: 4
            settings: {dim: 16, depth: 1, heads: 2, latent: 4, loss: l1, post_mlp: false}
          tok_depth@32: *tokenizer
        model: {dim: 16, encoder_layers: 1, decoder_layers: 1, heads: 2}
        masking:
          input_tokens: 16
          target_tokens: 16
          mixture: [{input_alpha: 0.5, target_alpha: 0.5}]
        training: {steps: 6, batch: 4, warmup: 2, log_every: 1}
        sampling:
          tok_rgb@32: {scheme: maskgit, steps: 2}
          caption: {temperature: 0.5}
        evaluation: {samples: 4, batch: 4, shown: 2}
        """
            .formatted(output.toString().replace('\\', '/')));
    return new TinyRun(recipe, output, ShippedPlugins.in(folder));
  }

  CommandRun command(String command, Object... more) {
    List<Object> words = new ArrayList<>(List.of(command.split(" ")));
    words.add(recipe);
    words.addAll(List.of(more));
    words.add("--plugins");
    words.add(plugins);
    return CommandRun.of(words.toArray());
  }

  /** Renders the run's data with the plugins it needs. */
  void render(String sources, int train, int validation) {
    List<Object> words = new ArrayList<>(List.of("data", "toyworld"));
    words.addAll(List.of("--output", output.resolve("data"), "--modalities", sources));
    words.addAll(List.of("--train", train, "--val", validation, "--size", 32));
    words.addAll(List.of("--plugins", plugins));
    CommandRun.of(words.toArray()).ok();
  }

  Path validation(String source) {
    return output.resolve("data/val").resolve(source);
  }
}
