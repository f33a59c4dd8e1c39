package org.anymod.core.sampling;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anymod.core.model.ModelModality;
import org.anymod.core.sampling.schedule.TemperatureSchedule;
import org.anymod.spi.Kind;

/** Says what is wrong with rows and a chain before anything is computed. */
final class ChainChecks {
  private final List<ModelModality> modalities;

  ChainChecks(List<ModelModality> modalities) {
    this.modalities = modalities;
  }

  /**
   * Checks rows.
   *
   * @return the modalities that are given in all of them
   * @throws IllegalArgumentException if there are none, they do not know the same modalities, or
   *     what they know has the wrong form
   */
  Set<Integer> given(List<Row> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("there are no rows, at least one is needed");
    }
    Set<Integer> given = known(rows.get(0));
    for (int r = 0; r < rows.size(); r++) {
      Set<Integer> own = known(rows.get(r));
      if (!own.equals(given)) {
        throw new IllegalArgumentException(
            "row 0 knows "
                + keys(given)
                + ", but row "
                + r
                + " knows "
                + keys(own)
                + "; rows that are sampled together must know the same modalities");
      }
      for (int m : own) {
        checkForm(modalities.get(m), rows.get(r).get(m));
      }
    }
    return given;
  }

  private Set<Integer> known(Row row) {
    Set<Integer> known = new TreeSet<>();
    for (int m = 0; m < row.size(); m++) {
      if (row.get(m) != null) {
        known.add(m);
      }
    }
    if (row.size() != modalities.size()) {
      throw new IllegalArgumentException(
          "a row has " + row.size() + " modalities, the model has " + modalities.size());
    }
    return known;
  }

  private static void checkForm(ModelModality modality, Known known) {
    Kind kind = modality.kind();
    if (known instanceof Known.Grid grid && kind instanceof Kind.TokenGrid) {
      checkSize(modality, "tokens", grid.tokens().length, kind.maxTokens());
      checkSize(modality, "flags", grid.visible().length, kind.maxTokens());
      for (int place : Places.where(grid.visible(), true)) {
        checkId(modality, grid.tokens()[place]);
      }
    } else if (known instanceof Known.Pixels pixels && kind instanceof Kind.PixelPatches picture) {
      int numbers = picture.channels() * picture.height() * picture.width();
      checkSize(modality, "numbers", pixels.pixels().length, numbers);
      checkSize(modality, "patches", pixels.visible().length, kind.maxTokens());
    } else if (known instanceof Known.Vectors vectors
        && kind instanceof Kind.EmbeddingSequence sequence) {
      int count = vectors.visible().length;
      checkSize(modality, "numbers", vectors.vectors().length, count * sequence.dim());
    } else if (known instanceof Known.Sequence sequence
        && (kind instanceof Kind.TextSequence || kind instanceof Kind.TokenSequence)) {
      for (int id : sequence.ids()) {
        checkId(modality, id);
      }
    } else {
      throw new IllegalArgumentException(
          modality.key()
              + " is given as "
              + known.getClass().getSimpleName()
              + ", but its kind is "
              + kind.getClass().getSimpleName());
    }
  }

  private static void checkSize(ModelModality modality, String what, int found, int wanted) {
    if (found != wanted) {
      throw new IllegalArgumentException(
          modality.key() + " is given with " + found + " " + what + ", must be " + wanted);
    }
  }

  private static void checkId(ModelModality modality, int id) {
    if (id < 0 || id >= modality.vocabulary()) {
      throw new IllegalArgumentException(
          modality.key()
              + " is given with the token "
              + id
              + ", must be 0 to "
              + (modality.vocabulary() - 1));
    }
  }

  /**
   * Checks a chain.
   *
   * @throws IllegalArgumentException if a link names what the model does not have or cannot
   *     predict, names it twice, or is guided by what is neither given nor sampled before
   */
  void check(List<Link> chain, Set<Integer> given) {
    Set<Integer> available = new TreeSet<>(given);
    Set<Integer> seen = new HashSet<>();
    for (Link link : chain) {
      checkModality(link.modality(), "a link");
      String key = key(link.modality());
      if (!modalities.get(link.modality()).declaration().isOutput()) {
        throw new IllegalArgumentException(
            key + " is not an output of this model; outputs are " + outputs());
      }
      if (!seen.add(link.modality())) {
        throw new IllegalArgumentException(key + " is sampled by two links of the chain");
      }
      TemperatureSchedule.of(link.settings().temperatureSchedule());
      link.guidance().terms().forEach(term -> checkTerm(link.modality(), term, available));
      available.add(link.modality());
    }
  }

  private void checkTerm(int modality, Guidance.Term term, Set<Integer> available) {
    for (int condition : term.conditions()) {
      checkModality(condition, "a condition of " + key(modality));
      if (condition == modality) {
        throw new IllegalArgumentException(
            key(modality) + " cannot be a condition of itself; what is known of it always shows");
      }
      if (!available.contains(condition)) {
        throw new IllegalArgumentException(
            key(modality)
                + " is guided by "
                + key(condition)
                + ", which is neither given nor sampled before it; there is "
                + keys(available));
      }
    }
  }

  private void checkModality(int modality, String what) {
    if (modality < 0 || modality >= modalities.size()) {
      throw new IllegalArgumentException(
          what
              + " is modality number "
              + modality
              + ", the model has 0 to "
              + (modalities.size() - 1));
    }
  }

  private String key(int modality) {
    return modalities.get(modality).key();
  }

  private String keys(Set<Integer> indices) {
    return indices.isEmpty()
        ? "nothing"
        : indices.stream().map(this::key).collect(Collectors.joining(", "));
  }

  private String outputs() {
    return modalities.stream()
        .filter(m -> m.declaration().isOutput())
        .map(ModelModality::key)
        .collect(Collectors.joining(", "));
  }
}
