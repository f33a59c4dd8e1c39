package org.anymod.core.modality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.anymod.core.NearestName;
import org.anymod.spi.Kind;

/**
 * Finds the modality that a person's word means: a model key, its part before {@code @}, or the
 * source that several keys share.
 */
public final class ModalityNames {
  private final ModalitySet modalities;

  /**
   * Creates a finder.
   *
   * @param modalities the modalities of a run
   */
  public ModalityNames(ModalitySet modalities) {
    this.modalities = modalities;
  }

  /**
   * Finds what a model can read; of several keys of a source the pixels. What feeds another
   * modality can be read too, under the key of that one.
   *
   * @param word the word
   * @return the modality
   * @throws IllegalArgumentException if there is none; the message names all, and the nearest
   */
  public UsedModality input(String word) {
    List<UsedModality> own = modalities.all();
    List<UsedModality> feeders =
        modalities.stored().stream().filter(UsedModality::feedsAnother).toList();
    List<UsedModality> fit = new ArrayList<>(own);
    fit.addAll(feeders);
    fit.removeIf(m -> !m.declaration().isInput());
    return find(word, "input", fit);
  }

  /**
   * Finds what a model can predict.
   *
   * @param word the word
   * @return the modality
   * @throws IllegalArgumentException if there is none; the message names all, and the nearest
   */
  public UsedModality output(String word) {
    return find(
        word, "output", modalities.all().stream().filter(m -> m.declaration().isOutput()).toList());
  }

  /**
   * Finds a modality with a tokenizer, its own or a shared one.
   *
   * @param word the word
   * @return the modality
   * @throws IllegalArgumentException if there is none; the message names all, and the nearest
   */
  public UsedModality tokenized(String word) {
    return find(
        word,
        "modality with a tokenizer",
        modalities.all().stream().filter(modalities.tokenized()::contains).toList());
  }

  /**
   * Returns one predictable modality for each source that is not among the given ones.
   *
   * @param given modalities that are known
   * @return the others, in model order
   */
  public List<UsedModality> outputsBesides(Collection<UsedModality> given) {
    Map<String, UsedModality> bySource = new LinkedHashMap<>();
    for (UsedModality modality : modalities.all()) {
      boolean known = given.stream().anyMatch(m -> m.source().equals(modality.source()));
      if (modality.declaration().isOutput() && !known) {
        bySource.putIfAbsent(modality.source(), modality);
      }
    }
    return List.copyOf(bySource.values());
  }

  private static UsedModality find(String word, String what, List<UsedModality> candidates) {
    List<Predicate<UsedModality>> ways =
        List.of(
            m -> m.key().equals(word),
            m -> m.modality().name().equals(word),
            m -> m.source().equals(word));
    for (Predicate<UsedModality> way : ways) {
      List<UsedModality> found = candidates.stream().filter(way).toList();
      if (!found.isEmpty()) {
        return found.stream()
            .filter(m -> m.declaration().kind() instanceof Kind.PixelPatches)
            .findFirst()
            .orElse(found.get(0));
      }
    }
    throw new IllegalArgumentException(unknown(word, what, candidates));
  }

  private static String unknown(String word, String what, List<UsedModality> candidates) {
    List<String> keys = candidates.stream().map(UsedModality::key).toList();
    List<String> names =
        candidates.stream()
            .flatMap(m -> List.of(m.key(), m.modality().name(), m.source()).stream())
            .collect(Collectors.toList());
    return "'"
        + word
        + "' is no "
        + what
        + " of this run; there are "
        + (keys.isEmpty() ? "none" : String.join(", ", keys))
        + NearestName.to(word, names).map(n -> "; did you mean '" + n + "'?").orElse("");
  }
}
