package org.anymod.host.recipe;

import java.util.Optional;

/**
 * One mistake in a recipe.
 *
 * @param file name of the recipe file, or {@code --set} for an override from the command line
 * @param line line from 1; for an override its number from 1
 * @param column column from 1
 * @param key dotted path of the setting, such as {@code training.steps}; empty where the text as a
 *     whole is meant
 * @param found what was found
 * @param allowed what is allowed instead; empty where {@code found} says it all
 * @param nearest the valid name closest to the one found, where one is close
 */
public record RecipeProblem(
    String file,
    int line,
    int column,
    String key,
    String found,
    String allowed,
    Optional<String> nearest) {

  /**
   * Returns the problem as one line, such as {@code toy.yaml:12:5: training.stepz: unknown key;
   * allowed: batch, steps; did you mean 'steps'?}.
   *
   * @return the line, without a line end
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(file).append(':').append(line).append(':').append(column).append(": ");
    if (!key.isEmpty()) {
      text.append(key).append(": ");
    }
    text.append(found);
    if (!allowed.isEmpty()) {
      text.append("; allowed: ").append(allowed);
    }
    nearest.ifPresent(name -> text.append("; did you mean '").append(name).append("'?"));
    return text.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
