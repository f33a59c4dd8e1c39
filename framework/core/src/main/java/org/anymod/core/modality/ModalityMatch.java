package org.anymod.core.modality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.anymod.core.recipe.ModalityRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.SourceRecipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Modality;

/** Matches the keys of a recipe with the loaded modalities and collects what does not fit. */
final class ModalityMatch {
  private final Recipe recipe;
  private final Map<String, Modality> byName = new TreeMap<>();
  private final Map<String, Named> named = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();

  /** A key of the recipe and what it names. */
  record Named(String key, Modality modality, int resolution, ModalityRecipe settings) {}

  ModalityMatch(Recipe recipe, Collection<? extends Modality> loaded) {
    this.recipe = recipe;
    loaded.forEach(modality -> byName.put(modality.name(), modality));
  }

  /**
   * Makes the set.
   *
   * @throws IllegalArgumentException listing all that does not fit
   */
  ModalitySet match() {
    new TreeMap<>(recipe.modalities())
        .forEach((key, settings) -> attempt(key, () -> named.put(key, named(key, settings))));
    recipe.data().sources().stream()
        .map(SourceRecipe::modalities)
        .flatMap(List::stream)
        .forEach(this::addFeeder);
    List<UsedModality> used = new ArrayList<>();
    named.values().forEach(n -> attempt(n.key(), () -> used.add(use(n))));
    List<UsedModality> own = used.stream().filter(m -> !m.feedsAnother()).toList();
    List<UsedModality> feeders = used.stream().filter(UsedModality::feedsAnother).toList();
    feeders.forEach(feeder -> attempt(feeder.key(), () -> FeedingCheck.check(feeder, own)));
    checkTokenizers();
    checkIds(own);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return new ModalitySet(own, feeders);
  }

  private void attempt(String key, Runnable work) {
    try {
      work.run();
    } catch (IllegalArgumentException e) {
      problems.add("modalities." + key + ": " + e.getMessage());
    }
  }

  private Named named(String key, ModalityRecipe settings) {
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
    return new Named(key, modality, resolution, settings);
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

  /** A dataset may name what feeds a modality of the recipe without the recipe naming it too. */
  private void addFeeder(String key) {
    Modality modality = byName.get(key.split("@", 2)[0]);
    if (named.containsKey(key) || modality == null || modality.feeds().isEmpty()) {
      return;
    }
    attempt(
        key,
        () -> {
          Named feeder = named(key, new ModalityRecipe("declared"));
          if (target(feeder).isPresent()) {
            named.put(key, feeder);
          }
        });
  }

  private Optional<Named> target(Named from) {
    return from.modality().feeds().flatMap(name -> sibling(from, name));
  }

  /** Finds another modality of the recipe by name, at the same resolution. */
  private Optional<Named> sibling(Named from, String name) {
    return named.values().stream()
        .filter(n -> n.modality().name().equals(name) && n.resolution() == from.resolution())
        .filter(n -> !n.key().equals(from.key()))
        .findFirst();
  }

  private UsedModality use(Named n) {
    Declaration declared = declare(n);
    Named owner = owner(n);
    Optional<TokenizerUse> tokenizer =
        TokenizerUses.of(owner, declare(owner), Optional.ofNullable(settings(owner)));
    if (owner != n && tokenizer.isPresent()) {
      TokenizerUses.checkShared(n, declared, tokenizer.get());
    }
    return new UsedModality(
        n.modality(),
        restrict(declared, n.settings().role()),
        n.resolution(),
        tokenizer,
        target(n).map(Named::key).orElse(n.key()));
  }

  /** Whose tokenizer a modality uses. */
  private Named owner(Named n) {
    return recipe.tokenizers().containsKey(n.key())
        ? n
        : n.modality().sharedTokenizer().flatMap(name -> sibling(n, name)).orElse(n);
  }

  private TokenizerRecipe settings(Named owner) {
    return recipe.tokenizers().get(owner.key());
  }

  private Declaration declare(Named n) {
    TokenizerRecipe tokenizer = settings(owner(n));
    OptionalInt vocabulary = tokenizer == null ? OptionalInt.empty() : tokenizer.vocabulary();
    int patch = n.settings().patch().orElse(recipe.patch());
    return n.modality().declare(new DeclarationRequest(n.key(), n.resolution(), patch, vocabulary));
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

  private void checkTokenizers() {
    recipe.tokenizers().keySet().stream()
        .filter(key -> !named.containsKey(key) && recipe.modalities().get(key) == null)
        .forEach(
            key ->
                problems.add("tokenizers." + key + ": not among the modalities " + named.keySet()));
  }

  private void checkIds(List<UsedModality> used) {
    Map<Integer, String> ids = new TreeMap<>();
    for (UsedModality modality : used) {
      String other = ids.put(modality.declaration().id(), modality.key());
      if (other != null) {
        problems.add("keys " + other + " and " + modality.key() + " have the same id; rename one");
      }
    }
  }
}
