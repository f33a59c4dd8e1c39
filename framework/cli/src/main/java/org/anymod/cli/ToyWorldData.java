package org.anymod.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.anymod.core.Progress;
import org.anymod.core.StopSignal;
import org.anymod.core.data.AtomicFile;
import org.anymod.toyworld.sources.SceneSelection;
import org.anymod.toyworld.sources.SceneSelection.Range;
import org.anymod.toyworld.sources.SceneSelection.World;
import org.anymod.toyworld.sources.StandInNote;

/** Renders splits of the toy world. A split is there whole or not at all. */
final class ToyWorldData {
  /** Scenes of the validation split are counted from here. */
  static final int FIRST_VALIDATION_SCENE = 90_000_000;

  private final long seed;
  private final int size;
  private final SceneSelection selection;
  private final StopSignal stop;

  /**
   * Chooses a world.
   *
   * @param seed seed of the world
   * @param size side of the pictures in pixels
   * @param selection what of it is written
   * @param stop asks to stop, which leaves no split behind
   */
  ToyWorldData(long seed, int size, SceneSelection selection, StopSignal stop) {
    this.selection = selection;
    this.seed = seed;
    this.size = size;
    this.stop = stop;
  }

  /** Writes a split as single files, which people can look at and use as inputs. */
  void write(Path split, boolean training, int scenes, Progress progress) throws IOException {
    Path draft = split.resolveSibling("." + split.getFileName() + ".part");
    delete(draft);
    progress.start("rendering " + split.getFileName(), scenes, "scene");
    int first = training ? 0 : FIRST_VALIDATION_SCENE;
    selection.write(
        draft,
        new World(seed, size),
        new Range(first, scenes),
        OptionalInt.empty(),
        done -> advance(done, progress));
    writeNote(split.toAbsolutePath().getParent(), selection);
    Files.move(draft, split, StandardCopyOption.ATOMIC_MOVE);
    progress.finish();
  }

  /** Says beside the splits of a dataset which of its features are stand-ins. */
  static void writeNote(Path folder, SceneSelection selection) throws IOException {
    Optional<String> note = StandInNote.of(selection.names());
    if (note.isPresent()) {
      Files.createDirectories(folder);
      AtomicFile.write(
          folder.resolve(StandInNote.FILE), note.get().getBytes(StandardCharsets.UTF_8));
    }
  }

  private void advance(int done, Progress progress) {
    if (stop.requested()) {
      throw new StoppedException();
    }
    progress.advance(done, "");
  }

  private static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
        for (Path file : deepestFirst) {
          Files.delete(file);
        }
      }
    }
  }
}
