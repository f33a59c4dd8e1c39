package org.anymod.core.modality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.anymod.core.recipe.ModalityRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;

/** The modalities of a run in model order: the code point order of their keys. */
public final class ModalitySet {
  private final List<UsedModality> modalities;

  private ModalitySet(List<UsedModality> modalities) {
    this.modalities = List.copyOf(modalities);
  }

  /**
   * Matches the keys of a recipe with the loaded modalities.
   *
   * @param recipe the recipe
   * @param loaded modalities of all plugins
   * @return the set
   * @throws IllegalArgumentException listing every key that no plugin knows or that its plugin
   *     refuses
   */
  public static ModalitySet of(Recipe recipe, Collection<? extends Modality> loaded) {
    Map<String, Modality> byName = new TreeMap<>();
    loaded.forEach(modality -> byName.put(modality.name(), modality));
    List<UsedModality> used = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    new TreeMap<>(recipe.modalities())
        .forEach(
            (key, settings) -> {
              try {
                used.add(use(key, settings, recipe, byName));
              } catch (IllegalArgumentException e) {
                problems.add("modalities." + key + ": " + e.getMessage());
              }
            });
    checkTokenizers(recipe, used, problems);
    checkIds(used, problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new ModalitySet(used);
  }

  private static UsedModality use(
      String key, ModalityRecipe settings, Recipe recipe, Map<String, Modality> byName) {
    int at = key.indexOf('@');
    String name = at < 0 ? key : key.substring(0, at);
    Modality modality = byName.get(name);
    if (modality == null) {
      throw new IllegalArgumentException(
          "no loaded plugin brings a modality named '"
              + name
              + "'; loaded are "
              + String.join(", ", byName.keySet()));
    }
    int resolution = at < 0 ? recipe.resolution() : resolution(key.substring(at + 1));
    TokenizerRecipe tokenizer = recipe.tokenizers().get(key);
    OptionalInt vocabulary = tokenizer == null ? OptionalInt.empty() : tokenizer.vocabulary();
    Declaration declared =
        modality.declare(new DeclarationRequest(key, resolution, recipe.patch(), vocabulary));
    return new UsedModality(modality, restrict(declared, settings.role()), resolution);
  }

  private static int resolution(String text) {
    try {
      int value = Integer.parseInt(text);
      if (value > 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below with the same words as a number that is not positive.
    }
    throw new IllegalArgumentException(
        "resolution '" + text + "' after @ must be a positive whole number");
  }

  private static Declaration restrict(Declaration declared, String role) {
    if (role.equals("declared")) {
      return declared;
    }
    Declaration.Role wanted =
        role.equals("input") ? Declaration.Role.INPUT : Declaration.Role.OUTPUT;
    if (!declared.roles().contains(wanted)) {
      throw new IllegalArgumentException(
          "role " + role + " is not among the declared roles " + declared.roles());
    }
    return new Declaration(declared.key(), declared.kind(), Set.of(wanted));
  }

  private static void checkTokenizers(
      Recipe recipe, List<UsedModality> used, List<String> problems) {
    Set<String> keys =
        used.stream().map(UsedModality::key).collect(Collectors.toCollection(LinkedHashSet::new));
    recipe.tokenizers().keySet().stream()
        .filter(key -> !keys.contains(key) && recipe.modalities().get(key) == null)
        .forEach(key -> problems.add("tokenizers." + key + ": not among the modalities " + keys));
  }

  private static void checkIds(List<UsedModality> used, List<String> problems) {
    Map<Integer, String> ids = new TreeMap<>();
    for (UsedModality modality : used) {
      String other = ids.put(modality.declaration().id(), modality.key());
      if (other != null) {
        problems.add("keys " + other + " and " + modality.key() + " have the same id; rename one");
      }
    }
  }

  /**
   * Returns all modalities in model order.
   *
   * @return the modalities
   */
  public List<UsedModality> all() {
    return modalities;
  }

  /**
   * Returns some of these modalities, in the same order.
   *
   * @param keys model keys
   * @return the modalities with these keys
   * @throws IllegalArgumentException if there is none under one of the keys
   */
  public ModalitySet only(Collection<String> keys) {
    keys.forEach(this::indexOf);
    return new ModalitySet(modalities.stream().filter(m -> keys.contains(m.key())).toList());
  }

  /**
   * Returns a modality.
   *
   * @param key model key
   * @return the modality
   * @throws IllegalArgumentException if there is none under this key
   */
  public UsedModality get(String key) {
    return modalities.get(indexOf(key));
  }

  /**
   * Returns the place of a modality in model order.
   *
   * @param key model key
   * @return the index
   * @throws IllegalArgumentException if there is none under this key
   */
  public int indexOf(String key) {
    for (int i = 0; i < modalities.size(); i++) {
      if (modalities.get(i).key().equals(key)) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + key
            + "' is not a modality of this run; there are "
            + modalities.stream().map(UsedModality::key).collect(Collectors.joining(", ")));
  }

  /**
   * Returns the modalities with a tokenizer of their own.
   *
   * @return those that are token grids or token sequences
   */
  public List<UsedModality> tokenized() {
    return modalities.stream()
        .filter(
            m ->
                m.declaration().kind() instanceof Kind.TokenGrid
                    || m.declaration().kind() instanceof Kind.TokenSequence)
        .toList();
  }

  /**
   * Returns the sources that files are read from.
   *
   * @return source names in code point order
   */
  public List<String> sources() {
    return modalities.stream().map(UsedModality::source).distinct().sorted().toList();
  }
}
