package org.anymod.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.anymod.core.generation.Presets;
import org.anymod.core.pipeline.Run;
import org.anymod.core.values.ValueReader;
import org.anymod.serve.AnymodServer;
import org.anymod.serve.ServeSettings;

/** A tiny trained model with something of every form in which values are entered, made once. */
final class ServedRun {
  private static ServedRun shared;

  private final Path folder;
  private final TinyRun tiny;

  private ServedRun(Path folder, TinyRun tiny) {
    this.folder = folder;
    this.tiny = tiny;
  }

  /** Returns the run, trained by the first test that asks for it. */
  static synchronized ServedRun shared() throws IOException {
    if (shared == null) {
      ServedRun made = make(Files.createTempDirectory("anymod-served"));
      Runtime.getRuntime().addShutdownHook(new Thread(made::delete));
      shared = made;
    }
    return shared;
  }

  private static ServedRun make(Path folder) throws IOException {
    Path output = folder.resolve("run");
    Path recipe = folder.resolve("served.yaml");
    Files.writeString(
        recipe,
        """
        name: served
        output: "%1$s"
        resolution: 32
        patch: 8
        device: cpu
        modalities:
          rgb@32: {}
          tok_rgb@32: {role: output}
          tok_depth@32: {}
          tok_semseg@32: {}
          caption: {}
          det: {}
          color_palette: {}
          image_metadata: {}
        plugins:
          semseg: {labels: &labels [sky, ground, sphere, box, cylinder, cone, person]}
          det: {labels: [sphere, box, cylinder, cone, person]}
        data: {root: "%1$s/data"}
        text: {vocabulary: 4700, sentinels: 8}
        tokenizers:
          tok_rgb@32: &tokenizer
            vocabulary: 16
            steps: 4
            batch: 4
            settings: {dim: 16, depth: 1, heads: 2, latent: 4, loss: l1, post_mlp: false}
          tok_depth@32: *tokenizer
          tok_semseg@32:
            vocabulary: 16
            steps: 4
            batch: 4
            settings: {dim: 16, depth: 1, heads: 2, latent: 4, class_width: 4, post_mlp: false}
        model: {dim: 16, encoder_layers: 1, decoder_layers: 1, heads: 2}
        masking:
          input_tokens: 16
          target_tokens: 16
          mixture: [{input_alpha: 0.5, target_alpha: 0.5}]
        training: {steps: 2, batch: 4, warmup: 1, log_every: 1}
        sampling:
          tok_rgb@32: {scheme: maskgit, steps: 2}
        """
            .formatted(output.toString().replace('\\', '/')));
    TinyRun tiny = new TinyRun(recipe, output, ShippedPlugins.in(folder));
    tiny.render("all", 8, 3);
    tiny.command("train").ok();
    return new ServedRun(folder, tiny);
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // The system clears its folder of temporary files itself.
      return;
    }
  }

  TinyRun tiny() {
    return tiny;
  }

  /** Returns a file of the validation split. */
  Path file(String source) throws IOException {
    try (Stream<Path> files = Files.walk(tiny.validation(source))) {
      return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
    }
  }

  /** A server in this process, with its session. */
  record Served(RunSession session, AnymodServer server, ServeClient client)
      implements AutoCloseable {
    @Override
    public void close() {
      server.close();
      session.close();
    }
  }

  /** Serves the run at a free port. */
  Served serve(ServeSettings settings) throws IOException {
    RunSession session =
        RunSession.open(
            new RecipeChoice(tiny.recipe(), List.of(), tiny.plugins()),
            new PrintWriter(new StringWriter()));
    Run run = session.run();
    Optional<ValueReader> split = Optional.of(run.data().values("val"));
    AnymodServer server = AnymodServer.start(List.of(run), Presets.NONE, split, settings);
    return new Served(session, server, new ServeClient(server.port(), settings.token()));
  }

  /** Settings of a small queue at a free port. */
  static ServeSettings settings(Optional<String> token, int queue) {
    ServeSettings usual = ServeSettings.DEFAULTS;
    return new ServeSettings(
        usual.host(),
        0,
        token,
        queue,
        usual.parallel(),
        usual.timeout(),
        usual.grace(),
        1 << 20,
        4,
        usual.kept(),
        usual.examples());
  }
}
