package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.function.IntConsumer;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Samples;
import org.anymod.toyworld.sources.SceneSelection;
import org.anymod.toyworld.sources.SceneSelection.Range;
import org.anymod.toyworld.sources.SceneSelection.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardSinkTest {
  @TempDir private Path folder;

  @Test
  void datasetHoldsTheFilesOfAllScenesInOrder() throws IOException {
    write(5, 40, done -> {});
    ToyWorld world = new ToyWorld(5, 16);
    try (Samples samples = Datasets.open(folder, SceneEncoder.SOURCES)) {
      assertThat(samples.size()).isEqualTo(7);
      for (int i = 0; i < 7; i++) {
        assertThat(samples.name(i)).isEqualTo(SceneEncoder.name(40 + i));
        List<SceneFile> files = SceneEncoder.encode(world.render(40 + i));
        for (SceneFile file : files) {
          assertThat(samples.read(file.source(), i).bytes()).isEqualTo(file.bytes());
        }
      }
    }
  }

  @Test
  void interruptedCallIsFinishedByTheSameCall() throws IOException {
    assertThatThrownBy(() -> write(5, 0, ShardSinkTest::stop))
        .isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> Datasets.open(folder, SceneEncoder.SOURCES))
        .isInstanceOf(DatasetException.class);
    write(5, 0, done -> {});
    try (Samples samples = Datasets.open(folder, SceneEncoder.SOURCES)) {
      assertThat(samples.size()).isEqualTo(7);
    }
  }

  @Test
  void refusesToMixWorlds() throws IOException {
    assertThatThrownBy(() -> write(5, 0, ShardSinkTest::stop))
        .isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> write(6, 0, done -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("different content");
  }

  private void write(long seed, long first, IntConsumer progress) throws IOException {
    SceneSelection.plain()
        .write(folder, new World(seed, 16), new Range(first, 7), OptionalInt.of(3), progress);
  }

  private static void stop(int done) {
    if (done == 4) {
      throw new CancellationException("stopped");
    }
  }
}
