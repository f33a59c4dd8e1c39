package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.core.RunFolders;
import org.anymod.core.data.DatasetPlace;
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

/**
 * Where the datasets of a run lie: one folder with both splits, or a mixture in place of the
 * training split.
 */
final class RunDatasets {
  private final DataRecipe data;
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
  RunDatasets(Recipe recipe, ModalitySet modalities) {
    this.data = recipe.data();
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

  /** Says whether datasets of a mixture stand in place of a split. */
  boolean isMixed(String split) {
    return split.equals(data.train()) && !data.sources().isEmpty();
  }

  /** Returns the dataset of a split in the data folder itself. */
  Part whole(String split) {
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
