package org.anymod.host.recipe;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A recipe with mistakes. The message holds one line for each of them, in the order of the file.
 */
public class RecipeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<RecipeProblem> problems;

  /**
   * Creates an exception.
   *
   * @param problems the mistakes, at least one
   */
  public RecipeException(List<RecipeProblem> problems) {
    super(
        problems.stream()
            .map(RecipeProblem::text)
            .collect(Collectors.joining(System.lineSeparator())));
    this.problems = List.copyOf(problems);
  }

  /**
   * Returns all mistakes.
   *
   * @return the mistakes in the order of the file, those of overrides last
   */
  public List<RecipeProblem> problems() {
    return problems;
  }

  /**
   * Returns all mistakes as text.
   *
   * @return one line for each mistake
   */
  public List<String> lines() {
    return getMessage().lines().toList();
  }
}
