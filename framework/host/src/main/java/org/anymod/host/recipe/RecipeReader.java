package org.anymod.host.recipe;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.anymod.core.recipe.Recipe;

/**
 * Reads recipes strictly: unknown keys, wrong types and impossible values are all reported
 * together, each with its place.
 *
 * <p>A recipe is a YAML mapping of the components of a record, named in snake case: {@code
 * batch_size} fills {@code batchSize}. Components are described by {@link
 * org.anymod.spi.config.Setting}. Plain scalars follow the core schema of YAML 1.2; anchors,
 * aliases and merge keys work, tags do not. The key {@code plugins} holds the sections that plugins
 * contribute; the keys of {@code modalities} must begin with names that plugins bring. A {@code
 * modality_set} adds the keys of a file to {@code modalities}, and a {@code masking.mixture_file}
 * is read into {@code masking.mixture}. Relative paths stay as they are, and a leading {@code ~/}
 * stands for the user's home.
 */
public final class RecipeReader {
  private static final String PLUGINS = "plugins";
  private static final String MODALITIES = "modalities";

  private RecipeReader() {}

  /**
   * Reads the recipe of a run.
   *
   * @param file a YAML file of at most 1 MiB
   * @param overrides {@code key=value} arguments that change settings after the file is read
   * @param plugins the sections that plugins contribute
   * @return the recipe, defaults filled in
   * @throws RecipeException if anything is wrong with file or overrides; holds all mistakes
   */
  public static BoundRecipe<Recipe> read(
      Path file, List<String> overrides, PluginSections plugins) {
    return read(Recipe.class, file, overrides, plugins);
  }

  /**
   * Reads a file of settings.
   *
   * @param type the record of the recipe
   * @param file a YAML file of at most 1 MiB
   * @param overrides {@code key=value} arguments that change settings after the file is read, such
   *     as {@code training.steps=10}; values are YAML
   * @param plugins the sections that plugins contribute
   * @param <T> the record of the recipe
   * @return the recipe, defaults filled in
   * @throws RecipeException if anything is wrong with file or overrides; holds all mistakes
   * @throws IllegalArgumentException if a record has a component that cannot be a setting or a
   *     default that does not fit
   */
  public static <T extends Record> BoundRecipe<T> read(
      Class<T> type, Path file, List<String> overrides, PluginSections plugins) {
    Problems problems = new Problems();
    Optional<String> text = RecipeText.read(file, problems);
    problems.throwIfAny();
    return read(type, file.toString(), text.orElseThrow(), overrides, plugins);
  }

  /**
   * Reads the text of a recipe.
   *
   * @param type the record of the recipe
   * @param name name of the text in error messages
   * @param text YAML
   * @param overrides {@code key=value} arguments
   * @param plugins the sections that plugins contribute
   * @param <T> the record of the recipe
   * @return the recipe, defaults filled in
   * @throws RecipeException if anything is wrong with text or overrides; holds all mistakes
   * @throws IllegalArgumentException if a record has a component that cannot be a setting or a
   *     default that does not fit
   */
  public static <T extends Record> BoundRecipe<T> read(
      Class<T> type, String name, String text, List<String> overrides, PluginSections plugins) {
    Problems problems = new Problems();
    Optional<Tree> read =
        TreeReader.read(
            text,
            mark ->
                mark == null
                    ? new Place(name, 1, 1)
                    : new Place(name, mark.getLine() + 1, mark.getColumn() + 1),
            problems);
    Tree base =
        read.map(RecipeReader::emptyAsMapping)
            .orElse(new Tree.Mapping(new Place(name, 1, 1), Map.of()));
    Tree given = ModalityFile.expand(Overrides.apply(base, overrides, problems), name, problems);
    if (read.isEmpty()) {
      problems.throwIfAny();
    }
    Map<String, Record> sections = sections(given, plugins, problems);
    Tree tree = MixtureFile.expand(given, name, modelKeys(given, plugins, sections), problems);
    checkModalities(tree, plugins, sections, problems);
    Optional<T> recipe = new Binder(problems).record(type, withoutSections(type, tree), "");
    problems.throwIfAny();
    return new BoundRecipe<>(recipe.orElseThrow(), sections);
  }

  /**
   * Returns the settings of plugins where no recipe says anything.
   *
   * @param plugins the sections that plugins contribute
   * @return a record for each section without required settings
   */
  public static Map<String, Record> defaults(PluginSections plugins) {
    return sections(
        new Tree.Mapping(new Place("defaults", 1, 1), Map.of()), plugins, new Problems());
  }

  private static Tree emptyAsMapping(Tree tree) {
    boolean empty = tree instanceof Tree.Scalar scalar && scalar.form() == Tree.Form.NULL;
    return empty ? new Tree.Mapping(tree.at(), Map.of()) : tree;
  }

  /** A recipe may have a component of that name to keep the sections as they are written. */
  private static Tree withoutSections(Class<? extends Record> type, Tree tree) {
    boolean wanted = SettingRule.of(type).stream().anyMatch(rule -> rule.key().equals(PLUGINS));
    return !wanted && tree instanceof Tree.Mapping mapping ? mapping.without(PLUGINS) : tree;
  }

  private static Map<String, Record> sections(
      Tree tree, PluginSections plugins, Problems problems) {
    Map<String, Tree.Entry> given = given(tree, problems);
    Map<String, Class<? extends Record>> known = plugins.sections();
    given.forEach(
        (name, entry) -> {
          if (!known.containsKey(name)) {
            String found = "unknown section, no loaded plugin has it";
            problems.unknown(entry.keyAt(), Keys.join(PLUGINS, name), found, name, known.keySet());
          }
        });
    Map<String, Record> sections = new LinkedHashMap<>();
    known.forEach(
        (name, type) -> {
          Tree.Entry entry = given.get(name);
          // A plugin that nobody configures must not spoil the recipe, so its missing settings are
          // its own affair.
          Problems receiver = entry == null ? new Problems() : problems;
          Tree section = entry == null ? new Tree.Mapping(tree.at(), Map.of()) : entry.value();
          new Binder(receiver)
              .record(type, section, Keys.join(PLUGINS, name))
              .ifPresent(bound -> sections.put(name, bound));
        });
    return sections;
  }

  /** Keys under {@code modalities}, without those that feed another of them. */
  private static List<String> modelKeys(
      Tree tree, PluginSections plugins, Map<String, Record> sections) {
    Set<String> keys =
        tree instanceof Tree.Mapping root
                && root.entries().containsKey(MODALITIES)
                && root.entries().get(MODALITIES).value() instanceof Tree.Mapping used
            ? used.entries().keySet()
            : Set.of();
    boolean mixed = tree instanceof Tree.Mapping root && MixtureFile.isNamed(root);
    if (!mixed || keys.isEmpty()) {
      return List.copyOf(keys);
    }
    Map<String, String> feeding = plugins.feeding(sections);
    Set<String> names = keys.stream().map(RecipeReader::nameOf).collect(Collectors.toSet());
    return keys.stream().filter(key -> !names.contains(feeding.get(nameOf(key)))).toList();
  }

  private static String nameOf(String key) {
    return key.split("@", 2)[0];
  }

  /** The part before {@code @} of each key under {@code modalities} is the name of a modality. */
  private static void checkModalities(
      Tree tree, PluginSections plugins, Map<String, Record> sections, Problems problems) {
    if (tree instanceof Tree.Mapping root
        && root.entries().containsKey(MODALITIES)
        && root.entries().get(MODALITIES).value() instanceof Tree.Mapping used) {
      plugins
          .modalities(sections)
          .ifPresent(
              known ->
                  used.entries()
                      .forEach(
                          (key, entry) -> {
                            String name = nameOf(key);
                            if (!known.contains(name)) {
                              String where =
                                  plugins.whereToFind(name).map(hint -> ", " + hint).orElse("");
                              problems.unknown(
                                  entry.keyAt(),
                                  Keys.join(MODALITIES, key),
                                  "no plugin brings the modality '" + name + "'" + where,
                                  name,
                                  known);
                            }
                          }));
    }
  }

  private static Map<String, Tree.Entry> given(Tree tree, Problems problems) {
    if (!(tree instanceof Tree.Mapping root) || !root.entries().containsKey(PLUGINS)) {
      return Map.of();
    }
    Tree value = root.entries().get(PLUGINS).value();
    if (value instanceof Tree.Mapping mapping) {
      return mapping.entries();
    }
    problems.add(
        value.at(), PLUGINS, "found " + value.found(), "a mapping with a section for each plugin");
    return Map.of();
  }
}
