package org.anymod.host.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anymod.host.recipe.RecipeReader;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldSequencesTest {
  @TempDir Path folder;

  /** A modality that contributes one field. */
  private static PluginJar contributor(String id, String modality, int field, String name) {
    return PluginJar.of(id)
        .modality(
            "M",
            modality,
            "public Optional<FieldGroup> fieldGroup() { return Optional.of(new FieldGroup(\"facts\", 5,"
                + " List.of(new Field("
                + field
                + ", \""
                + name
                + "\", new Bins.Count())), List.of())); }");
  }

  private LoadedPlugins load() {
    try (PluginCatalog catalog = PluginScanner.scan(folder)) {
      return catalog.load(RecipeReader.defaults(catalog));
    }
  }

  @Test
  void joinsTheGroupsOfAllPlugins() throws Exception {
    contributor("one", "first", 0, "width").in(folder, "1.jar");
    contributor("two", "second", 4, "height").in(folder, "2.jar");
    contributor("three", "third", 2, "people").in(folder, "3.jar");
    LoadedPlugins three = load();
    assertThat(three.problems()).isEmpty();
    assertThat(three.modalities())
        .extracting(m -> m.modality().name())
        .containsExactly("first", "second", "third", "facts");
    LoadedModality joint = three.modalities().get(3);
    assertThat(joint.jointOf()).containsExactly("first", "second", "third");
    assertThat(joint.pluginId()).isEqualTo("one, two, three");
    assertThat(length(joint.modality())).isEqualTo(15);

    // A fourth one that is only dropped in.
    contributor("four", "fourth", 9, "mood").in(folder, "4.jar");
    Modality four = load().modality("facts");
    assertThat(length(four)).isEqualTo(20);
    String file = "{\"height\": 3, \"mood\": 7}";
    Value value = four.codec().decode(file.getBytes(StandardCharsets.UTF_8));
    assertThat(((Value.Structured) value).tree()).isEqualTo(Map.of("height", 3L, "mood", 7L));
  }

  private static int length(Modality modality) {
    DeclarationRequest request =
        new DeclarationRequest(modality.name(), 224, 16, java.util.OptionalInt.empty());
    Declaration declaration = modality.declare(request);
    return ((Kind.TextSequence) declaration.kind()).maxTokens();
  }

  @Test
  void refusesTheLaterOfTwoPluginsWithTheSameField() throws IOException {
    contributor("one", "first", 0, "width").in(folder, "1.jar");
    contributor("two", "second", 0, "height").in(folder, "2.jar");
    contributor("three", "third", 1, "width").in(folder, "3.jar");
    LoadedPlugins loaded = load();
    assertThat(loaded.modalities())
        .extracting(m -> m.modality().name())
        .containsExactly("first", "facts");
    assertThat(loaded.problems())
        .extracting(PluginProblem::code)
        .containsExactly(PluginError.DUPLICATE_FIELD, PluginError.DUPLICATE_FIELD);
    assertThat(loaded.problems().get(0).text())
        .contains("(two)")
        .contains(
            "contributes field 0 'height' to 'facts', which has field 0 'width' of plugin one");
    assertThat(loaded.problems().get(1).text()).contains("field 1 'width'");
  }

  @Test
  void aSequenceAndAModalityCannotHaveTheSameName() throws IOException {
    PluginJar.good("owner", "facts").in(folder, "0.jar");
    contributor("one", "first", 0, "width").in(folder, "1.jar");
    assertThat(problem()).contains("contributes fields to 'facts', but a modality has that name");
  }

  @Test
  void aLaterModalityCannotTakeTheNameOfASequence() throws IOException {
    contributor("one", "first", 0, "width").in(folder, "1.jar");
    PluginJar.good("owner", "facts").in(folder, "2.jar");
    assertThat(problem()).contains("brings the modality 'facts', which plugin one already brings");
  }

  private String problem() {
    List<PluginProblem> problems = load().problems();
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).code()).isEqualTo(PluginError.DUPLICATE_MODALITY);
    return problems.get(0).text();
  }
}
