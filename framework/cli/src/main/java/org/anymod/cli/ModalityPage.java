package org.anymod.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.anymod.core.recipe.Recipe;
import org.anymod.host.AnymodHost;
import org.anymod.host.plugins.LoadedModality;
import org.anymod.host.plugins.LoadedPlugins;
import org.anymod.host.plugins.PluginInfo;
import org.anymod.host.recipe.RecipeSchema;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.TextForm;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.ValueSpec;

/**
 * What a modality declares, for people: with default settings, at 224 pixels and patches of 16.
 *
 * @param name name of the modality
 * @param plugin plugin that brings it, or plugins that contribute to it
 * @param about the plugin's own description
 * @param facts what it declares, by what is told
 * @param settings its plugin's settings in a recipe
 */
record ModalityPage(
    String name,
    String plugin,
    String about,
    Map<String, String> facts,
    List<RecipeSchema.Entry> settings) {

  /** Describes all modalities of a host, in the order of their names. */
  static List<ModalityPage> of(AnymodHost host) {
    LoadedPlugins loaded = host.loadWithDefaults();
    List<RecipeSchema.Entry> schema = RecipeSchema.of(Recipe.class, host.catalog());
    List<ModalityPage> pages = new ArrayList<>();
    for (LoadedModality modality : loaded.modalities()) {
      pages.add(page(modality, loaded, schema));
    }
    pages.sort((a, b) -> a.name().compareTo(b.name()));
    return pages;
  }

  private static ModalityPage page(
      LoadedModality loaded, LoadedPlugins plugins, List<RecipeSchema.Entry> schema) {
    Modality modality = loaded.modality();
    boolean joint = !loaded.jointOf().isEmpty();
    String plugin = joint ? String.join(", ", loaded.jointOf()) : loaded.pluginId();
    String about =
        joint
            ? "The groups of fields of several plugins in one sequence."
            : plugins.plugins().stream()
                .filter(info -> info.id().equals(loaded.pluginId()))
                .map(PluginInfo::description)
                .findFirst()
                .orElse("");
    String section = "plugins." + modality.source() + ".";
    List<RecipeSchema.Entry> settings =
        schema.stream().filter(entry -> entry.key().startsWith(section)).toList();
    return new ModalityPage(modality.name(), plugin, about, facts(modality), settings);
  }

  private static Map<String, String> facts(Modality modality) {
    Declaration declared =
        modality.declare(new DeclarationRequest(modality.name(), 224, 16, OptionalInt.empty()));
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kind", kind(declared.kind()));
    facts.put(
        "roles",
        String.join(
            ", ",
            declared.roles().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .sorted()
                .toList()));
    facts.put(
        "files",
        modality.source() + "/<sample>." + String.join(" or .", modality.codec().extensions()));
    facts.put("values", values(modality.value()));
    facts.put("in the model", form(modality));
    facts.put("measured by", modality.metric().name());
    if (!modality.labelers().isEmpty()) {
      facts.put(
          "computed from",
          String.join(
              ", or ",
              modality.labelers().stream()
                  .map(labeler -> String.join(" and ", labeler.from()))
                  .toList()));
    }
    modality.sharedTokenizer().ifPresent(other -> facts.put("uses the tokenizer of", other));
    modality.feeds().ifPresent(other -> facts.put("enters the model as", other));
    facts.put("follows crops", modality.followsCrop() ? "yes" : "no");
    return facts;
  }

  private static String kind(Kind kind) {
    String name = kind.getClass().getSimpleName();
    if (kind instanceof Kind.PixelPatches pixels) {
      return name + ", " + pixels.channels() + " channels, patches of " + pixels.patch();
    } else if (kind instanceof Kind.TokenGrid grid) {
      return name + ", " + kind.maxTokens() + " tokens, vocabulary " + grid.vocabulary();
    } else if (kind instanceof Kind.TokenSequence sequence) {
      return name + ", " + kind.maxTokens() + " tokens, vocabulary " + sequence.vocabulary();
    } else if (kind instanceof Kind.EmbeddingSequence vectors) {
      return name + ", " + kind.maxTokens() + " vectors of " + vectors.dim();
    }
    return name + ", at most " + kind.maxTokens() + " tokens";
  }

  private static String values(ValueSpec spec) {
    if (spec instanceof ValueSpec.RasterSpec raster) {
      return raster.channels() + " channels from " + raster.min() + " to " + raster.max();
    } else if (spec instanceof ValueSpec.ClassMapSpec map) {
      return map.labels().size() + " classes";
    } else if (spec instanceof ValueSpec.TextSpec text) {
      return "text of at most " + text.maxCharacters() + " characters";
    } else if (spec instanceof ValueSpec.VectorsSpec vectors) {
      return "at most " + vectors.maxCount() + " vectors of width " + vectors.dim();
    }
    return "a document";
  }

  private static String form(Modality modality) {
    if (modality.representation() instanceof TokenizerFactory) {
      return "codes of a trained tokenizer";
    } else if (modality.representation() instanceof TextForm form) {
      return "words of the shared vocabulary"
          + (form.coordinateBins() > 0 ? ", with coordinate words of " : "")
          + (form.coordinateBins() > 0 ? form.coordinateBins() + " bins" : "");
    }
    return modality.representation() instanceof PixelScaling ? "scaled pixels" : "vectors";
  }

  void print(PrintWriter out) {
    out.println(name + " (" + plugin + ")");
    if (!about.isEmpty()) {
      out.println("    " + about);
    }
    facts.forEach((what, how) -> out.println("    " + what + ": " + how));
    settings.forEach(setting -> out.println("    " + setting.key() + ": " + setting.description()));
    out.println();
  }

  void printMarkdown(PrintWriter out) {
    out.println();
    out.println("## " + name);
    out.println();
    out.println((about.isEmpty() ? "" : about + " ") + "Plugin: " + plugin + ".");
    out.println();
    MarkdownTable table = new MarkdownTable(out, "", "");
    facts.forEach(table::row);
    if (!settings.isEmpty()) {
      out.println();
      MarkdownTable keys = new MarkdownTable(out, "setting", "allowed", "default", "meaning");
      for (RecipeSchema.Entry setting : settings) {
        keys.row(
            MarkdownTable.code(setting.key()),
            setting.allowed(),
            MarkdownTable.code(setting.defaultValue().orElse("")),
            setting.description());
      }
    }
  }
}
