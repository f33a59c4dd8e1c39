package org.anymod.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Archives, classes and service files that are wrong. */
class BadClassTest extends BadPlugin {

  @Test
  void reportsPluginWithoutExtensions() throws IOException {
    expect(PluginJar.of("bad").base(), PluginError.NO_EXTENSION, "META-INF/services/" + MODALITY);
  }

  @Test
  void reportsBundledHostClasses() throws IOException {
    for (String type :
        new String[] {
          "org.anymod.spi.Extra",
          "ai.djl.Extra",
          "com.google.inject.Extra",
          "org.pf4j.Extra",
          "org.slf4j.Extra"
        }) {
      int dot = type.lastIndexOf('.');
      String source = "package " + type.substring(0, dot) + "; public class Extra {}";
      expect(
          PluginJar.good("bad", "words").source(type, source),
          PluginError.BUNDLED_HOST_CLASS,
          type,
          "provided");
    }
  }

  @Test
  void reportsClassForNewerJava() throws IOException {
    byte[] code =
        SourceCompiler.compile(Map.of("demo.New", "package demo; public class New {}"))
            .get("demo/New.class")
            .clone();
    int java = Runtime.version().feature() + 1;
    code[7] = (byte) (java + 44);
    PluginJar bad = PluginJar.good("bad", "words").entry("demo/New.class", code);
    expect(
        bad, PluginError.NEWER_JAVA, "demo.New", "Java " + java, "Java " + (java - 1), "--release");
  }

  @Test
  void reportsExceptionInConstructorWithItsCause() throws IOException {
    PluginJar bad =
        PluginJar.of("bad")
            .modality(
                "M", "words", "public M() { throw new IllegalStateException(\"no luck today\"); }");
    expect(bad, PluginError.CONSTRUCTOR_FAILED, "demo.M", "IllegalStateException", "no luck today");
  }

  @Test
  void reportsEndlessRecursionInConstructor() throws IOException {
    PluginJar bad = PluginJar.of("bad").modality("M", "words", "public M() { new M(); }");
    expect(bad, PluginError.CONSTRUCTOR_FAILED, "demo.M", "StackOverflowError");
  }

  @Test
  void reportsErrorInStaticInitializer() throws IOException {
    PluginJar bad =
        PluginJar.of("bad").modality("M", "words", "static final int N = Integer.parseInt(\"x\");");
    expect(bad, PluginError.CONSTRUCTOR_FAILED, "demo.M", "ExceptionInInitializerError");
  }

  @Test
  void reportsTruncatedJar() throws IOException {
    byte[] whole = PluginJar.good("bad", "words").bytes();
    Files.write(folder.resolve("bad.jar"), Arrays.copyOf(whole, whole.length / 2));
    PluginProblem problem = onlyProblem();
    assertThat(problem.code()).isEqualTo(PluginError.CORRUPT_ARCHIVE);
    assertThat(problem.message()).contains("bad.jar", "build or copy it again");
  }

  @Test
  void reportsDamagedClassFile() throws IOException {
    byte[] code = {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, 61, 0, 0};
    PluginJar bad = PluginJar.of("bad").service(MODALITY, "demo.M").entry("demo/M.class", code);
    expect(bad, PluginError.BROKEN_CLASS, "demo.M", "cannot be loaded");
  }

  @Test
  void reportsServiceFileNamingMissingClass() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").service(MODALITY, "# more", "demo.Missing");
    expect(
        bad, PluginError.BROKEN_SERVICE, MODALITY + " line 3", "demo.Missing", "not in the plugin");
  }

  @Test
  void reportsServiceClassThatIsNoModality() throws IOException {
    PluginJar bad =
        PluginJar.of("bad")
            .source("demo.X", "package demo; public class X {}")
            .service(MODALITY, "demo.X");
    expect(bad, PluginError.BROKEN_SERVICE, "demo.X", "does not implement " + MODALITY);
  }

  @Test
  void reportsAbstractServiceClass() throws IOException {
    expect(
        PluginJar.of("bad").base().service(MODALITY, "demo.Base"),
        PluginError.BROKEN_SERVICE,
        "demo.Base",
        "abstract");
  }

  @Test
  void reportsClassThatNeedsHiddenHostClass() throws IOException {
    PluginJar bad =
        PluginJar.of("bad")
            .modality("M", "words", "public M(com.google.inject.Injector injector) {}");
    expect(bad, PluginError.BROKEN_CLASS, "demo.M", "com.google.inject.Injector", "does not see");
  }

  @Test
  void reportsConstructorAskingForSomethingElse() throws IOException {
    PluginJar bad =
        PluginJar.of("bad")
            .modality(
                "M", "words", "@jakarta.inject.Inject public M(java.util.logging.Logger log) {}");
    expect(bad, PluginError.BROKEN_CONSTRUCTOR, "java.util.logging.Logger", "ConfigSection");
  }

  @Test
  void reportsSeveralConstructors() throws IOException {
    PluginJar bad = PluginJar.of("bad").modality("M", "words", "public M() {} public M(int x) {}");
    expect(bad, PluginError.BROKEN_CONSTRUCTOR, "2 public constructors");
  }

  @Test
  void reportsConstructorWithoutInject() throws IOException {
    PluginJar bad =
        PluginJar.of("bad").modality("M", "words", settings("s", "int x", "") + "public M(S s) {}");
    expect(bad, PluginError.BROKEN_CONSTRUCTOR, "jakarta.inject.Inject");
  }
}
