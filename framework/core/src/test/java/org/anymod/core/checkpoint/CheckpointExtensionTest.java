package org.anymod.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.core.checkpoint.CheckpointExtension.Options;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.ModelModality;
import org.anymod.spi.Declaration.Role;
import org.anymod.torch.SafeTensorsWriter;
import org.anymod.torch.StoredType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointExtensionTest {
  private static final Options STRICT = new Options(false, false);
  private static final Set<Role> BOTH = Set.of(Role.INPUT, Role.OUTPUT);
  private static final List<ModelModality> MORE =
      List.of(TinyModels.PIXELS, TinyModels.TEXT, TinyModels.GRID, TinyModels.OTHER_GRID);

  @TempDir Path folder;

  private Path old(List<ModelModality> modalities) throws IOException {
    try (AnyToAnyModel model = TinyModels.model(modalities, 1)) {
      return TinyModels.write(model, folder.resolve("old.safetensors"));
    }
  }

  private Path target() {
    return folder.resolve("new.safetensors");
  }

  private ExtensionReport extend(Path from, AnyToAnyModel model, Options options)
      throws IOException {
    try (CheckpointFile file = CheckpointFile.open(from)) {
      return new CheckpointExtension(file, model, options).write(target(), Map.of("dim", "8"));
    }
  }

  private void loadInto(AnyToAnyModel model) throws IOException {
    try (CheckpointFile file = CheckpointFile.open(target())) {
      assertThat(CheckpointLoader.load(file, model).fits()).isTrue();
    }
  }

  private FrozenTensors frozen() throws IOException {
    try (CheckpointFile file = CheckpointFile.open(target())) {
      return FrozenTensors.old(file);
    }
  }

  @Test
  void keepsOldTensorsAndDrawsNewOnesAsAFreshModelDoes() throws IOException {
    Path from = old(TinyModels.OLD);
    try (AnyToAnyModel old = TinyModels.model(TinyModels.OLD, 1);
        AnyToAnyModel fresh = TinyModels.model(MORE, 2);
        AnyToAnyModel loaded = TinyModels.model(MORE, 3)) {
      ExtensionReport report = extend(from, fresh, STRICT);
      assertThat(report.added())
          .containsExactly("decoder_embeddings.tok_sound@8", "encoder_embeddings.tok_sound@8");
      assertThat(report.kept()).isEqualTo(old.parameters().all().size());
      assertThat(report.newNumbers())
          .isEqualTo(fresh.parameters().count() - old.parameters().count());
      assertThat(report.text()).contains("2 added: decoder_embeddings.tok_sound@8");

      loadInto(loaded);
      FrozenTensors frozen = frozen();
      loaded
          .checkpoint()
          .forEach(
              (name, tensor) -> {
                boolean isNew = name.contains("tok_sound@8");
                AnyToAnyModel source = isNew ? fresh : old;
                assertThat(tensor.toByteArray())
                    .as(name)
                    .isEqualTo(source.checkpoint().get(name).toByteArray());
                assertThat(frozen.isTrained(name)).as(name).isEqualTo(isNew);
              });
    }
  }

  @Test
  void keepsTheTypeOfOldTensors() throws IOException {
    Path from = folder.resolve("half.safetensors");
    SafeTensorsWriter writer = new SafeTensorsWriter();
    try (AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 1)) {
      model.checkpoint().forEach((name, tensor) -> writer.add(name, tensor, StoredType.BF16));
      writer.write(from, Map.of());
    }
    try (AnyToAnyModel fresh = TinyModels.model(MORE, 2)) {
      extend(from, fresh, STRICT);
    }
    try (CheckpointFile file = CheckpointFile.open(target())) {
      assertThat(file.entry("mask_token").type()).isEqualTo(StoredType.BF16);
      assertThat(file.entry("encoder_embeddings.tok_sound@8.mod_emb").type())
          .isEqualTo(StoredType.F32);
      assertThat(file.metadata()).containsEntry("dim", "8");
    }
  }

  @Test
  void givesAnOutputTheOtherRole() throws IOException {
    ModelModality outputOnly = TinyModels.text(40, Set.of(Role.OUTPUT));
    Path from = old(List.of(outputOnly, TinyModels.GRID));
    try (AnyToAnyModel fresh = TinyModels.model(List.of(TinyModels.TEXT, TinyModels.GRID), 2)) {
      ExtensionReport report = extend(from, fresh, STRICT);
      assertThat(report.added()).containsExactly("encoder_embeddings.phrase");
      // The embedding of the modality is shared, so only the encoder's table is new.
      assertThat(report.newNumbers()).isEqualTo(40 * 8);
      assertThat(frozen().isTrained("encoder_embeddings.phrase.mod_emb")).isFalse();
    }
  }

  @Test
  void dropsModalitiesOnlyWhenAsked() throws IOException {
    Path from = old(TinyModels.OLD);
    List<ModelModality> fewer = List.of(TinyModels.TEXT, TinyModels.OTHER_GRID);
    try (AnyToAnyModel fresh = TinyModels.model(fewer, 2)) {
      assertThatThrownBy(() -> extend(from, fresh, STRICT))
          .hasMessageContaining(
              "the recipe does not have decoder_embeddings.tok_light@8,"
                  + " encoder_embeddings.light@8, encoder_embeddings.tok_light@8")
          .hasMessageContaining("--drop");
      assertThat(target()).doesNotExist();
      ExtensionReport report = extend(from, fresh, new Options(true, false));
      assertThat(report.dropped()).hasSize(3);
      loadInto(fresh);
    }
  }

  @Test
  void lengthensTextOnlyWhenAsked() throws IOException {
    Path from = old(TinyModels.OLD);
    List<ModelModality> longer =
        List.of(TinyModels.PIXELS, TinyModels.text(43, BOTH), TinyModels.GRID);
    try (AnyToAnyModel old = TinyModels.model(TinyModels.OLD, 1);
        AnyToAnyModel fresh = TinyModels.model(longer, 2);
        AnyToAnyModel untouched = TinyModels.model(longer, 2)) {
      assertThatThrownBy(() -> extend(from, fresh, STRICT))
          .hasMessageContaining(
              "phrase.token_emb.weight has shape (40, 8), the recipe's has (43, 8)")
          .hasMessageContaining("text.file")
          .hasMessageContaining("--lengthen-text");
      ExtensionReport report = extend(from, fresh, new Options(false, true));
      assertThat(report.lengthened())
          .contains("encoder_embeddings.phrase.token_emb.weight from 40 to 43 rows");
      assertThat(report.newNumbers()).isEqualTo(2 * 3 * 8);

      loadInto(fresh);
      String name = "decoder_embeddings.phrase.token_emb.weight";
      float[] table = fresh.checkpoint().get(name).toFloatArray();
      assertThat(Arrays.copyOf(table, 40 * 8)).isEqualTo(old.checkpoint().get(name).toFloatArray());
      assertThat(Arrays.copyOfRange(table, 40 * 8, 43 * 8))
          .isEqualTo(
              Arrays.copyOfRange(untouched.checkpoint().get(name).toFloatArray(), 40 * 8, 43 * 8));
      assertThat(frozen().isTrained(name)).isTrue();
      assertThat(frozen().isTrained("decoder_embeddings.phrase.to_logits.weight")).isTrue();
    }
  }

  @Test
  void refusesAShorterVocabularyAndAnotherCodebook() throws IOException {
    Path from = old(TinyModels.OLD);
    List<ModelModality> changed =
        List.of(TinyModels.PIXELS, TinyModels.text(39, BOTH), TinyModels.grid("tok_light@8", 20));
    try (AnyToAnyModel fresh = TinyModels.model(changed, 2)) {
      assertThatThrownBy(() -> extend(from, fresh, new Options(true, true)))
          .hasMessageContaining("has shape (40, 8), the recipe's has (39, 8)")
          .hasMessageContaining("codes of another codebook have another meaning");
    }
  }

  @Test
  void refusesAnotherNetwork() throws IOException {
    Path from = old(TinyModels.OLD);
    try (AnyToAnyModel deeper = TinyModels.model(MORE, 2, 2, true);
        AnyToAnyModel untied = TinyModels.model(MORE, 2, 1, false)) {
      assertThatThrownBy(() -> extend(from, deeper, STRICT))
          .hasMessageContaining(
              "encoder.1.norm1.weight is missing: the recipe's network is another");
      // A tied model wrote both names, so separate heads begin as what they were.
      assertThat(extend(from, untied, STRICT).added()).hasSize(2);
    }
    try (AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 1, 2, true);
        AnyToAnyModel shallow = TinyModels.model(MORE, 2)) {
      Path deep = TinyModels.write(model, folder.resolve("deep.safetensors"));
      assertThatThrownBy(() -> extend(deep, shallow, new Options(true, false)))
          .hasMessageContaining("encoder.1.norm1.weight is not in the recipe's network");
    }
  }
}
