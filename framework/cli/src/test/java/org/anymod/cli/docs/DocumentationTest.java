package org.anymod.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/**
 * What the pages of the project tell a reader to do works: every command runs in a folder with
 * small files of the same names, every recipe is valid, every program compiles, every link leads
 * somewhere.
 */
class DocumentationTest {
  private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
  private static final Set<String> LAUNCHERS =
      Set.of("anymod", "bin/anymod", "distribution/bin/anymod");
  private static final Set<String> NOT_RUN = Set.of("text", "");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(#[^)]*)?\\)");

  /** What an excerpt of a program has around it. */
  private static final String IMPORTS =
      """
      import java.nio.file.*;
      import java.util.*;
      import org.anymod.core.generation.*;
      import org.anymod.core.modality.UsedModality;
      import org.anymod.host.AnymodHost;
      import org.anymod.spi.*;
      """;

  private static final String EXCERPT =
      """
      class Excerpt {
        void run() throws Exception {
          %s
        }
      }
      """;

  @TempDir static Path folder;

  private static DemoFolder demo;

  @BeforeAll
  static void prepare() throws Exception {
    demo = DemoFolder.in(folder, ROOT);
  }

  @AfterAll
  static void close() throws Exception {
    demo.close();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT, 3)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(".md"))
          .filter(file -> Files.isRegularFile(file) && isWatched(ROOT.relativize(file)))
          .sorted()
          .toList();
    }
  }

  private static boolean isWatched(Path page) {
    // The tutorial of the SDK is carried out as a whole by the test of the archetype.
    return !page.startsWith("sdk")
        && Stream.iterate(page, p -> p != null, Path::getParent)
            .map(part -> part.getFileName().toString())
            .noneMatch(name -> name.equals("target") || name.equals("src") || name.startsWith("."));
  }

  @TestFactory
  Stream<DynamicTest> everyBlockWorks() throws IOException {
    return pages().stream()
        .flatMap(page -> blocks(page).stream())
        .filter(block -> !NOT_RUN.contains(block.language()))
        .map(block -> DynamicTest.dynamicTest(block.toString(), () -> check(block)));
  }

  private static List<CodeBlock> blocks(Path page) {
    try {
      return CodeBlock.of(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(CodeBlock block) throws Exception {
    switch (block.language()) {
      case "sh" -> {
        for (String command : block.commands()) {
          run(block, command);
        }
      }
      case "yaml" -> checkRecipe(block);
      case "json" -> new ObjectMapper().readTree(block.text());
      case "java" -> compile(block);
      default ->
          throw new AssertionError(
              block + ": a block of " + block.language() + " is not checked; use text");
    }
  }

  private static void run(CodeBlock block, String command) throws Exception {
    if (command.startsWith("./mvnw")) {
      assertThat(ROOT.resolve(".ci/run"))
          .as("the build of %s is what is run for it", block)
          .content()
          .contains(String.join(" ", command.split("\\s+")).replace(" -B ", " -B -ntp "));
      return;
    }
    List<String> words = ShellWords.of(command);
    assertThat(LAUNCHERS).as("%s: %s", block, command).contains(words.get(0));
    DemoFolder.Answer answer = demo.run(words.subList(1, words.size()));
    assertThat(answer.exitCode()).as("%s: %s%n%s", block, command, answer.said()).isZero();
  }

  /** A recipe, or a part of one, which then takes the place of that of a small recipe. */
  private static void checkRecipe(CodeBlock block) throws Exception {
    Map<String, Object> recipe = new LinkedHashMap<>();
    Map<String, Object> part = new Yaml().load(block.text());
    if (!part.containsKey("modalities") && !part.containsKey("modality_set")) {
      recipe.putAll(new Yaml().load(Files.readString(demo.root().resolve("recipe.yaml"))));
    }
    part.forEach(recipe::put);
    recipe.putIfAbsent("name", "part");
    recipe.putIfAbsent("output", "runs/part");
    Path file = demo.root().resolve("block.yaml");
    Files.writeString(file, new Yaml().dump(recipe));
    DemoFolder.Answer answer = demo.run(List.of("config", "validate", "block.yaml"));
    assertThat(answer.exitCode()).as("%s: %s", block, answer.said()).isZero();
  }

  private static void compile(CodeBlock block) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    Matcher name =
        Pattern.compile(
                "^(?:public )?(?:final )?(?:class|record|interface) (\\w+)", Pattern.MULTILINE)
            .matcher(block.text());
    boolean whole = name.find();
    String type = whole ? name.group(1) : "Excerpt";
    String program = whole ? block.text() : IMPORTS + EXCERPT.formatted(block.text());
    JavaFileObject source =
        new SimpleJavaFileObject(
            URI.create("string:///" + type + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return program;
          }
        };
    compiler
        .getTask(
            null,
            null,
            found,
            List.of("-proc:none", "-d", folder.toString()),
            null,
            List.of(source))
        .call();
    assertThat(found.getDiagnostics())
        .as(block.toString())
        .noneMatch(problem -> problem.getKind() == Diagnostic.Kind.ERROR);
  }

  @Test
  void everyLinkLeadsToAFile() throws IOException {
    for (Path page : pages()) {
      Matcher link = LINK.matcher(Files.readString(page));
      while (link.find()) {
        if (!link.group(1).contains("://")) {
          assertThat(page.resolveSibling(link.group(1)).normalize())
              .as("link in %s", ROOT.relativize(page))
              .exists();
        }
      }
    }
  }
}
