package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anymod.core.RunFolders;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.DatasetPlace;
import org.anymod.core.data.Samples;
import org.anymod.core.data.ShardNotation;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.SourceRecipe;
import org.anymod.core.training.TextCodes;
import org.anymod.core.training.TokenDataset;
import org.anymod.core.training.TokenSource;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Modality;

/**
 * The datasets of a run: one folder with both splits, or a mixture in place of the training split.
 */
final class RunData {
  private final DataRecipe data;
  private final Collection<? extends Modality> loaded;
  private final ModalitySet modalities;
  private final RunFolders folders;

  /**
   * One dataset of a split, as raw files.
   *
   * @param title name for people
   * @param place where the raw files lie
   * @param modalities what is taken from it
   * @param tokens folder of its tokens
   */
  record Part(String title, DatasetPlace place, ModalitySet modalities, Path tokens) {}

  /**
   * Opens nothing yet.
   *
   * @throws IllegalArgumentException if a source names a key that is not in the set, or its shards
   *     are malformed
   */
  RunData(Recipe recipe, Collection<? extends Modality> loaded, ModalitySet modalities) {
    this.data = recipe.data();
    this.loaded = loaded;
    this.modalities = modalities;
    this.folders = new RunFolders(recipe.output());
    data.sources().forEach(source -> part(source));
  }

  /** Returns the datasets of a split that the run tokenizes itself. */
  List<Part> parts(String split) {
    if (!isMixed(split)) {
      return List.of(whole(split));
    }
    return data.sources().stream().filter(source -> !source.tokenized()).map(this::part).toList();
  }

  private boolean isMixed(String split) {
    return split.equals(data.train()) && !data.sources().isEmpty();
  }

  private Part whole(String split) {
    DatasetPlace place = DatasetPlace.at(data.root().resolve(split));
    Path tokens = folders.tokens(split);
    return new Part(split, place, present(place, tokens), tokens);
  }

  /** All modalities; of those that feed others only what is there, for no dataset must have it. */
  private ModalitySet present(DatasetPlace place, Path tokens) {
    return modalities.withFeeders(
        m ->
            isThere(place, m.source())
                || TokenContract.isAt(tokens.resolve(m.key()))
                || TokenContract.isAt(place.folder(m.key())));
  }

  private boolean isThere(DatasetPlace place, String source) {
    try {
      return place.present(modalities.sources()).contains(source);
    } catch (IOException e) {
      // What cannot be listed cannot be opened either, and that is when it is reported.
      return false;
    }
  }

  private Part part(SourceRecipe source) {
    String key = "data.sources." + data.sources().indexOf(source);
    try {
      Path root = data.root().resolve(source.root()).resolve(data.train());
      DatasetPlace place =
          new DatasetPlace(root, source.shards().map(ShardNotation::parse), source.folders());
      Path tokens =
          source.tokenized() ? root : folders.tokens(data.train()).resolve(source.title());
      return new Part(
          data.train() + " " + source.title(),
          place,
          source.modalities().isEmpty()
              ? present(place, tokens)
              : modalities.only(source.modalities()),
          tokens);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  /** Opens the raw values of a dataset; the caller closes its samples. */
  ValueReader values(Part part) throws IOException {
    return values(part, data.skips());
  }

  private ValueReader values(Part part, boolean allowMissing) throws IOException {
    Set<String> wanted = new LinkedHashSet<>(part.modalities().sources());
    Samples samples = part.place().open(present(part.place(), wanted), allowMissing);
    try {
      ValueReader reader = new ValueReader(samples, loaded);
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

  private ValueReader sound(Part part, ValueReader reader) throws IOException {
    SampleScreen screen =
        new SampleScreen(
            folders.root().resolve("skipped").resolve(part.title().replace(' ', '-') + ".json"),
            data.maxSkips(),
            data.workers());
    int[] sound = screen.sound(part.place().root(), reader, part.modalities().sources());
    return sound.length == reader.samples().size()
        ? reader
        : new ValueReader(reader.samples().subset(sound), loaded);
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
   * Opens the raw values of a split. Samples of a mixture have only what their own dataset has; if
   * all of it is tokenized elsewhere, the raw files are those of the training split of root.
   */
  ValueReader values(String split) throws IOException {
    List<Part> parts = parts(split);
    if (parts.isEmpty()) {
      return values(whole(split));
    }
    if (parts.size() == 1) {
      return values(parts.get(0));
    }
    List<Samples> open = new ArrayList<>();
    try {
      for (Part part : parts) {
        open.add(values(part).samples());
      }
    } catch (IOException | RuntimeException e) {
      Samples.concatenate(open).close();
      throw e;
    }
    return new ValueReader(Samples.concatenate(open), loaded);
  }

  /**
   * Opens the raw values of a split whose samples need not have everything. Where unreadable
   * samples are left out, those that lack something are too.
   */
  ValueReader incompleteValues(String split) throws IOException {
    return data.skips() || isMixed(split) ? values(split) : values(whole(split), true);
  }

  /** Opens the raw values of a split, without samples that do not have a modality. */
  ValueReader values(String split, UsedModality modality) throws IOException {
    ValueReader all = values(split);
    if (!isMixed(split)) {
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
    return new ValueReader(all.samples().subset(having), loaded);
  }

  /** Opens the tokens that the model is trained on. */
  TokenDataset tokens(Map<String, TokenContract> contracts, TextCodes text) throws IOException {
    List<TokenSource> sources = new ArrayList<>();
    if (data.sources().isEmpty()) {
      sources.add(source("", whole(data.train()), 1, 1, false));
    }
    for (SourceRecipe source : data.sources()) {
      sources.add(
          source(
              source.title(), part(source), source.weight(), source.repeats(), source.tokenized()));
    }
    TokenDataset.Settings settings =
        new TokenDataset.Settings(
            data.shuffleWindow(), data.skips(), data.maxSkips(), data.workers());
    return new TokenDataset(sources, settings, modalities, contracts, text);
  }

  /** The shards of raw files are not those of the tokens that the run makes of them. */
  private static TokenSource source(
      String name, Part part, double weight, int repeats, boolean tokenized) {
    return new TokenSource(
        name,
        tokenized ? part.place() : DatasetPlace.at(part.tokens()),
        part.modalities().stored().stream().map(UsedModality::key).toList(),
        weight,
        repeats);
  }
}
