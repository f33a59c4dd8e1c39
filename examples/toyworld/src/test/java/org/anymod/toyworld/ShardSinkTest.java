package org.anymod.toyworld;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardSinkTest {
  @TempDir private Path folder;

  @Test
  void datasetHoldsTheFilesOfAllScenesInOrder() throws IOException {
    ToyWorldWriter.writeShards(folder, 5, 40, 7, 16, 3, done -> {});
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
    assertThatThrownBy(
            () -> ToyWorldWriter.writeShards(folder, 5, 0, 7, 16, 3, ShardSinkTest::stop))
        .isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> Datasets.open(folder, SceneEncoder.SOURCES))
        .isInstanceOf(DatasetException.class);
    ToyWorldWriter.writeShards(folder, 5, 0, 7, 16, 3, done -> {});
    try (Samples samples = Datasets.open(folder, SceneEncoder.SOURCES)) {
      assertThat(samples.size()).isEqualTo(7);
    }
  }

  @Test
  void refusesToMixWorlds() throws IOException {
    assertThatThrownBy(
            () -> ToyWorldWriter.writeShards(folder, 5, 0, 7, 16, 3, ShardSinkTest::stop))
        .isInstanceOf(CancellationException.class);
    assertThatThrownBy(() -> ToyWorldWriter.writeShards(folder, 6, 0, 7, 16, 3, done -> {}))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("different content");
  }

  private static void stop(int done) {
    if (done == 4) {
      throw new CancellationException("stopped");
    }
  }
}
