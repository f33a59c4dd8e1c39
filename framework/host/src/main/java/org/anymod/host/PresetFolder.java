package org.anymod.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.anymod.core.NearestName;
import org.anymod.core.generation.Presets;
import org.anymod.core.generation.RequestException;
import org.anymod.core.recipe.SamplingPreset;
import org.anymod.host.recipe.PluginSections;
import org.anymod.host.recipe.RecipeException;
import org.anymod.host.recipe.RecipeReader;

/**
 * Presets in YAML files: by the name of a file in a folder, such as {@code demo-rgb2all}, or by a
 * path that ends in {@code .yaml}.
 */
public final class PresetFolder implements Presets {
  private static final String EXTENSION = ".yaml";

  private final Optional<Path> folder;

  /**
   * Creates a source of presets.
   *
   * @param folder folder with the files; empty where presets have paths only
   */
  public PresetFolder(Optional<Path> folder) {
    this.folder = folder;
  }

  /**
   * Reads a preset.
   *
   * @param name name of a file without its extension, or a path that ends in {@code .yaml}
   * @return the preset
   * @throws RequestException if there is no such file, and the message tells the names that there
   *     are; or if anything in it is wrong, and the message tells all mistakes with their lines
   */
  @Override
  public SamplingPreset get(String name) {
    try {
      return RecipeReader.read(SamplingPreset.class, file(name), List.of(), PluginSections.none())
          .recipe();
    } catch (RecipeException e) {
      throw new RequestException(e.getMessage(), e);
    }
  }

  private Path file(String name) {
    if (name.endsWith(EXTENSION)) {
      Path file = Path.of(name);
      if (Files.isRegularFile(file)) {
        return file;
      }
      throw new RequestException("preset " + name + ": no such file");
    }
    List<String> names = names();
    if (!names.contains(name)) {
      throw new RequestException(
          "there is no preset '"
              + name
              + "'; there are "
              + (names.isEmpty() ? "none" : String.join(", ", names))
              + ", and any path that ends in "
              + EXTENSION
              + NearestName.to(name, names).map(n -> "; did you mean '" + n + "'?").orElse(""));
    }
    return folder.orElseThrow().resolve(name + EXTENSION);
  }

  @Override
  public List<String> names() {
    if (folder.isEmpty() || !Files.isDirectory(folder.get())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder.get())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(EXTENSION))
          .map(name -> name.substring(0, name.length() - EXTENSION.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new RequestException(folder.get() + ": cannot be listed: " + e.getMessage(), e);
    }
  }
}
