package org.anymod.host.recipe;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A YAML file that a recipe names: in the working folder, or beside the recipe. */
final class NamedFile {
  private NamedFile() {}

  /**
   * Reads a mapping; what is wrong is reported with its place in the file.
   *
   * @param named the path in the recipe
   * @param key its setting
   * @param recipeName path of the recipe
   */
  static Optional<Tree.Mapping> read(
      Tree.Scalar named, String key, String recipeName, Problems problems) {
    Path file;
    try {
      Path asNamed = Path.of(named.text());
      Path beside = Path.of(recipeName).resolveSibling(asNamed);
      file = Files.exists(asNamed) || !Files.exists(beside) ? asNamed : beside;
    } catch (InvalidPathException e) {
      problems.add(named.at(), key, "found " + named.found(), "a path");
      return Optional.empty();
    }
    if (!Files.isRegularFile(file)) {
      problems.add(
          named.at(),
          key,
          "found no file " + file,
          "a YAML file in the working folder or beside the recipe");
      return Optional.empty();
    }
    String place = file.toString();
    Optional<Tree> tree =
        RecipeText.read(file, problems)
            .flatMap(
                text ->
                    TreeReader.read(
                        text,
                        mark ->
                            mark == null
                                ? new Place(place, 1, 1)
                                : new Place(place, mark.getLine() + 1, mark.getColumn() + 1),
                        problems));
    if (tree.isPresent() && !(tree.get() instanceof Tree.Mapping)) {
      problems.add(tree.get().at(), "", "found " + tree.get().found(), "a mapping");
    }
    return tree.filter(Tree.Mapping.class::isInstance).map(Tree.Mapping.class::cast);
  }
}
