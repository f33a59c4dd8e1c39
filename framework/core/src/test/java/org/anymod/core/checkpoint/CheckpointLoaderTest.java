package org.anymod.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.ModelModality;
import org.anymod.spi.Declaration.Role;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.SafeTensorsWriter;
import org.anymod.torch.StoredType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointLoaderTest {
  @TempDir Path folder;

  private Path file(Map<String, NDArray> tensors, Map<String, String> metadata) throws IOException {
    Path file = folder.resolve("m.safetensors");
    SafeTensors.write(file, tensors, metadata);
    return file;
  }

  private static LoadReport load(Path path, AnyToAnyModel model) throws IOException {
    try (CheckpointFile file = CheckpointFile.open(path)) {
      return CheckpointLoader.load(file, model);
    }
  }

  private static void assertSame(AnyToAnyModel a, AnyToAnyModel b) {
    a.checkpoint()
        .forEach(
            (name, tensor) ->
                assertThat(tensor.toByteArray())
                    .as(name)
                    .isEqualTo(b.checkpoint().get(name).toByteArray()));
  }

  @Test
  void loadsTheSameBits() throws IOException {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 1);
        AnyToAnyModel other = TinyModels.model(TinyModels.OLD, 2)) {
      int live = other.scope().liveTensors();
      LoadReport report = load(file(model.checkpoint(), Map.of("format", "pt")), other);
      assertThat(report.fits()).isTrue();
      assertThat(report.loaded()).isEqualTo(model.parameters().all().size());
      assertThat(report.text()).endsWith(report.loaded() + " tensors loaded");
      assertSame(model, other);
      assertThat(other.scope().liveTensors()).isEqualTo(live);
    }
  }

  @Test
  void acceptsAFileWithoutWhatFollowsFromTheSizes() throws IOException {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 1);
        AnyToAnyModel other = TinyModels.model(TinyModels.OLD, 2)) {
      Map<String, NDArray> tensors = new LinkedHashMap<>(model.checkpoint());
      tensors.keySet().removeIf(name -> name.endsWith(".pos_emb") || TensorName.isNormBias(name));
      LoadReport report = load(file(tensors, Map.of()), other);
      assertThat(report.regenerated())
          .contains("encoder_embeddings.phrase.pos_emb", "decoder_norm.bias");
      assertThat(report.text()).contains(report.regenerated().size() + " regenerated");
      assertSame(model, other);
    }
  }

  @Test
  void acceptsOneNameOfASharedTensorOrAnAlias() throws IOException {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 1);
        AnyToAnyModel other = TinyModels.model(TinyModels.OLD, 2);
        AnyToAnyModel untied = TinyModels.model(TinyModels.OLD, 2, 1, false)) {
      Map<String, NDArray> tensors = new LinkedHashMap<>(model.checkpoint());
      Map<String, String> aliases = new LinkedHashMap<>();
      for (String key : List.of("phrase", "tok_light@8")) {
        String table = "decoder_embeddings." + key + ".token_emb.weight";
        tensors.remove(table);
        tensors.remove("encoder_embeddings." + key + ".mod_emb");
        aliases.put(table, "decoder_embeddings." + key + ".to_logits.weight");
        aliases.put(
            "encoder_embeddings." + key + ".mod_emb", "decoder_embeddings." + key + ".mod_emb");
      }
      assertThat(load(file(tensors, Map.of()), other).fits()).isTrue();
      assertSame(model, other);
      assertThat(load(file(tensors, aliases), untied).fits()).isTrue();
      assertSame(model, untied);
    }
  }

  @Test
  void loadsFromAFileWithMoreModalitiesOnlyWhereThatIsWanted() throws IOException {
    List<ModelModality> more = new ArrayList<>(TinyModels.OLD);
    more.add(TinyModels.OTHER_GRID);
    try (AnyToAnyModel larger = TinyModels.model(more, 1);
        AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 2)) {
      Path path = file(larger.checkpoint(), Map.of());
      assertThatThrownBy(() -> load(path, model)).hasMessageContaining("unexpected");
      try (CheckpointFile file = CheckpointFile.open(path)) {
        assertThat(CheckpointLoader.loadFromLarger(file, model).fits()).isTrue();
        assertSame(model, larger);
      }
      Path smaller = file(model.checkpoint(), Map.of());
      try (CheckpointFile file = CheckpointFile.open(smaller)) {
        assertThatThrownBy(() -> CheckpointLoader.loadFromLarger(file, larger))
            .hasMessageContaining("missing: ");
      }
    }
  }

  @Test
  void widensHalfPrecision() throws IOException {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 1);
        AnyToAnyModel other = TinyModels.model(TinyModels.OLD, 2)) {
      SafeTensorsWriter writer = new SafeTensorsWriter();
      model.checkpoint().forEach((name, tensor) -> writer.add(name, tensor, StoredType.BF16));
      Path file = folder.resolve("half.safetensors");
      writer.write(file, Map.of());
      load(file, other);
      float[] wide = model.parameters().get("mask_token").toFloatArray();
      float[] loaded = other.parameters().get("mask_token").toFloatArray();
      for (int i = 0; i < wide.length; i++) {
        assertThat(Float.floatToIntBits(loaded[i]) & 0xFFFF).isZero();
        assertThat(loaded[i])
            .isCloseTo(wide[i], org.assertj.core.api.Assertions.withinPercentage(0.4));
      }
    }
  }

  @Test
  void listsEveryDifferenceAndChangesNothing() throws IOException {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 1);
        AnyToAnyModel other =
            TinyModels.model(
                List.of(
                    TinyModels.text(50, Set.of(Role.INPUT, Role.OUTPUT)),
                    TinyModels.GRID,
                    TinyModels.OTHER_GRID),
                2)) {
      byte[] before = other.parameters().get("mask_token").toByteArray();
      Path path = file(model.checkpoint(), Map.of());
      assertThatThrownBy(() -> load(path, other))
          .hasMessageStartingWith(path + ": does not fit the model of the recipe")
          .hasMessageContaining("missing: encoder_embeddings.tok_sound@8.mod_emb")
          .hasMessageContaining("unexpected: encoder_embeddings.light@8.mod_emb")
          .hasMessageContaining(
              "encoder_embeddings.phrase.token_emb.weight has shape (40, 8), must have (50, 8)")
          .hasMessageContaining("anymod checkpoint extend");
      assertThat(other.parameters().get("mask_token").toByteArray()).isEqualTo(before);

      try (CheckpointFile file = CheckpointFile.open(path)) {
        LoadReport report = CheckpointLoader.loadWhatFits(file, other);
        assertThat(report.fits()).isFalse();
        assertThat(report.reshaped()).hasSize(2);
      }
      assertThat(other.parameters().get("mask_token").toByteArray())
          .isEqualTo(model.parameters().get("mask_token").toByteArray());
    }
  }

  @Test
  void refusesSeparateHeadsForATiedModelAndTheReverse() throws IOException {
    try (AnyToAnyModel untied = TinyModels.model(TinyModels.OLD, 1, 1, false);
        AnyToAnyModel tied = TinyModels.model(TinyModels.OLD, 2)) {
      Path path = file(untied.checkpoint(), Map.of());
      assertThatThrownBy(() -> load(path, tied))
          .hasMessageContaining("to_logits.weight differs from")
          .hasMessageContaining("model.tied_heads: false");
      Map<String, NDArray> tensors = new LinkedHashMap<>(tied.checkpoint());
      tensors.keySet().removeIf(name -> name.endsWith("to_logits.weight"));
      Path headless = file(tensors, Map.of());
      assertThatThrownBy(() -> load(headless, untied))
          .hasMessageContaining("anymod checkpoint convert --heads untied");
    }
  }
}
