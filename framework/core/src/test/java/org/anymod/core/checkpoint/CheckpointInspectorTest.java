package org.anymod.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anymod.core.checkpoint.CheckpointInspection.Embedded;
import org.anymod.core.checkpoint.CheckpointInspection.Group;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.StoredType;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckpointInspectorTest {
  @TempDir Path folder;

  private static CheckpointInspection inspect(Path path) throws IOException {
    try (CheckpointFile file = CheckpointFile.open(path)) {
      return CheckpointInspector.inspect(file);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "fm_tiny_swiglu_nobias, 783360",
    "fm_tiny_swiglu_qknorm_nobias, 316704",
    "fm_tiny_gelu_bias, 319344"
  })
  void countsParametersAsThePublishedSystemDoes(String name, long parameters) throws IOException {
    CheckpointInspection found = inspect(TinyModels.published(name));
    assertThat(found.parameters()).isEqualTo(parameters);
    long all = found.groups().stream().mapToLong(Group::numbers).sum();
    long shared =
        found.modalities().stream().filter(m -> m.input() && m.output()).count()
            * found.network().dim();
    assertThat(all).isEqualTo(parameters + found.buffers() + shared);
  }

  @Test
  void describesNetworkAndModalities() throws IOException {
    CheckpointInspection found = inspect(TinyModels.published("fm_tiny_swiglu_nobias"));
    assertThat(found.network())
        .isEqualTo(new CheckpointInspection.Network("custom", 64, 2, 2, 170, true, false));
    assertThat(found.types()).containsExactly(Map.entry(StoredType.F32, found.tensors().size()));
    assertThat(found.metadata())
        .containsEntry("dim", 64L)
        .containsEntry("mlp_ratio", 4.0)
        .containsEntry("norm_bias", false)
        .containsEntry("act_layer", "SiLU");
    assertThat(found.metadata().get("domains_out"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
        .contains("tok_depth@224");
    assertThat(found.modalities())
        .extracting(
            Embedded::key,
            Embedded::input,
            Embedded::output,
            Embedded::content,
            Embedded::size,
            Embedded::positions,
            Embedded::learned,
            Embedded::head)
        .containsExactlyInAnyOrder(
            tuple("caption", true, true, "tokens", 512L, 512L, false, true),
            tuple("color_palette", true, true, "tokens", 512L, 512L, false, true),
            tuple("metadata", true, true, "tokens", 512L, 512L, false, true),
            tuple("rgb@224", true, false, "pixels", 768L, 196L, false, false),
            tuple("t5_caption", true, false, "vectors", 96L, 512L, false, false),
            tuple("tok_depth@224", true, true, "tokens", 512L, 196L, false, true),
            tuple("tok_dinov2_global", true, true, "tokens", 512L, 16L, true, true));
  }

  @Test
  void countsATiedModelOnce() throws IOException {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 1)) {
      CheckpointInspection found =
          inspect(TinyModels.write(model, folder.resolve("m.safetensors")));
      assertThat(found.headless()).isEqualTo(model.parameters().count());
    }
  }

  @Test
  void describesFilesThatAreNoModel() throws IOException {
    Path file = folder.resolve("odd.safetensors");
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      SafeTensors.write(
          file,
          Map.of(
              "encoder_embeddings.x.pos_emb", scope.manager().create(3f),
              "decoder_norm.bias", scope.manager().create(new long[] {1}),
              "encoder.0.mlp.fc1.weight", scope.manager().create(1f)),
          Map.of());
    }
    CheckpointInspection found = inspect(file);
    assertThat(found.network()).isNull();
    assertThat(found.parameters()).isEqualTo(3);
    assertThat(found.modalities()).extracting(Embedded::key).isEqualTo(List.of("x"));
  }
}
