package org.anymod.toyworld.sources;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import org.anymod.toyworld.FolderSink;
import org.anymod.toyworld.SceneEncoder;
import org.anymod.toyworld.SceneSink;
import org.anymod.toyworld.ShardSink;
import org.anymod.toyworld.ToyWorld;
import org.anymod.toyworld.ToyWorldWriter;

/**
 * What of a toy world is written.
 *
 * @param sources the modalities, at least one
 * @param people whether people join the solids
 */
public record SceneSelection(List<SceneSource> sources, boolean people) {

  /** Sorts the sources by name and checks that there are some. */
  public SceneSelection {
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("sources is empty, must have at least 1");
    }
    sources = sources.stream().sorted(Comparator.comparing(SceneSource::name)).toList();
  }

  /**
   * Returns the world of solids alone with the four modalities of {@link SceneEncoder}.
   *
   * @return the selection
   */
  public static SceneSelection plain() {
    return new SceneSelection(
        SceneSources.all().stream().filter(s -> SceneEncoder.SOURCES.contains(s.name())).toList(),
        false);
  }

  /**
   * Returns what a run needs: the plain world, and if any of the names is another source of the toy
   * world, a world with people and all of these sources.
   *
   * @param names folder names; those that the toy world does not write are ignored
   * @return the selection
   */
  public static SceneSelection covering(Collection<String> names) {
    List<SceneSource> sources = new ArrayList<>(plain().sources());
    for (String name : names) {
      SceneSources.find(name).filter(found -> !sources.contains(found)).ifPresent(sources::add);
    }
    return new SceneSelection(sources, sources.size() > SceneEncoder.SOURCES.size());
  }

  /**
   * Returns the folder names.
   *
   * @return names in alphabetical order
   */
  public List<String> names() {
    return sources.stream().map(SceneSource::name).toList();
  }

  /**
   * Writes a range of scenes on all processors. With shards, a call that was interrupted is
   * finished by the same call again.
   *
   * @param root folder of the dataset; created if missing
   * @param world which scenes
   * @param range first scene and number of scenes
   * @param perShard scenes in a tar shard; empty for single files
   * @param progress told how many scenes are written, after each; may throw to stop the work
   * @throws IOException if a file cannot be written, or the folder holds a finished dataset or
   *     shards with other content
   * @throws IllegalArgumentException if a number is out of range
   */
  public void write(Path root, World world, Range range, OptionalInt perShard, IntConsumer progress)
      throws IOException {
    ToyWorld rendered =
        people ? ToyWorld.withPeople(world.seed, world.size) : new ToyWorld(world.seed, world.size);
    ToyWorldWriter.requireRange(range.first, range.count);
    if (perShard.isPresent() && perShard.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "samplesPerShard is " + perShard.getAsInt() + ", must be at least 1");
    }
    try (SceneSink sink =
        perShard.isPresent()
            ? new ShardSink(root, names(), perShard.getAsInt())
            : new FolderSink(root, names())) {
      ToyWorldWriter.write(
          sink,
          rendered,
          scene -> SceneSources.encode(sources, scene),
          range.first,
          range.count,
          progress);
    }
  }

  /**
   * A world of scenes.
   *
   * @param seed any number
   * @param size side of the pictures in pixels, as in {@link ToyWorld}
   */
  public record World(long seed, int size) {}

  /**
   * Scenes of a split.
   *
   * @param first first scene, at least 0
   * @param count number of scenes, at least 1
   */
  public record Range(long first, int count) {}
}
