package org.anymod.toyworld.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Samples;
import org.anymod.toyworld.SceneEncoder;
import org.anymod.toyworld.SceneFile;
import org.anymod.toyworld.ToyWorld;
import org.anymod.toyworld.sources.SceneSelection.Range;
import org.anymod.toyworld.sources.SceneSelection.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneSelectionTest {
  private static final SceneSelection ALL = new SceneSelection(SceneSources.all(), true);

  @TempDir private Path folder;

  @Test
  void writesAllSourcesInTheirForms() throws IOException {
    ALL.write(folder, new World(3, 32), new Range(5, 2), OptionalInt.empty(), done -> {});
    try (Stream<Path> paths = Files.walk(folder)) {
      assertThat(paths.filter(Files::isRegularFile).map(p -> folder.relativize(p).toString()))
          .contains(
              "caption/00000005.txt",
              "clip/00000005.npy",
              "depth/00000005.png",
              "det/00000005.json",
              "dinov2/00000005.npy",
              "dinov2_global/00000005.npy",
              "geometric_metadata/00000005.json",
              "human_poses/00000005.json",
              "image_metadata/00000005.json",
              "imagebind/00000005.npy",
              "imagebind_global/00000005.npy",
              "metadata/00000005.json",
              "normal/00000005.png",
              "rgb/00000005.png",
              "sam_edge/00000005.png",
              "sam_instance/00000006.json",
              "semantic_metadata/00000006.json",
              "semseg/00000006.png",
              "t5_caption/00000006.npz",
              "web_text/00000006.txt")
          .hasSize(40);
    }
  }

  @Test
  void bytesAreTheSameInEveryCallAndInShards() throws IOException {
    ToyWorld world = ToyWorld.withPeople(3, 32);
    ALL.write(folder, new World(3, 32), new Range(5, 5), OptionalInt.of(2), done -> {});
    try (Samples samples = Datasets.open(folder, ALL.names())) {
      assertThat(samples.size()).isEqualTo(5);
      for (int i = 0; i < 5; i++) {
        List<SceneFile> files = SceneSources.encode(ALL.sources(), world.render(5 + i));
        for (SceneFile file : files) {
          assertThat(samples.read(file.source(), i).bytes())
              .as(file.source())
              .isEqualTo(file.bytes());
        }
      }
    }
  }

  @Test
  void runsThatNeedNoMoreGetThePlainWorld() {
    assertThat(SceneSelection.plain().names()).isEqualTo(SceneEncoder.SOURCES);
    assertThat(SceneSelection.plain().people()).isFalse();
    assertThat(SceneSelection.covering(List.of("rgb", "edges"))).isEqualTo(SceneSelection.plain());
    SceneSelection more = SceneSelection.covering(List.of("rgb", "det", "normal"));
    assertThat(more.people()).isTrue();
    assertThat(more.names()).containsExactly("caption", "depth", "det", "normal", "rgb", "semseg");
  }

  @Test
  void noteTellsOfStandInsWhereThereAreSome() {
    assertThat(StandInNote.of(SceneEncoder.SOURCES)).isEmpty();
    assertThat(StandInNote.of(List.of("rgb", "clip")).orElseThrow())
        .contains("No pretrained network was used", "not CLIP");
  }

  @Test
  void refusesAnEmptySelection() {
    assertThatThrownBy(() -> new SceneSelection(List.of(), false))
        .hasMessage("sources is empty, must have at least 1");
  }
}
