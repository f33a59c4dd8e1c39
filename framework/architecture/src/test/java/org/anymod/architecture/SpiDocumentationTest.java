package org.anymod.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin author finds every public thing of the SPI explained. */
class SpiDocumentationTest {
  /** The head of a compact constructor, whose parameters the record itself documents. */
  private static final Pattern COMPACT_CONSTRUCTOR = Pattern.compile("public [A-Z]\\w* \\{");

  @TempDir Path folder;

  @Test
  void everythingPublicIsDocumented() throws IOException {
    List<Path> sources = Repository.mainSources(Repository.ROOT.resolve("framework/spi"));
    assertThat(sources).hasSizeGreaterThan(10);
    assertThat(complaints(sources)).isEmpty();
  }

  @Test
  void aMissingCommentIsNoticed() throws IOException {
    Path source = folder.resolve("Silent.java");
    Files.writeString(source, "/** A type. */\npublic interface Silent {\n  int size();\n}\n");
    assertThat(complaints(List.of(source))).singleElement().asString().contains("Silent.java:3");
  }

  private List<String> complaints(List<Path> sources) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
      List<String> options =
          List.of(
              "-proc:none",
              "-Xdoclint:all/protected",
              "-Xmaxwarns",
              "1000",
              "-d",
              folder.toString(),
              "-classpath",
              System.getProperty("java.class.path"));
      boolean compiled =
          compiler
              .getTask(
                  null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiled).as("compiles: %s", found.getDiagnostics()).isTrue();
    }
    return found.getDiagnostics().stream()
        .filter(complaint -> complaint.getSource() != null && !isCompactConstructor(complaint))
        .map(
            complaint ->
                complaint.getSource().getName()
                    + ":"
                    + complaint.getLineNumber()
                    + ": "
                    + complaint.getMessage(null))
        .toList();
  }

  private static boolean isCompactConstructor(Diagnostic<? extends JavaFileObject> complaint) {
    try {
      String source = complaint.getSource().getCharContent(true).toString();
      String line = source.lines().skip(complaint.getLineNumber() - 1).findFirst().orElseThrow();
      return COMPACT_CONSTRUCTOR.matcher(line).find();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
