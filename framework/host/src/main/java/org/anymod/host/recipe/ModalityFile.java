package org.anymod.host.recipe;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a named set of modalities and puts it into the recipe that names it, before the recipe is
 * bound. A file is a mapping of {@code modalities} and, where it wants, {@code resolution} and
 * {@code patch}. What the recipe says itself stands: its own keys come on top of those of the file,
 * and replace them where they are the same.
 */
final class ModalityFile {
  private static final String KEY = "modality_set";
  private static final String MODALITIES = "modalities";
  private static final List<String> KEYS = List.of(MODALITIES, "resolution", "patch");

  private ModalityFile() {}

  /** Returns the recipe with the set of its file; the same recipe if it names none. */
  static Tree expand(Tree recipe, String recipeName, Problems problems) {
    if (!(recipe instanceof Tree.Mapping root)
        || !root.entries().containsKey(KEY)
        || !(root.entries().get(KEY).value() instanceof Tree.Scalar named)
        || named.form() == Tree.Form.NULL) {
      return recipe;
    }
    Tree.Mapping result = root.without(KEY);
    Tree.Mapping set =
        NamedFile.read(named, KEY, recipeName, problems)
            .orElse(new Tree.Mapping(named.at(), Map.of()));
    for (Map.Entry<String, Tree.Entry> entry : set.entries().entrySet()) {
      String key = entry.getKey();
      if (!KEYS.contains(key)) {
        problems.unknown(entry.getValue().keyAt(), key, "unknown key", key, KEYS);
      } else if (key.equals(MODALITIES)) {
        result = result.with(key, joined(result.entries().get(key), entry.getValue()));
      } else if (!result.entries().containsKey(key)) {
        result = result.with(key, entry.getValue());
      }
    }
    return result;
  }

  private static Tree.Entry joined(Tree.Entry own, Tree.Entry named) {
    if (own == null
        || !(own.value() instanceof Tree.Mapping mine)
        || !(named.value() instanceof Tree.Mapping theirs)) {
      return own == null ? named : own;
    }
    Map<String, Tree.Entry> all = new LinkedHashMap<>(theirs.entries());
    all.putAll(mine.entries());
    return new Tree.Entry(own.keyAt(), new Tree.Mapping(mine.at(), all));
  }
}
