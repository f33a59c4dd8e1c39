package org.anymod.cli;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Kind;

/**
 * Finds the modality that a word of the command line means: a model key, its part before {@code @},
 * or the source that several keys share.
 */
final class ModelKeys {
  private final ModalitySet modalities;

  ModelKeys(ModalitySet modalities) {
    this.modalities = modalities;
  }

  /** Finds what a model can read; of several keys of a source the pixels. */
  UsedModality input(String word) {
    return find(word, "input", m -> m.declaration().isInput());
  }

  /** Finds what a model can predict. */
  UsedModality output(String word) {
    return find(word, "output", m -> m.declaration().isOutput());
  }

  /** Finds a modality with a tokenizer of its own. */
  UsedModality tokenized(String word) {
    return find(word, "modality with a tokenizer", modalities.tokenized()::contains);
  }

  /** Returns one predictable modality for each source that is not among the given ones. */
  List<UsedModality> outputsBesides(Collection<UsedModality> inputs) {
    Map<String, UsedModality> bySource = new LinkedHashMap<>();
    for (UsedModality modality : modalities.all()) {
      boolean given = inputs.stream().anyMatch(m -> m.source().equals(modality.source()));
      if (modality.declaration().isOutput() && !given) {
        bySource.putIfAbsent(modality.source(), modality);
      }
    }
    return List.copyOf(bySource.values());
  }

  private UsedModality find(String word, String what, Predicate<UsedModality> fits) {
    List<Predicate<UsedModality>> ways =
        List.of(
            m -> m.key().equals(word),
            m -> m.modality().name().equals(word),
            m -> m.source().equals(word));
    List<UsedModality> candidates = modalities.all().stream().filter(fits).toList();
    for (Predicate<UsedModality> way : ways) {
      List<UsedModality> found = new ArrayList<>(candidates.stream().filter(way).toList());
      if (!found.isEmpty()) {
        return found.stream()
            .filter(m -> m.declaration().kind() instanceof Kind.PixelPatches)
            .findFirst()
            .orElse(found.get(0));
      }
    }
    String known = candidates.stream().map(UsedModality::key).collect(Collectors.joining(", "));
    throw new UserMistake(
        "'"
            + word
            + "' is no "
            + what
            + " of this run; there are "
            + (known.isEmpty() ? "none" : known));
  }
}
