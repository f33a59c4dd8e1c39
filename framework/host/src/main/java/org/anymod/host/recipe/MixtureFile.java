package org.anymod.host.recipe;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a masking mixture in the published layout (arXiv 2406.09406, the released mixture files)
 * and puts it into a recipe as its {@code masking.mixture}, before the recipe is bound: so all its
 * numbers are checked as if they stood in the recipe, and mistakes are reported with their place in
 * the file.
 *
 * <p>A file maps model keys to {@code input_alphas}, {@code target_alphas} and, for sequences,
 * {@code keep}: lists with one element for each component, which are drawn equally often. With
 * other weights, {@code sampling_weights} lists them and the mapping stands under {@code
 * alphas_mixture}. Keys that the recipe does not have are ignored; each of the recipe's must be
 * there, as itself or, where only one such entry is, at another resolution.
 */
final class MixtureFile {
  private static final String MASKING = "masking";
  private static final String FILE = "mixture_file";
  private static final String FULL = "masking.mixture_file";
  private static final String WEIGHTS = "sampling_weights";
  private static final String ALPHAS = "alphas_mixture";
  private static final List<String> LISTS = List.of("input_alphas", "target_alphas", "keep");
  private static final List<String> SETTINGS = List.of("input", "target", "keep");

  private final Tree.Entry reference;
  private final Problems problems;

  private MixtureFile(Tree.Entry reference, Problems problems) {
    this.reference = reference;
    this.problems = problems;
  }

  /** Returns whether a recipe names a file. */
  static boolean isNamed(Tree.Mapping recipe) {
    return value(recipe, MASKING) instanceof Tree.Mapping masking
        && masking.entries().containsKey(FILE);
  }

  /**
   * Returns the recipe with the mixture of its file; the same recipe if it names none.
   *
   * @param keys the model keys that the mixture must have
   */
  static Tree expand(Tree recipe, String recipeName, List<String> keys, Problems problems) {
    if (!(recipe instanceof Tree.Mapping root)
        || !(value(root, MASKING) instanceof Tree.Mapping masking)
        || !(value(masking, FILE) instanceof Tree.Scalar named)
        || named.form() == Tree.Form.NULL) {
      return recipe;
    }
    Tree.Entry reference = masking.entries().get(FILE);
    if (masking.entries().containsKey("mixture")) {
      problems.add(reference.keyAt(), FULL, "found beside masking.mixture", "one of them");
      return recipe;
    }
    MixtureFile file = new MixtureFile(reference, problems);
    List<Tree> components = new ArrayList<>();
    NamedFile.read(named, FULL, recipeName, problems)
        .ifPresent(m -> components.addAll(file.components(m, keys)));
    if (components.isEmpty()) {
      // What is wrong is reported; an empty mixture on top of it would only distract.
      components.add(new Tree.Mapping(named.at(), Map.of()));
    }
    Tree.Sequence mixture = new Tree.Sequence(named.at(), components);
    Tree.Mapping filled =
        masking.without(FILE).with("mixture", new Tree.Entry(reference.keyAt(), mixture));
    return root.with(MASKING, new Tree.Entry(root.entries().get(MASKING).keyAt(), filled));
  }

  private List<Tree> components(Tree.Mapping file, List<String> keys) {
    boolean weighed = file.entries().containsKey(WEIGHTS);
    if (weighed != file.entries().containsKey(ALPHAS)) {
      problems.add(
          file.at(),
          weighed ? WEIGHTS : ALPHAS,
          "found without " + (weighed ? ALPHAS : WEIGHTS),
          "both or none");
      return List.of();
    }
    Tree inner = weighed ? value(file, ALPHAS) : file;
    if (!(inner instanceof Tree.Mapping alphas)) {
      problems.add(inner.at(), ALPHAS, "found " + inner.found(), "a mapping of model keys");
      return List.of();
    }
    Map<String, Tree.Mapping> found = new LinkedHashMap<>();
    for (String key : keys) {
      entry(alphas, key).ifPresent(mapping -> found.put(key, mapping));
    }
    int count = count(weighed ? value(file, WEIGHTS) : null, found);
    List<Tree> components = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      components.add(component(file, weighed, found, k));
    }
    return components;
  }

  private Optional<Tree.Mapping> entry(Tree.Mapping alphas, String key) {
    String name = name(key);
    List<String> same =
        alphas.entries().containsKey(key)
            ? List.of(key)
            : alphas.entries().keySet().stream().filter(k -> name(k).equals(name)).toList();
    if (same.size() != 1) {
      problems.add(
          reference.value().at(),
          FULL,
          "found "
              + (same.isEmpty() ? "no entry" : "the entries " + same)
              + " for '"
              + key
              + "' in "
              + alphas.at().file(),
          "one for each of the recipe's modalities; the file has "
              + String.join(", ", alphas.entries().keySet()));
      return Optional.empty();
    }
    Tree value = value(alphas, same.get(0));
    if (value instanceof Tree.Mapping mapping) {
      return Optional.of(mapping);
    }
    problems.add(value.at(), same.get(0), "found " + value.found(), "a mapping with " + LISTS);
    return Optional.empty();
  }

  private static String name(String key) {
    int at = key.indexOf('@');
    return at < 0 ? key : key.substring(0, at);
  }

  /** Number of components, which all lists must agree upon; 0 if they do not. */
  private int count(Tree weights, Map<String, Tree.Mapping> found) {
    Map<Tree.Entry, String> lists = new LinkedHashMap<>();
    found.forEach(
        (key, mapping) -> {
          mapping
              .entries()
              .forEach(
                  (name, entry) -> {
                    if (LISTS.contains(name)) {
                      lists.put(entry, Keys.join(key, name));
                    } else {
                      problems.unknown(
                          entry.keyAt(), Keys.join(key, name), "unknown key", name, LISTS);
                    }
                  });
          for (String name : LISTS.subList(0, 2)) {
            if (!mapping.entries().containsKey(name)) {
              problems.add(mapping.at(), Keys.join(key, name), "missing", "a list of numbers");
            }
          }
        });
    if (weights != null) {
      lists.put(new Tree.Entry(weights.at(), weights), WEIGHTS);
    }
    int count = -1;
    boolean agree = true;
    for (Map.Entry<Tree.Entry, String> list : lists.entrySet()) {
      Tree value = list.getKey().value();
      if (!(value instanceof Tree.Sequence sequence) || sequence.items().isEmpty()) {
        problems.add(
            value.at(),
            list.getValue(),
            "found " + value.found(),
            "a list with an element for each component");
        agree = false;
        continue;
      }
      int size = sequence.items().size();
      count = count < 0 ? size : count;
      if (size != count) {
        problems.add(
            value.at(),
            list.getValue(),
            "found " + size + " elements",
            count + ", as in the lists before");
        agree = false;
      }
    }
    return agree ? Math.max(0, count) : 0;
  }

  private static Tree.Mapping component(
      Tree.Mapping file, boolean weighed, Map<String, Tree.Mapping> found, int k) {
    Map<String, Tree.Entry> component = new LinkedHashMap<>();
    if (weighed) {
      Tree weight = ((Tree.Sequence) value(file, WEIGHTS)).items().get(k);
      component.put("weight", new Tree.Entry(weight.at(), weight));
    }
    for (int i = 0; i < LISTS.size(); i++) {
      Map<String, Tree.Entry> values = new LinkedHashMap<>();
      String list = LISTS.get(i);
      found.forEach(
          (key, mapping) -> {
            if (value(mapping, list) instanceof Tree.Sequence sequence) {
              Tree item = sequence.items().get(k);
              values.put(key, new Tree.Entry(item.at(), item));
            }
          });
      component.put(
          SETTINGS.get(i), new Tree.Entry(file.at(), new Tree.Mapping(file.at(), values)));
    }
    return new Tree.Mapping(file.at(), component);
  }

  private static Tree value(Tree.Mapping mapping, String key) {
    Tree.Entry entry = mapping.entries().get(key);
    return entry == null ? null : entry.value();
  }
}
