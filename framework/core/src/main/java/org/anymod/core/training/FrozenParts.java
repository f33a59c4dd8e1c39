package org.anymod.core.training;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Turns the words of {@code training.freeze} into a choice of tensor names.
 *
 * <ul>
 *   <li>{@code encoder}, {@code decoder}: its blocks and its last norm
 *   <li>{@code blocks}: both of them. The projection between them and the mask token stay trained,
 *       as in the reference
 *   <li>{@code encoder_embeddings}, {@code decoder_embeddings}, {@code embeddings}: tables,
 *       projections, heads and modality vectors; what both sides share belongs to the encoder
 *   <li>{@code embeddings:<model key>}: those of one modality on both sides
 *   <li>{@code old}: chooses nothing here, see {@link #OLD}
 *   <li>any other word: a tensor's name, in which {@code *} stands for any text
 * </ul>
 */
public final class FrozenParts {
  /** The weights that a training begins with; which they are, only who knows their file can say. */
  public static final String OLD = "old";

  private FrozenParts() {}

  /**
   * Returns the choice.
   *
   * @param words words as above
   * @param names names of the model's tensors
   * @return true for names that are frozen; false for all where there are no words
   * @throws IllegalArgumentException if a word chooses nothing
   */
  public static Predicate<String> of(List<String> words, Collection<String> names) {
    Set<String> frozen = new HashSet<>();
    for (String word : words.stream().filter(w -> !w.equals(OLD)).toList()) {
      Pattern pattern = Pattern.compile(expression(word));
      List<String> chosen = names.stream().filter(n -> pattern.matcher(n).matches()).toList();
      if (chosen.isEmpty()) {
        throw new IllegalArgumentException(
            "training: '"
                + word
                + "' freezes no tensor of this model; allowed are old, blocks, encoder, decoder,"
                + " embeddings, encoder_embeddings, decoder_embeddings, embeddings:<model key> with "
                + keys(names)
                + ", and names of tensors such as encoder.0.*");
      }
      frozen.addAll(chosen);
    }
    return frozen::contains;
  }

  private static String expression(String word) {
    return switch (word) {
      case "encoder", "decoder" -> word + "(\\.\\d+|_norm)\\..*";
      case "blocks" -> "(encoder|decoder)(\\.\\d+|_norm)\\..*";
      case "encoder_embeddings", "decoder_embeddings" -> word + "\\..*";
      case "embeddings" -> "(encoder|decoder)_embeddings\\..*";
      default ->
          word.startsWith("embeddings:")
              ? "(encoder|decoder)_embeddings\\."
                  + Pattern.quote(word.substring("embeddings:".length()))
                  + "\\..*"
              : glob(word);
    };
  }

  private static String glob(String word) {
    List<String> parts = new ArrayList<>();
    for (String part : word.split("\\*", -1)) {
      parts.add(Pattern.quote(part));
    }
    return String.join(".*", parts);
  }

  private static String keys(Collection<String> names) {
    return names.stream()
        .filter(name -> name.matches("(encoder|decoder)_embeddings\\..*"))
        .map(name -> name.split("\\.")[1])
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
