package org.anymod.core.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anymod.core.RunFolders;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.DatasetPlace;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.tokenize.CroppedValues;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.tokenize.PartValues;
import org.anymod.core.tokenize.TokenizerValues;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

/** The values of a run: what its raw files hold, whole or cropped. */
public final class RunData {
  private static final int CONSTANT_SAMPLES = 256;

  private final RunDatasets datasets;
  private final DataRecipe data;
  private final long seed;
  private final Collection<? extends Modality> loaded;
  private final ModalitySet modalities;
  private final RunFolders folders;

  RunData(
      Recipe recipe,
      RunDatasets datasets,
      Collection<? extends Modality> loaded,
      ModalitySet modalities) {
    this.datasets = datasets;
    this.data = recipe.data();
    this.seed = recipe.seed();
    this.loaded = loaded;
    this.modalities = modalities;
    this.folders = new RunFolders(recipe.output());
  }

  /**
   * Opens the values of a split. Samples of a mixture have only what their own dataset has; if all
   * of it is tokenized elsewhere, the raw files are those of the training split of root.
   *
   * @param split name of the split
   * @return the reader; the caller closes its samples
   * @throws IOException if data is missing; the message says what was looked for
   */
  public ValueReader values(String split) throws IOException {
    List<RunDatasets.Part> parts = datasets.parts(split);
    if (parts.isEmpty()) {
      return values(datasets.whole(split));
    }
    if (parts.size() == 1) {
      return values(parts.get(0));
    }
    List<Samples> open = new ArrayList<>();
    try {
      for (RunDatasets.Part part : parts) {
        open.add(values(part).samples());
      }
    } catch (IOException | RuntimeException e) {
      Samples.concatenate(open).close();
      throw e;
    }
    return reader(Samples.concatenate(open));
  }

  /**
   * Opens the values of a split whose samples need not have everything. Where unreadable samples
   * are left out, those that lack something are too.
   *
   * @param split name of the split
   * @return the reader; the caller closes its samples
   * @throws IOException if a source is missing altogether; the message says what was looked for
   */
  public ValueReader incompleteValues(String split) throws IOException {
    return data.skips() || datasets.isMixed(split)
        ? values(split)
        : values(datasets.whole(split), true);
  }

  /** Opens the raw values of a split, without samples that do not have a modality. */
  ValueReader values(String split, UsedModality modality) throws IOException {
    ValueReader all = values(split);
    if (!datasets.isMixed(split)) {
      return all;
    }
    int[] having =
        IntStream.range(0, all.samples().size())
            .filter(i -> all.has(modality.source(), i))
            .toArray();
    if (having.length == 0) {
      all.samples().close();
      throw new DatasetException(
          "data.sources: none of the datasets has files of '" + modality.source() + "'");
    }
    return reader(all.samples().subset(having));
  }

  /** Reads the values of samples with the codecs and labelers of all plugins. */
  ValueReader reader(Samples samples) {
    return new ValueReader(samples, loaded);
  }

  /** Opens the raw values of a dataset; the caller closes its samples. */
  ValueReader values(RunDatasets.Part part) throws IOException {
    return values(part, data.skips());
  }

  private ValueReader values(RunDatasets.Part part, boolean allowMissing) throws IOException {
    Set<String> wanted = new LinkedHashSet<>(part.modalities().sources());
    Samples samples = part.place().open(present(part.place(), wanted), allowMissing);
    try {
      ValueReader reader = reader(samples);
      for (String source : wanted) {
        Optional<String> missing = reader.missing(source);
        if (missing.isPresent()) {
          throw new DatasetException(part.place().root() + ": " + missing.get());
        }
      }
      return data.skips() ? sound(part, reader) : reader;
    } catch (IOException | RuntimeException e) {
      samples.close();
      throw e;
    }
  }

  private ValueReader sound(RunDatasets.Part part, ValueReader reader) throws IOException {
    SampleScreen screen =
        new SampleScreen(
            folders.root().resolve("skipped").resolve(part.title().replace(' ', '-') + ".json"),
            data.maxSkips(),
            data.workers());
    int[] sound = screen.sound(part.place().root(), reader, part.modalities().sources());
    return sound.length == reader.samples().size()
        ? reader
        : reader(reader.samples().subset(sound));
  }

  /** Sources with files, and what labelers need for the others. */
  private List<String> present(DatasetPlace place, Collection<String> wanted) throws IOException {
    Set<String> present = new LinkedHashSet<>(place.present(wanted));
    List<String> helping =
        wanted.stream().filter(s -> !present.contains(s)).flatMap(this::labelled).toList();
    if (!helping.isEmpty()) {
      present.addAll(place.present(helping));
    }
    if (present.isEmpty()) {
      throw new DatasetException(
          place.root()
              + ": none of the folders "
              + wanted.stream().map(place::name).toList()
              + " is there; set data.root or make the data first");
    }
    return List.copyOf(present);
  }

  /** Sources that a source can be computed from. */
  private Stream<String> labelled(String source) {
    return loaded.stream()
        .filter(modality -> modality.source().equals(source))
        .flatMap(modality -> modality.labelers().stream())
        .flatMap(labeler -> labeler.from().stream());
  }

  /**
   * Opens cropped values of one modality.
   *
   * @param reader values of a split
   * @param modality the modality
   * @param plan how crops are made
   * @return the values
   */
  public CroppedValues cropped(ValueReader reader, UsedModality modality, CropPlan plan) {
    return new CroppedValues(reader, modality, modalities.sources(), plan);
  }

  /**
   * Returns how crops of the training split are made.
   *
   * @return the plan
   */
  public CropPlan trainingCrops() {
    return CropPlan.training(data, seed);
  }

  /**
   * Opens what the tokenizer of a modality takes: its cropped values, or the parts of these where
   * only they have codes. If there are no parts, all values have been read for it.
   */
  TokenizerValues tokenizerValues(ValueReader reader, UsedModality modality, CropPlan plan)
      throws IOException {
    CroppedValues values = cropped(reader, modality, plan);
    return modality.coded().isPresent()
        ? new PartValues(values, modality.coded().get(), modality.key())
        : values;
  }

  /**
   * Returns the one value that answers all questions for a modality best, the yardstick of skill.
   *
   * @param modality a modality with a tokenizer
   * @return the constant of its metric over centres of the training split
   * @throws IOException if data cannot be read
   */
  public Value bestConstant(UsedModality modality) throws IOException {
    ValueReader reader = values(data.train(), modality);
    try {
      return bestConstant(reader, modality);
    } finally {
      reader.samples().close();
    }
  }

  /** The best constant answer of a split, from its centres. */
  Value bestConstant(ValueReader reader, UsedModality modality) throws IOException {
    return modality.modality().metric().constant(centres(reader, modality, CONSTANT_SAMPLES));
  }

  /** The first values of a modality, cropped at their centres. */
  List<Value> centres(ValueReader reader, UsedModality modality, int most) throws IOException {
    CroppedValues centres = cropped(reader, modality, CropPlan.CENTER);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < centres.size() && values.size() < most; i++) {
      if (reader.has(modality.source(), i)) {
        values.add(centres.get(i));
      }
    }
    return values;
  }
}
