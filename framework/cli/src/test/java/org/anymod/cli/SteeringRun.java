package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain of two tiny models: pictures, maps, boxes, palettes, metadata and words of 32 pixels, and
 * finer pictures of 64. Everything lies below one folder, as in the examples.
 */
record SteeringRun(Path folder, Path recipe, Path fine, Path plugins) {
  private static final String TOKENIZER =
      "{vocabulary: 16, steps: 6, batch: 4, settings: {dim: 16, depth: 1, heads: 2, latent: 4,"
          + " post_mlp: false}}";
  private static final String REST =
      """
      device: cpu
      patch: 8
      plugins:
        semseg: {labels: [sky, ground, sphere, box, cylinder, cone, person]}
        det: {labels: [sphere, box, cylinder, cone, person]}
      model: {dim: 16, encoder_layers: 1, decoder_layers: 1, heads: 2}
      masking:
        input_tokens: 24
        target_tokens: 24
        mixture: [{input_alpha: 0.5, target_alpha: 0.5}]
      training: {steps: 6, batch: 4, warmup: 2, log_every: 1}
      """;

  static SteeringRun in(Path folder) throws IOException {
    Path output = folder.resolve("runs/toy-21");
    Path recipe = folder.resolve("steer.yaml");
    Files.writeString(
        recipe,
        """
        name: steer
        output: "%1$s"
        resolution: 32
        modalities:
          rgb@32: {}
          tok_rgb@32: {role: output}
          tok_depth@32: {}
          tok_semseg@32: {}
          caption: {}
          web_text: {}
          det: {}
          color_palette: {}
          metadata: {}
        data: {root: "%1$s/data"}
        text: {vocabulary: 4600, sentinels: 8}
        tokenizers:
          tok_rgb@32: %2$s
          tok_depth@32: %2$s
          tok_semseg@32: %2$s
        sampling:
          det: {max_tokens: 10}
          caption: {max_tokens: 10}
        """
                .formatted(output, TOKENIZER)
            + REST);
    Path fine = folder.resolve("fine.yaml");
    Files.writeString(
        fine,
        """
        name: fine
        output: "%1$s"
        resolution: 64
        modalities:
          tok_rgb@32: {}
          tok_depth@32: {role: input}
          caption: {role: input}
          tok_rgb@64: {role: output}
        data: {root: "%2$s/data"}
        text: {vocabulary: 700, sentinels: 8}
        tokenizers:
          tok_rgb@32: %3$s
          tok_depth@32: %3$s
          tok_rgb@64: %3$s
        """
                .formatted(folder.resolve("fine"), output, TOKENIZER)
            + REST);
    return new SteeringRun(folder, recipe, fine, ShippedPlugins.in(folder));
  }

  /** Makes the data and trains both. */
  void train() throws IOException {
    Path output = folder.resolve("runs/toy-21");
    ok(
        CommandRun.of(
            "data",
            "toyworld",
            "--output",
            output.resolve("data"),
            "--train",
            6,
            "--val",
            4,
            "--size",
            32,
            "--modalities",
            "rgb,depth,semseg,caption,web_text,det,metadata",
            "--plugins",
            plugins));
    ok(command("train", recipe));
    for (String part : List.of("tok_rgb@32", "tok_depth@32")) {
      Path tokenizer = Path.of("tokenizers").resolve(part);
      Path target = folder.resolve("fine").resolve(tokenizer);
      Files.createDirectories(target.getParent());
      FolderCopy.of(output.resolve(tokenizer), target);
    }
    ok(command("train", fine));
  }

  private static void ok(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private CommandRun command(String command, Path file) {
    return CommandRun.of(command, file, "--plugins", plugins);
  }

  CommandRun generate(Object... more) {
    List<Object> words = new ArrayList<>(List.of("generate", recipe));
    words.addAll(List.of(more));
    words.add("--plugins");
    words.add(plugins);
    return CommandRun.of(words.toArray());
  }

  Path validation(String source, String file) {
    return folder.resolve("runs/toy-21/data/val").resolve(source).resolve(file);
  }
}
