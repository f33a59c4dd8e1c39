package org.anymod.cli.docs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anymod.cli.ProgramOfTests;

/**
 * A folder as the pages suppose it: an installation with all plugins, small recipes under the names
 * of the shipped ones, a trained run, a picture. Commands run in it, in a process of their own.
 */
final class DemoFolder {
  private final Path root;
  private final Process process;
  private final PrintWriter commands;
  private final BufferedReader answers;

  /** What a command said. */
  record Answer(int exitCode, String said) {}

  private DemoFolder(Path root, Process process) {
    this.root = root;
    this.process = process;
    this.commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static DemoFolder in(Path root, Path project) throws Exception {
    ProgramOfTests.plugins(root);
    copy(project.resolve("examples"), root.resolve("examples"));
    Files.writeString(root.resolve("recipe.yaml"), recipe("quickstart"));
    Files.writeString(root.resolve("examples/quickstart.yaml"), recipe("quickstart"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            java,
            "-Danymod.home=" + root,
            "-Dai.djl.offline=true",
            "-DOPT_OUT_TRACKING=true",
            "-cp",
            absolute(System.getProperty("java.class.path")),
            DocumentedProgram.class.getName());
    builder.environment().put("OMP_NUM_THREADS", "1");
    builder.directory(root.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
    DemoFolder demo = new DemoFolder(root, builder.start());
    demo.mustRun("quickstart", "--recipe", "recipe.yaml", "--scenes", "12");
    Path pictures = root.resolve("runs/quickstart/data/val/rgb");
    try (Stream<Path> files = Files.list(pictures)) {
      Files.copy(files.sorted().findFirst().orElseThrow(), root.resolve("photo.png"));
    }
    return demo;
  }

  private static String absolute(String classPath) {
    return String.join(
        File.pathSeparator,
        Stream.of(classPath.split(File.pathSeparator))
            .map(part -> Path.of(part).toAbsolutePath().toString())
            .toList());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path inside = from.relativize(file);
        String name = inside.toString();
        if (!inside.startsWith("toyworld") && !name.contains("target") && !name.endsWith(".java")) {
          Path copy = to.resolve(inside.toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  private static String recipe(String name) {
    return """
    name: %1$s
    output: runs/%1$s
    resolution: 32
    patch: 8
    device: cpu
    modalities:
      rgb@32: {}
      tok_rgb@32: {role: output}
      tok_depth@32: {}
      tok_dinov2_global: {}
      metadata: {}
      caption: {}
    plugins:
      dinov2_global: {width: 64}
    data: {root: runs/%1$s/data}
    text: {vocabulary: 4700, sentinels: 20}
    tokenizers:
      tok_rgb@32: &tokenizer
        vocabulary: 16
        steps: 4
        batch: 4
        settings: {dim: 16, depth: 1, heads: 2, latent: 4, loss: l1, post_mlp: false}
      tok_depth@32: *tokenizer
      tok_dinov2_global:
        vocabulary: 64
        steps: 4
        batch: 4
        settings: {encoder: BottleneckMLP/B_1-Wi_16, quantizer: fsq, levels: "4, 4, 4", loss: mse}
    model: {dim: 16, encoder_layers: 1, decoder_layers: 1, heads: 2}
    masking:
      input_tokens: 24
      target_tokens: 24
      mixture: [{input_alpha: 0.5, target_alpha: 0.5}]
    training: {steps: 4, batch: 4, warmup: 2, log_every: 1}
    sampling:
      tok_rgb@32: {scheme: maskgit, steps: 2}
      caption: {temperature: 0.5}
    evaluation: {samples: 2, batch: 4, shown: 1}
    """
        .formatted(name);
  }

  Path root() {
    return root;
  }

  private void mustRun(String... words) throws IOException {
    Answer answer = run(List.of(words));
    if (answer.exitCode() != 0) {
      throw new AssertionError(List.of(words) + ": " + answer.said());
    }
  }

  synchronized Answer run(List<String> words) throws IOException {
    commands.println(String.join(DocumentedProgram.SEPARATOR, words));
    String head = answers.readLine();
    if (head == null) {
      throw new AssertionError("the program ended while it ran " + words);
    }
    String[] numbers = head.split(" ");
    List<String> said = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(numbers[1]); i++) {
      said.add(answers.readLine());
    }
    return new Answer(Integer.parseInt(numbers[0]), String.join("\n", said));
  }

  void close() throws InterruptedException {
    commands.close();
    process.waitFor();
  }
}
