package org.anymod.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.anymod.host.recipe.RecipeReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of bad plugin gets one precise error and leaves the good one next to it alone. */
class BadPluginTest {
  private static final String MODALITY = "org.anymod.spi.Modality";

  @TempDir Path folder;

  @BeforeEach
  void addGoodPlugin() throws IOException {
    PluginJar.good("good", "good_words").in(folder, "a-good.jar");
  }

  /** Loads the folder, checks that the good plugin works, and returns the only problem. */
  private PluginProblem onlyProblem() {
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      LoadedPlugins loaded = catalog.load(RecipeReader.defaults(catalog));
      assertThat(loaded.plugins()).extracting(PluginInfo::id).contains("good");
      assertThat(loaded.modality("good_words").source()).isEqualTo("words");
      assertThat(loaded.problems()).hasSize(1);
      return loaded.problems().get(0);
    }
  }

  private void expect(PluginJar bad, PluginError code, String... parts) throws IOException {
    Path file = bad.in(folder, "bad.jar");
    PluginProblem problem = onlyProblem();
    assertThat(problem.code()).as(problem.message()).isEqualTo(code);
    assertThat(problem.file()).isEqualTo(file);
    assertThat(problem.message()).contains(parts);
  }

  @Test
  void reportsMissingDescriptor() throws IOException {
    expect(
        PluginJar.plain().modality("M", "words", ""),
        PluginError.NO_DESCRIPTOR,
        "Plugin-Id",
        "META-INF/MANIFEST.MF");
  }

  @Test
  void reportsJarWithoutManifest() throws IOException {
    Files.write(folder.resolve("bad.jar"), PluginJar.zip(Map.of("some.txt", new byte[] {1})));
    assertThat(onlyProblem().code()).isEqualTo(PluginError.NO_DESCRIPTOR);
  }

  @Test
  void reportsMissingAttribute() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Version", null);
    expect(bad, PluginError.MALFORMED_DESCRIPTOR, "Plugin-Version is missing");
  }

  @Test
  void reportsMalformedVersionWithItsLine() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Version", "one");
    expect(
        bad,
        PluginError.MALFORMED_DESCRIPTOR,
        "Plugin-Version (META-INF/MANIFEST.MF line 3) is 'one'",
        "1.2.0");
  }

  @Test
  void reportsMalformedRange() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Requires", ">=1.0.0 and up");
    expect(bad, PluginError.MALFORMED_DESCRIPTOR, "Plugin-Requires", "'>=1.0.0 and up'", "range");
  }

  @Test
  void reportsMalformedId() throws IOException {
    expect(
        PluginJar.good("../bad", "words"),
        PluginError.MALFORMED_DESCRIPTOR,
        "Plugin-Id",
        "'../bad'");
  }

  @Test
  void reportsMalformedDependencies() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Dependencies", "good@, ,x");
    expect(bad, PluginError.MALFORMED_DESCRIPTOR, "Plugin-Dependencies", "'good@'");
  }

  @Test
  void reportsBrokenManifestLine() throws IOException {
    byte[] manifest =
        "Manifest-Version: 1.0\r\nPlugin-Id bad\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    PluginJar bad = PluginJar.good("bad", "words").entry("META-INF/MANIFEST.MF", manifest);
    expect(bad, PluginError.MALFORMED_DESCRIPTOR, "META-INF/MANIFEST.MF", "line 2");
  }

  @Test
  void reportsUnsupportedPluginClass() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Class", "demo.M");
    expect(bad, PluginError.MALFORMED_DESCRIPTOR, "Plugin-Class", "META-INF/services");
  }

  @Test
  void reportsIncompatibleSpi() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Requires", ">=2.0.0");
    expect(bad, PluginError.INCOMPATIBLE_SPI, ">=2.0.0", "SPI " + PluginScanner.spiVersion());
  }

  @Test
  void reportsMissingDependency() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Dependencies", "other@^3.0.0");
    expect(bad, PluginError.UNMET_DEPENDENCY, "other ^3.0.0", "missing");
  }

  @Test
  void reportsDependencyOfWrongVersion() throws IOException {
    PluginJar bad = PluginJar.good("bad", "words").attribute("Plugin-Dependencies", "good@>=2.0.0");
    expect(bad, PluginError.UNMET_DEPENDENCY, "good >=2.0.0", "1.2.0");
  }

  @Test
  void reportsDependencyThatFailsToStart() throws IOException {
    PluginJar.of("broken")
        .modality("M", "broken", "public M() { throw new IllegalStateException(); }")
        .in(folder, "b.jar");
    PluginJar.good("user", "words").attribute("Plugin-Dependencies", "broken").in(folder, "c.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      assertThat(catalog.load(Map.of()).problems())
          .extracting(PluginProblem::code)
          .containsExactly(PluginError.CONSTRUCTOR_FAILED, PluginError.UNMET_DEPENDENCY);
    }
  }

  @Test
  void reportsCircle() throws IOException {
    PluginJar.good("x", "x").attribute("Plugin-Dependencies", "y").in(folder, "x.jar");
    PluginJar.good("y", "y").attribute("Plugin-Dependencies", "x").in(folder, "y.jar");
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      assertThat(catalog.problems()).hasSize(2);
      assertThat(catalog.problems())
          .allSatisfy(problem -> assertThat(problem.message()).contains("circle"));
    }
  }

  @Test
  void reportsDuplicateIdAndKeepsTheFirst() throws IOException {
    expect(PluginJar.good("good", "words"), PluginError.DUPLICATE_PLUGIN, "id good", "a-good.jar");
  }

  @Test
  void reportsDuplicateModality() throws IOException {
    expect(
        PluginJar.good("bad", "good_words"),
        PluginError.DUPLICATE_MODALITY,
        "'good_words'",
        "plugin good");
  }

  @Test
  void reportsDuplicateModalityWithinOnePlugin() throws IOException {
    PluginJar bad = PluginJar.good("bad", "same").modality("N", "same", "");
    expect(bad, PluginError.DUPLICATE_MODALITY, "'same'", "plugin bad");
  }

  @Test
  void reportsDuplicateLoss() throws IOException {
    expect(
        loss("bad", "twice").service("org.anymod.spi.Loss", "demo.L2"),
        PluginError.DUPLICATE_LOSS,
        "'twice'");
  }

  @Test
  void reportsMalformedLossName() throws IOException {
    expect(loss("bad", "Not a name"), PluginError.CONTRADICTION, "'Not a name'");
  }

  private static PluginJar loss(String id, String name) {
    PluginJar jar = PluginJar.of(id).service("org.anymod.spi.Loss", "demo.L1");
    for (String type : new String[] {"L1", "L2"}) {
      jar.source(
          "demo." + type,
          "package demo; import ai.djl.ndarray.NDArray; public class "
              + type
              + " implements org.anymod.spi.Loss {"
              + " public String name() { return \""
              + name
              + "\"; }"
              + " public NDArray evaluate(NDArray p, NDArray t) { return p.sub(t).abs().mean(); } }");
    }
    return jar;
  }

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

  @Test
  void reportsSettingOfUnsupportedType() throws IOException {
    expect(
        configured("bad", "s", "Thread x", ""),
        PluginError.BROKEN_SETTINGS,
        "component x",
        "java.lang.Thread");
  }

  @Test
  void reportsDefaultThatDoesNotFit() throws IOException {
    expect(
        configured("bad", "s", "int x", "defaultValue = \"many\""),
        PluginError.BROKEN_SETTINGS,
        "'many'",
        "x");
  }

  @Test
  void reportsMalformedSectionName() throws IOException {
    expect(
        configured("bad", "Not this", "int x", "defaultValue = \"1\""),
        PluginError.BROKEN_SETTINGS,
        "'Not this'");
  }

  @Test
  void reportsRequiredSettingsThatNoRecipeGives() throws IOException {
    expect(
        configured("bad", "threshold", "int x", ""),
        PluginError.MISSING_SETTINGS,
        "plugins.threshold");
  }

  @Test
  void reportsSectionOfAnotherPlugin() throws IOException {
    configured("first", "s", "int x", "defaultValue = \"1\"").in(folder, "b.jar");
    configured("second", "s", "int x", "defaultValue = \"1\"").in(folder, "c.jar");
    PluginProblem problem = onlyProblem();
    assertThat(problem.code()).isEqualTo(PluginError.DUPLICATE_SETTINGS);
    assertThat(problem.message()).contains("'s'", "plugin first");
  }

  private static String settings(String section, String component, String more) {
    String setting = more.isEmpty() ? "value = \"x\"" : "value = \"x\", " + more;
    return "@ConfigSection(\""
        + section
        + "\") public record S(@Setting("
        + setting
        + ") "
        + component
        + ") {}\n";
  }

  private static PluginJar configured(String id, String section, String component, String more) {
    String body = settings(section, component, more) + "@jakarta.inject.Inject public M(S s) {}";
    return PluginJar.of(id).modality("M", id + "_words", body);
  }

  @Test
  void reportsMalformedModalityName() throws IOException {
    expect(
        PluginJar.good("bad", "Words@224"),
        PluginError.CONTRADICTION,
        "name()",
        "'Words@224'",
        "lower-case");
  }

  @Test
  void reportsKeyOtherThanRequested() throws IOException {
    contradiction(
        "public Declaration declare(DeclarationRequest r) {"
            + " return Declaration.inputAndOutput(\"mine\", new Kind.TextSequence(1, 1)); }",
        "'mine'",
        "requested");
  }

  @Test
  void reportsRepresentationThatDoesNotFitTheKind() throws IOException {
    contradiction(
        "public Declaration declare(DeclarationRequest r) { return Declaration.inputAndOutput(r.key(), r.tokenGrid(8)); }",
        "TokenGrid",
        "TokenizerFactory",
        "TextForm");
  }

  @Test
  void reportsValuesThatDoNotFitTheKind() throws IOException {
    contradiction(
        "public ValueSpec value() { return new ValueSpec.RasterSpec(3, 0, 1); }",
        "TextSequence",
        "RasterSpec");
  }

  @Test
  void reportsPixelChannelsThatDisagree() throws IOException {
    contradiction(
        "public ValueSpec value() { return new ValueSpec.RasterSpec(1, 0, 1); }"
            + "public Representation representation() { return PixelScaling.IMAGENET; }"
            + "public Declaration declare(DeclarationRequest r) {"
            + " return Declaration.inputOnly(r.key(), new Kind.PixelPatches(3, r.resolution(), r.resolution(), r.patch())); }",
        "3 channels",
        "has 1");
  }

  @Test
  void reportsVectorWidthsThatDisagree() throws IOException {
    contradiction(
        "public ValueSpec value() { return new ValueSpec.VectorsSpec(8, 4, -1, 1); }"
            + "public Representation representation() { return (VectorForm) value -> (Value.Vectors) value; }"
            + "public Declaration declare(DeclarationRequest r) {"
            + " return Declaration.inputOnly(r.key(), new Kind.EmbeddingSequence(16, 4)); }",
        "width 16",
        "width 8");
  }

  @Test
  void reportsOutputRoleOfInputOnlyKind() throws IOException {
    contradiction(
        "public Declaration declare(DeclarationRequest r) {"
            + " return Declaration.inputAndOutput(r.key(), new Kind.PixelPatches(3, 224, 224, 16)); }",
        "PixelPatches can only be an input");
  }

  @Test
  void reportsDeclareThatThrows() throws IOException {
    contradiction(
        "public Declaration declare(DeclarationRequest r) { throw new IllegalArgumentException(\"not today\"); }",
        "declare(words, resolution 224, patch 16)",
        "not today");
  }

  @Test
  void reportsMissingParts() throws IOException {
    contradiction("public Codec codec() { return null; }", "codec() gives null");
  }

  @Test
  void reportsExtensionWithDot() throws IOException {
    contradiction(
        "public Codec codec() { Codec plain = super.codec(); return new Codec() {"
            + " public List<String> extensions() { return List.of(\".TXT\"); }"
            + " public Value decode(byte[] b) throws InvalidDataException { return plain.decode(b); }"
            + " public byte[] encode(Value v) { return plain.encode(v); } }; }",
        "'.TXT'");
  }

  private void contradiction(String body, String... parts) throws IOException {
    expect(PluginJar.of("bad").modality("M", "words", body), PluginError.CONTRADICTION, parts);
  }

  @Test
  void reportsStrayFilesByNameWithoutHarm() throws IOException {
    Files.writeString(folder.resolve("README.txt"), "hello");
    PluginProblem problem = onlyProblem();
    assertThat(problem.code()).isEqualTo(PluginError.STRAY_FILE);
    assertThat(problem.code().isHarmless()).isTrue();
    assertThat(problem.file().getFileName()).hasToString("README.txt");
  }

  @Test
  void reportsStrayFolderByName() throws IOException {
    Files.createDirectories(folder.resolve("old").resolve("stuff"));
    assertThat(onlyProblem().file().getFileName()).hasToString("old");
  }

  @Test
  void reportsMissingPluginsFolder() {
    Path missing = folder.resolve("nowhere");
    try (PluginCatalog catalog = PluginScanner.scan(missing)) {
      assertThat(catalog.problems())
          .extracting(PluginProblem::code)
          .containsExactly(PluginError.FOLDER_MISSING);
      assertThat(catalog.problems().get(0).file()).isEqualTo(missing);
    }
  }

  @Test
  void refusesZipThatLeavesItsFolder() throws IOException {
    byte[] jar = PluginJar.good("bad", "words").bytes();
    Files.write(folder.resolve("bad.zip"), PluginJar.zip(Map.of("../lib/x.jar", jar)));
    PluginProblem problem = onlyProblem();
    assertThat(problem.code()).isEqualTo(PluginError.CORRUPT_ARCHIVE);
    assertThat(problem.message()).contains("'../lib/x.jar'", "leaves the folder");
  }
}
