package org.anymod.core.generation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.ModelValues;
import org.anymod.core.sampling.Known;
import org.anymod.core.sampling.Row;
import org.anymod.spi.Kind;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * What one request gives to one model, as rows of its sampler. What is the same for all samples is
 * tokenized once.
 */
final class StageInputs {
  private final ModelValues values;
  private final int modalities;
  private final Plan.Stage stage;
  private final GivenPictures pictures;
  private final Map<Integer, Known> shared = new HashMap<>();

  StageInputs(ModelValues values, int modalities, Plan.Stage stage) {
    this.values = values;
    this.modalities = modalities;
    this.stage = stage;
    this.pictures = GivenPictures.of(sized(stage));
  }

  private static List<GivenPictures.Sized> sized(Plan.Stage stage) {
    List<GivenPictures.Sized> sized = new ArrayList<>();
    for (Plan.Input input : stage.inputs()) {
      if (input.given() instanceof Given.Whole whole) {
        sized.add(new GivenPictures.Sized(input.modality(), whole.value()));
      } else if (input.given() instanceof Given.Part part) {
        sized.add(new GivenPictures.Sized(input.modality(), part.value()));
      }
    }
    return sized;
  }

  /**
   * Makes rows.
   *
   * @param seeds seed of each row
   * @throws IllegalArgumentException if a value cannot be tokenized, or does not fit the others
   */
  List<Row> rows(long[] seeds) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < seeds.length; i++) {
      rows.add(new Row(modalities));
    }
    for (Plan.Input input : stage.inputs()) {
      List<Known> known = known(input, seeds);
      for (int i = 0; i < rows.size(); i++) {
        rows.get(i).set(input.index(), known.get(i));
      }
    }
    return rows;
  }

  private List<Known> known(Plan.Input input, long[] seeds) {
    UsedModality modality = input.modality();
    if (modality.declaration().kind() instanceof Kind.TextSequence) {
      return texts(modality, input.given(), seeds);
    }
    Known known = shared.computeIfAbsent(input.index(), index -> picture(modality, input.given()));
    List<Known> all = new ArrayList<>();
    for (int i = 0; i < seeds.length; i++) {
      all.add(copy(known));
    }
    return all;
  }

  /** Sampling writes into grids, so that each row needs its own. */
  private static Known copy(Known known) {
    return known instanceof Known.Grid grid
        ? new Known.Grid(grid.tokens().clone(), grid.visible().clone())
        : known;
  }

  private Known picture(UsedModality modality, Given given) {
    if (given instanceof Given.Whole whole) {
      Value value = checked(modality, whole.value());
      return values
          .whole(modality, List.of(pictures.cropped(modality, value)), List.of(chance(modality, 0)))
          .get(0);
    } else if (given instanceof Given.Part part) {
      Value value = checked(modality, part.value());
      boolean[] visible =
          VisiblePlaces.of(part.visible(), modality, pictures.crop(modality, value));
      return values.part(modality, pictures.cropped(modality, value), visible);
    }
    throw new RequestException(
        modality.key() + ": is no text; give a value, or a value and what of it is visible");
  }

  private List<Known> texts(UsedModality modality, Given given, long[] seeds) {
    List<StreamRandom> chance = new ArrayList<>();
    for (long seed : seeds) {
      chance.add(chance(modality, seed));
    }
    if (given instanceof Given.Whole whole) {
      Value value = pictures.cropped(modality, checked(modality, whole.value()));
      return values.whole(modality, Collections.nCopies(seeds.length, value), chance);
    } else if (given instanceof Given.Beginning beginning) {
      Value value = pictures.cropped(modality, checked(modality, beginning.value()));
      return chance.stream().map(own -> values.beginning(modality, value, own)).toList();
    } else if (given instanceof Given.Words words) {
      return Collections.nCopies(seeds.length, values.words(modality, words.text()));
    }
    throw new RequestException(
        modality.key() + ": is a text; give its beginning, or words with [S_1] in the gaps");
  }

  private static Value checked(UsedModality modality, Value value) {
    modality
        .modality()
        .value()
        .violation(value)
        .ifPresent(
            violation -> {
              throw new RequestException(modality.key() + ": " + violation);
            });
    return value;
  }

  private static StreamRandom chance(UsedModality modality, long seed) {
    return StreamRandom.at(seed, "text form " + modality.key());
  }
}
