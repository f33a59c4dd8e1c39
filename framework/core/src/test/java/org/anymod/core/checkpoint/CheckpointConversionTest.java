package org.anymod.core.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.checkpoint.CheckpointConversion.Form;
import org.anymod.core.checkpoint.CheckpointConversion.Heads;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.SafeTensorsFile;
import org.anymod.torch.StoredType;
import org.anymod.torch.TensorScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointConversionTest {
  private static final String PUBLISHED = "fm_tiny_swiglu_nobias";

  @TempDir Path folder;

  private ConversionReport convert(
      Path from, String to, Optional<StoredType> type, Heads heads, Form form) throws IOException {
    try (CheckpointFile file = CheckpointFile.open(from)) {
      CheckpointConversion.Options options = new CheckpointConversion.Options(type, heads, form);
      return new CheckpointConversion(file, options).write(folder.resolve(to));
    }
  }

  private static void assertSameTensors(Path a, Path b) throws IOException {
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      Map<String, NDArray> left = SafeTensors.read(a, scope.manager());
      Map<String, NDArray> right = SafeTensors.read(b, scope.manager());
      assertThat(left.keySet()).isEqualTo(right.keySet());
      left.forEach(
          (name, tensor) ->
              assertThat(tensor.toByteArray()).as(name).isEqualTo(right.get(name).toByteArray()));
    }
  }

  @Test
  void keepsAPublishedFileAsItIs() throws IOException {
    Path from = TinyModels.published(PUBLISHED);
    ConversionReport report =
        convert(from, "same.safetensors", Optional.empty(), Heads.KEEP, Form.PUBLISHED);
    assertThat(report.added()).isEmpty();
    assertThat(report.droppedMetadata()).isEmpty();
    assertSameTensors(from, report.file());
    assertThat(SafeTensors.header(report.file()).metadata())
        .isEqualTo(SafeTensors.header(from).metadata());
  }

  @Test
  void publishesACompactFileWithEveryTensorThatIsDemanded() throws IOException {
    Path whole = TinyModels.published(PUBLISHED);
    Path compact = folder.resolve("compact.safetensors");
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      Map<String, NDArray> tensors = new LinkedHashMap<>(SafeTensors.read(whole, scope.manager()));
      Map<String, String> metadata = new LinkedHashMap<>(SafeTensors.header(whole).metadata());
      String name = "decoder_embeddings.caption.mod_emb";
      tensors.remove(name);
      metadata.put(name, "encoder_embeddings.caption.mod_emb");
      tensors.remove("decoder_embeddings.metadata.mod_emb");
      tensors.keySet().removeIf(TensorName::isNormBias);
      metadata.put("format", "pt");
      metadata.put("step", "7");
      SafeTensors.write(compact, tensors, metadata);
    }
    ConversionReport report =
        convert(compact, "whole.safetensors", Optional.empty(), Heads.KEEP, Form.PUBLISHED);
    assertThat(report.droppedMetadata()).containsExactlyInAnyOrder("format", "step");
    assertThat(report.added())
        .contains("decoder_embeddings.metadata.mod_emb", "decoder.1.context_norm.bias");
    assertSameTensors(whole, report.file());
    assertThat(SafeTensors.header(report.file()).metadata())
        .containsExactlyInAnyOrderEntriesOf(SafeTensors.header(whole).metadata());
  }

  @Test
  void refusesToPublishWhatIsNotWhole() throws IOException {
    Path bare = folder.resolve("bare.safetensors");
    try (AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 1)) {
      Map<String, NDArray> tensors = new LinkedHashMap<>(model.checkpoint());
      tensors.remove("encoder_embeddings.phrase.pos_emb");
      SafeTensors.write(bare, tensors, Map.of("norm_bias", "False"));
    }
    assertThatThrownBy(
            () -> convert(bare, "no.safetensors", Optional.empty(), Heads.KEEP, Form.PUBLISHED))
        .hasMessageContaining("metadata domains_in, metadata domains_out")
        .hasMessageContaining("encoder_embeddings.phrase.pos_emb");
    assertThat(folder.resolve("no.safetensors")).doesNotExist();
  }

  @Test
  void addsAndDropsHeads() throws IOException {
    try (AnyToAnyModel model = TinyModels.model(TinyModels.OLD, 1)) {
      Path both = TinyModels.write(model, folder.resolve("both.safetensors"));
      ConversionReport tied =
          convert(both, "tied.safetensors", Optional.empty(), Heads.TIED, Form.TRAINING);
      assertThat(tied.dropped())
          .containsExactly(
              "decoder_embeddings.phrase.to_logits.weight",
              "decoder_embeddings.tok_light@8.to_logits.weight");
      assertThat(SafeTensors.header(tied.file()).metadata()).containsEntry("step", "0");
      assertThat(Files.size(tied.file())).isLessThan(Files.size(both));
      ConversionReport untied =
          convert(tied.file(), "untied.safetensors", Optional.empty(), Heads.UNTIED, Form.KEEP);
      assertThat(untied.added()).isEqualTo(tied.dropped());
      assertSameTensors(both, untied.file());
    }
  }

  @Test
  void refusesToTieHeadsThatDiffer() {
    Path from = TinyModels.published(PUBLISHED);
    assertThatThrownBy(
            () -> convert(from, "tied.safetensors", Optional.empty(), Heads.TIED, Form.KEEP))
        .hasMessageContaining("differ from their token tables: ")
        .hasMessageContaining("decoder_embeddings.caption.to_logits.weight");
    assertThatThrownBy(
            () -> new CheckpointConversion.Options(Optional.empty(), Heads.TIED, Form.PUBLISHED))
        .hasMessageContaining("separate heads");
    assertThatThrownBy(
            () ->
                new CheckpointConversion.Options(
                    Optional.of(StoredType.I32), Heads.KEEP, Form.KEEP))
        .hasMessageContaining("type is I32");
  }

  @Test
  void halvesAFileAndKeepsItLoadable() throws IOException {
    Path from = TinyModels.published(PUBLISHED);
    ConversionReport half =
        convert(from, "half.safetensors", Optional.of(StoredType.BF16), Heads.KEEP, Form.PUBLISHED);
    assertThat(half.bytes()).isBetween(Files.size(from) * 45 / 100, Files.size(from) * 55 / 100);
    ConversionReport back =
        convert(
            half.file(), "back.safetensors", Optional.of(StoredType.F32), Heads.KEEP, Form.KEEP);
    ConversionReport again =
        convert(
            back.file(), "again.safetensors", Optional.of(StoredType.BF16), Heads.KEEP, Form.KEEP);
    assertThat(again.file()).hasSameBinaryContentAs(half.file());
    try (SafeTensorsFile file = SafeTensorsFile.open(half.file())) {
      assertThat(file.entry("mask_token").type()).isEqualTo(StoredType.BF16);
    }
  }
}
