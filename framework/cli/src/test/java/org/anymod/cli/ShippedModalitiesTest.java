package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.model.ModelInventory;
import org.anymod.core.model.ModelModality;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.AnymodHost;
import org.anymod.host.plugins.LoadedModality;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.plugins.PluginInfo;
import org.anymod.host.recipe.BoundRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The named modality sets with the plugins of this build, against the published models. */
class ShippedModalitiesTest {
  private static final Path EXAMPLES = Path.of("../../examples").toAbsolutePath().normalize();
  private static final Path INVENTORY =
      Path.of("../core/src/test/resources/fm/fm_base_inventory.json");
  private static final int TEXT = 30000;

  @TempDir static Path folder;

  private static AnymodHost host;

  @BeforeAll
  static void open() throws IOException {
    host = AnymodHost.open(ShippedPlugins.in(folder));
  }

  @AfterAll
  static void close() {
    host.close();
  }

  private static Recipe recipe(String set) throws IOException {
    String text =
        """
        name: test
        output: out
        modality_set: %s
        data: {root: data}
        tokenizers: {}
        model: {preset: base_12e_12d_swiglu_nobias, tied_heads: false}
        masking: {mixture: [{}]}
        """
            .formatted(EXAMPLES.resolve("modalities").resolve(set + ".yaml"));
    Path file = Files.writeString(folder.resolve(set + ".yaml"), text);
    return host.read(file, List.of()).recipe();
  }

  private static List<Modality> loaded(Path recipe) {
    BoundRecipe<Recipe> bound = host.read(recipe, List.of());
    LoadedPlugins plugins = host.load(bound);
    assertThat(plugins.problems()).isEmpty();
    return plugins.modalities().stream().map(LoadedModality::modality).toList();
  }

  private static ModalitySet set(String name) throws IOException {
    Recipe recipe = recipe(name);
    return ModalitySet.of(recipe, loaded(folder.resolve(name + ".yaml")));
  }

  private static String line(UsedModality modality) {
    Declaration declaration = modality.declaration();
    String roles = (declaration.isInput() ? "in" : "") + (declaration.isOutput() ? "out" : "");
    return modality.key() + " " + roles + " " + declaration.id() + " " + text(declaration.kind());
  }

  private static String text(Kind kind) {
    if (kind instanceof Kind.TokenGrid grid) {
      String places = grid.positions() == Kind.Positions.LEARNED ? " learned" : "";
      return grid.rows() + "x" + grid.columns() + "/" + grid.vocabulary() + places;
    } else if (kind instanceof Kind.TextSequence sequence) {
      return sequence.maxTokens() + "/" + sequence.maxLength();
    } else if (kind instanceof Kind.PixelPatches pixels) {
      return pixels.channels()
          + "x"
          + pixels.height()
          + "x"
          + pixels.width()
          + "/"
          + pixels.patch();
    }
    return kind.toString();
  }

  @Test
  void setOfTwentyOneIsThePublishedOne() throws IOException {
    assertThat(set("4m-21").all())
        .extracting(ShippedModalitiesTest::line)
        .containsExactly(
            "caption inout 32652 256/256",
            "color_palette inout 12967 23/23",
            "det inout 30982 256/256",
            "human_poses inout 30584 275/263",
            "metadata inout 1951 40/40",
            "rgb@224 in 20716 3x224x224/16",
            "sam_instance inout 1938 290/290",
            "t5_caption in 28551 EmbeddingSequence[dim=4096, maxTokens=77]",
            "tok_canny_edge@224 inout 12520 14x14/8192",
            "tok_clip@224 inout 11422 14x14/8192",
            "tok_depth@224 inout 20063 14x14/8192",
            "tok_dinov2@224 inout 26275 16x16/8192",
            "tok_dinov2_global inout 29172 4x4/8192 learned",
            "tok_imagebind@224 inout 6200 16x16/8192",
            "tok_imagebind_global inout 12099 4x4/8192 learned",
            "tok_normal@224 inout 16656 14x14/8192",
            "tok_rgb@224 inout 11606 14x14/16384",
            "tok_sam_edge@224 inout 7842 14x14/8192",
            "tok_semseg@224 inout 12515 14x14/4096");
  }

  @Test
  void setsOfSevenAreThePublishedOnes() throws IOException {
    assertThat(set("4m-7").all())
        .extracting(ShippedModalitiesTest::line)
        .containsExactly(
            "caption inout 32652 256/256",
            "det inout 30982 256/256",
            "rgb@224 in 20716 3x224x224/16",
            "tok_clip@224 inout 11422 14x14/8192",
            "tok_depth@224 inout 20063 14x14/8192",
            "tok_normal@224 inout 16656 14x14/8192",
            "tok_rgb@224 inout 11606 14x14/16384",
            "tok_semseg@224 inout 12515 14x14/4096");
    List<UsedModality> large = set("4m-7-sr").all();
    assertThat(large).hasSize(14).allMatch(m -> m.declaration().isInput() || isOutput(m));
    assertThat(large.stream().filter(ShippedModalitiesTest::isOutput))
        .extracting(ShippedModalitiesTest::line)
        .containsExactly(
            "tok_clip@448 inout 3585 28x28/8192",
            "tok_depth@448 inout 11499 28x28/8192",
            "tok_normal@448 inout 32321 28x28/8192",
            "tok_rgb@448 inout 1057 28x28/16384",
            "tok_semseg@448 inout 10291 28x28/4096");
  }

  private static boolean isOutput(UsedModality modality) {
    return modality.declaration().isOutput();
  }

  @Test
  void toySetHasThePublishedNames() throws IOException {
    ModalitySet toy = set("toy-21");
    assertThat(toy.all().stream().map(m -> m.modality().name()))
        .containsExactlyElementsOf(
            set("4m-21").all().stream().map(m -> m.modality().name()).toList());
    assertThat(toy.stored()).hasSize(20);
    assertThat(toy.stored().get(19).modelKey()).isEqualTo("caption");
  }

  @Test
  void modelOfTwentyOneHasThePublishedTensors() throws IOException {
    Recipe recipe = recipe("4m-21");
    List<ModelModality> rows = new ArrayList<>();
    for (UsedModality modality : set("4m-21").all()) {
      Kind kind = modality.declaration().kind();
      int vocabulary =
          kind instanceof Kind.TokenGrid grid
              ? grid.vocabulary()
              : kind instanceof Kind.TextSequence ? TEXT : 0;
      rows.add(new ModelModality(modality.declaration(), vocabulary));
    }
    Map<String, String> own = new TreeMap<>();
    ModelInventory.of(recipe.model(), rows)
        .tensors()
        .forEach(tensor -> own.put(tensor.name(), tensor.shape().toString()));
    Map<String, String> published = new TreeMap<>();
    JsonNode shapes = new ObjectMapper().readTree(INVENTORY.toFile()).get("shapes");
    shapes.properties().forEach(entry -> published.put(entry.getKey(), shape(entry.getValue())));
    assertThat(own).isEqualTo(published);
  }

  private static String shape(JsonNode numbers) {
    long[] shape = new long[numbers.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = numbers.get(i).asLong();
    }
    return new Shape(shape).toString();
  }

  @Test
  void indexNamesTheJarOfEveryModality() throws IOException {
    Properties index = new Properties();
    index.load(
        new StringReader(
            Files.readString(
                EXAMPLES.resolveSibling("distribution/conf/plugins-index.properties"))));
    Map<String, String> expected = new TreeMap<>();
    LoadedPlugins plugins = host.loadWithDefaults();
    for (LoadedModality loaded : plugins.modalities()) {
      expected.put(
          loaded.modality().name(),
          Stream.of(loaded.pluginId().split(", "))
              .map(id -> jar(plugins, id))
              .sorted()
              .reduce((a, b) -> a + " " + b)
              .orElseThrow());
    }
    Map<String, String> listed = new TreeMap<>();
    index.stringPropertyNames().forEach(name -> listed.put(name, index.getProperty(name)));
    assertThat(listed).isEqualTo(expected);
  }

  /** File of a plugin without version and extension. */
  private static String jar(LoadedPlugins plugins, String id) {
    PluginInfo info =
        plugins.plugins().stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
    return info.file().getFileName().toString().replaceFirst("(-\\d[^/]*)?\\.jar$", "");
  }
}
