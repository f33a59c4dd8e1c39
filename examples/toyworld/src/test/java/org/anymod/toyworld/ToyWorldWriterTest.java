package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anymod.toyworld.sources.SceneSelection;
import org.anymod.toyworld.sources.SceneSelection.Range;
import org.anymod.toyworld.sources.SceneSelection.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToyWorldWriterTest {
  @TempDir private Path folder;

  @Test
  void bytesDoNotDependOnTheNumberOfThreads() throws IOException {
    ToyWorld world = new ToyWorld(5, 32);
    Path one = folder.resolve("one");
    Path many = folder.resolve("many");
    ToyWorldWriter.write(new FolderSink(one), world, 100, 40, 1, done -> {});
    ToyWorldWriter.write(new FolderSink(many), world, 100, 40, 7, done -> {});
    List<Path> files = filesBelow(one);
    assertThat(files).hasSize(160).isEqualTo(filesBelow(many));
    for (Path file : files) {
      assertThat(many.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
    }
  }

  @Test
  void writesEachSourceToItsFolderAndLeavesNothingElse() throws IOException {
    write(folder.resolve("train"), new Range(7, 2), OptionalInt.empty());
    assertThat(filesBelow(folder))
        .extracting(Path::toString)
        .containsExactly(
            "train/caption/00000007.txt",
            "train/caption/00000008.txt",
            "train/depth/00000007.png",
            "train/depth/00000008.png",
            "train/rgb/00000007.png",
            "train/rgb/00000008.png",
            "train/semseg/00000007.png",
            "train/semseg/00000008.png");
  }

  @Test
  void scenesArriveInOrderAndProgressCountsThem() throws IOException {
    List<String> names = new ArrayList<>();
    List<Integer> progress = new ArrayList<>();
    SceneSink sink = new Recorder(names);
    ToyWorldWriter.write(sink, new ToyWorld(5, 16), 3, 150, 4, progress::add);
    List<String> expected =
        new ArrayList<>(IntStream.range(3, 153).mapToObj(SceneEncoder::name).toList());
    expected.add("finished");
    assertThat(names).isEqualTo(expected);
    assertThat(progress).isEqualTo(IntStream.rangeClosed(1, 150).boxed().toList());
  }

  @Test
  void failureOfTheSinkStopsTheWork() {
    SceneSink full =
        new SceneSink() {
          @Override
          public void add(String name, List<SceneFile> files) throws IOException {
            throw new IOException("disk full at " + name);
          }

          @Override
          public void finish() {
            throw new AssertionError("finished in spite of a failure");
          }

          @Override
          public void close() {
            // Nothing is open.
          }
        };
    assertThatThrownBy(() -> ToyWorldWriter.write(full, new ToyWorld(5, 16), 0, 10, 2, done -> {}))
        .isInstanceOf(IOException.class)
        .hasMessage("disk full at 00000000");
  }

  @Test
  void refusesImpossibleRanges() {
    assertThatThrownBy(() -> write(folder, new Range(-1, 1), OptionalInt.empty()))
        .hasMessage("firstIndex is -1, must be at least 0");
    assertThatThrownBy(() -> write(folder, new Range(0, 0), OptionalInt.empty()))
        .hasMessage("count is 0, must be at least 1");
    assertThatThrownBy(() -> write(folder, new Range(0, 1), OptionalInt.of(0)))
        .hasMessage("samplesPerShard is 0, must be at least 1");
    assertThat(folder).isEmptyDirectory();
  }

  private static void write(Path root, Range range, OptionalInt perShard) throws IOException {
    SceneSelection.plain().write(root, new World(5, 16), range, perShard, done -> {});
  }

  private record Recorder(List<String> names) implements SceneSink {
    @Override
    public void add(String name, List<SceneFile> files) {
      assertThat(files).allMatch(file -> file.fileName().startsWith(name));
      names.add(name);
    }

    @Override
    public void finish() {
      names.add("finished");
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private static List<Path> filesBelow(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }
}
