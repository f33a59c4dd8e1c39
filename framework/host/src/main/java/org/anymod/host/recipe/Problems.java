package org.anymod.host.recipe;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.anymod.core.NearestName;

/** Collects mistakes, so that all of them can be reported at once. */
final class Problems {
  private static final Comparator<RecipeProblem> ORDER =
      Comparator.<RecipeProblem, Boolean>comparing(problem -> problem.file().equals(Place.OVERRIDE))
          .thenComparingInt(RecipeProblem::line)
          .thenComparingInt(RecipeProblem::column);

  private final List<RecipeProblem> list = new ArrayList<>();

  void add(Place at, String key, String found, String allowed) {
    add(at, key, found, allowed, Optional.empty());
  }

  /** Adds a name that is not among the known ones. */
  void unknown(Place at, String key, String found, String name, Collection<String> known) {
    String allowed = known.isEmpty() ? "nothing" : String.join(", ", known);
    add(at, key, found, allowed, NearestName.to(name, known));
  }

  private void add(Place at, String key, String found, String allowed, Optional<String> nearest) {
    list.add(new RecipeProblem(at.file(), at.line(), at.column(), key, found, allowed, nearest));
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  void throwIfAny() {
    if (!list.isEmpty()) {
      throw new RecipeException(list.stream().sorted(ORDER).toList());
    }
  }
}
