package org.anymod.core.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.media.edges.EdgeMaps;
import org.anymod.media.instances.InstanceEdges;
import org.anymod.media.instances.InstanceRules;
import org.anymod.media.instances.InstanceSequence;
import org.anymod.networks.diffusion.RasterVae;
import org.anymod.networks.vq.VitVqVae;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edges of instances, which files give for a whole picture or for each of its crops. */
class CropLabelingTest {
  private static final InstanceEdges LABELER = new InstanceEdges("instances");
  private static final Modality EDGES =
      new EdgeMaps("edges", 16, RasterVae.of("mse"), List.of(LABELER));
  private static final Modality INSTANCES =
      new InstanceSequence(
          "instances",
          290,
          VitVqVae.forMasks(),
          new InstanceRules(224, 7, InstanceRules.PointOrder.GRID, 0, 1024, false));
  private static final UsedModality USED =
      new UsedModality(
          EDGES,
          Declaration.inputAndOutput(
              "tok_edges@32", new Kind.TokenGrid(4, 4, 16, Kind.Positions.SINE_COSINE)),
          32,
          Optional.empty(),
          "tok_edges@32");

  @TempDir Path folder;

  private void write(String name, String json) throws Exception {
    Path file = folder.resolve("instances").resolve(name + ".json");
    Files.createDirectories(file.getParent());
    Files.writeString(file, json.replace('\'', '"'));
  }

  @Test
  void eachCropHasTheEdgesOfItsOwnInstances() throws Exception {
    write(
        "a",
        "{'crops': [{'instances': [{'polygon': [[0, 0], [112, 0], [112, 224], [0, 224]]}]},"
            + " {'instances': []}]}");
    try (Samples samples = Datasets.open(folder, List.of("instances"))) {
      ValueReader.Sample sample = new ValueReader(samples, List.of(EDGES, INSTANCES)).sample(0);
      Crop crop = new Crop(3, 4, 50, 50, true, 480, 640);
      Value.Raster first = (Value.Raster) sample.cropped(USED, crop);
      assertThat(new int[] {first.height(), first.width()}).containsExactly(32, 32);
      assertThat(EDGES.value().violation(first)).isEmpty();
      assertThat(first.at(0, 9, 15)).as("the side between").isGreaterThan(0.05f);
      assertThat(first.at(0, 9, 4)).isZero();
      Value.Raster second = (Value.Raster) sample.cropped(USED, crop.at(1));
      assertThat(second.data()).containsOnly(0);
      assertThatThrownBy(() -> sample.cropped(USED, crop.at(2)))
          .hasMessageContaining("the file holds crops 0 to 1");
    }
  }

  @Test
  void edgesOfAWholePictureAreCropped() throws Exception {
    write(
        "a", "{'width': 64, 'height': 64, 'instances': [{'polygon': [[8, 8], [40, 8], [8, 40]]}]}");
    try (Samples samples = Datasets.open(folder, List.of("instances"))) {
      ValueReader.Sample sample = new ValueReader(samples, List.of(EDGES, INSTANCES)).sample(0);
      Crop crop = new Crop(0, 0, 48, 48, true, 64, 64);
      Value whole = LABELER.label(Map.of("instances", sample.value("instances")));
      assertThat(((Value.Raster) sample.cropped(USED, crop)).data())
          .containsExactly(((Value.Raster) EDGES.crop(whole, crop, 32)).data());
    }
  }
}
