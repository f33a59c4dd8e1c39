package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Files;
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
import org.anymod.core.data.Datasets;
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
   * @param root folder of the raw files
   * @param shards which tar files are read
   * @param modalities what is taken from it
   * @param tokens folder of its tokens
   */
  record Part(
      String title,
      Path root,
      Optional<ShardNotation> shards,
      ModalitySet modalities,
      Path tokens) {}

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
    Path root = data.root().resolve(split);
    Path tokens = folders.tokens(split);
    return new Part(split, root, Optional.empty(), present(root, tokens), tokens);
  }

  /** All modalities; of those that feed others only what is there, for no dataset must have it. */
  private ModalitySet present(Path root, Path tokens) {
    return modalities.withFeeders(
        m ->
            Files.isDirectory(root.resolve(m.source()))
                || TokenContract.isAt(tokens.resolve(m.key())));
  }

  private Part part(SourceRecipe source) {
    String key = "data.sources." + data.sources().indexOf(source);
    try {
      Path root = data.root().resolve(source.root()).resolve(data.train());
      Path tokens =
          source.tokenized() ? root : folders.tokens(data.train()).resolve(source.title());
      return new Part(
          data.train() + " " + source.title(),
          root,
          source.shards().map(ShardNotation::parse),
          source.modalities().isEmpty()
              ? present(root, tokens)
              : modalities.only(source.modalities()),
          tokens);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  /** Opens the raw values of a dataset; the caller closes its samples. */
  ValueReader values(Part part) throws IOException {
    Set<String> wanted = new LinkedHashSet<>(part.modalities().sources());
    List<String> present = present(part.root(), wanted);
    Samples samples =
        part.shards().isPresent()
            ? Datasets.openShards(part.root(), present, part.shards().get())
            : Datasets.open(part.root(), present, data.skips());
    try {
      ValueReader reader = new ValueReader(samples, loaded);
      for (String source : wanted) {
        Optional<String> missing = reader.missing(source);
        if (missing.isPresent()) {
          throw new DatasetException(part.root() + ": " + missing.get());
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
    int[] sound = screen.sound(part.root(), reader, part.modalities().sources());
    return sound.length == reader.samples().size()
        ? reader
        : new ValueReader(reader.samples().subset(sound), loaded);
  }

  /** Sources with files, and what labelers need for the others. */
  private List<String> present(Path root, Collection<String> wanted) throws IOException {
    Set<String> present = new LinkedHashSet<>();
    for (String source : wanted) {
      if (Files.isDirectory(root.resolve(source))) {
        present.add(source);
      } else {
        labelled(source).filter(s -> Files.isDirectory(root.resolve(s))).forEach(present::add);
      }
    }
    if (present.isEmpty()) {
      throw new DatasetException(
          root
              + ": none of the folders "
              + wanted
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
        part.tokens(),
        tokenized ? part.shards() : Optional.empty(),
        part.modalities().stored().stream().map(UsedModality::key).toList(),
        weight,
        repeats);
  }
}
