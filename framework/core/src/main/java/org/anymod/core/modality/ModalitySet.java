package org.anymod.core.modality;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anymod.core.recipe.Recipe;
import org.anymod.spi.Modality;

/**
 * The modalities of a run in model order: the code point order of their keys. Beside them may stand
 * modalities that feed one of them: their data is read and stored under keys of their own, but the
 * model knows it only under the key that they feed.
 */
public final class ModalitySet {
  private final List<UsedModality> modalities;
  private final List<UsedModality> feeders;

  ModalitySet(List<UsedModality> modalities, List<UsedModality> feeders) {
    this.modalities = List.copyOf(modalities);
    this.feeders = List.copyOf(feeders);
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
    return new ModalityMatch(recipe, loaded).match();
  }

  /**
   * Returns all modalities that the model has.
   *
   * @return the modalities in model order
   */
  public List<UsedModality> all() {
    return modalities;
  }

  /**
   * Returns all modalities that have data: those of the model and those that feed them.
   *
   * @return the modalities in the order of their keys
   */
  public List<UsedModality> stored() {
    return feeders.isEmpty()
        ? modalities
        : Stream.concat(modalities.stream(), feeders.stream())
            .sorted(Comparator.comparing(UsedModality::key))
            .toList();
  }

  /**
   * Returns some of these modalities, in the same order.
   *
   * @param keys keys of the model or of what feeds it
   * @return the modalities with these keys
   * @throws IllegalArgumentException if there is none under one of the keys
   */
  public ModalitySet only(Collection<String> keys) {
    for (String key : keys) {
      if (feeders.stream().noneMatch(m -> m.key().equals(key))) {
        indexOf(key);
      }
    }
    return new ModalitySet(
        modalities.stream().filter(m -> keys.contains(m.key())).toList(),
        feeders.stream().filter(m -> keys.contains(m.key())).toList());
  }

  /**
   * Returns these modalities without some of those that feed others.
   *
   * @param kept which of them stay
   * @return the set
   */
  public ModalitySet withFeeders(Predicate<UsedModality> kept) {
    return new ModalitySet(modalities, feeders.stream().filter(kept).toList());
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
   * Returns the modalities with a tokenizer, of their own or shared: those that the model sees as
   * tokens, and texts whose codes the run makes itself.
   *
   * @return the modalities in the order of their keys
   */
  public List<UsedModality> tokenized() {
    return stored().stream().filter(m -> m.tokenizer().isPresent()).toList();
  }

  /**
   * Returns the sources that files are read from.
   *
   * @return source names in code point order
   */
  public List<String> sources() {
    return stored().stream().map(UsedModality::source).distinct().sorted().toList();
  }
}
