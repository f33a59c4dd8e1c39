package org.anymod.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.anymod.core.recipe.ModelPresets;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.torch.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelInventoryTest {
  private static ModelRecipe preset(String name, boolean tied) {
    ModelRecipe r = ModelPresets.recipe(name);
    return new ModelRecipe(
        r.dim(),
        r.encoderLayers(),
        r.decoderLayers(),
        r.heads(),
        r.mlpRatio(),
        r.gated(),
        r.qkNorm(),
        r.bias(),
        tied,
        r.init());
  }

  private static List<ModelModality> modalities(String set) {
    return switch (set) {
      case "7" -> PublishedModalities.seven();
      case "21" -> PublishedModalities.twentyOne();
      default -> PublishedModalities.superResolution();
    };
  }

  /** Millions of parameters as published, with one decimal. */
  @ParameterizedTest
  @CsvSource({
    "base_12e_12d_swiglu_nobias, 198829056, 7, 360.8, 441.5",
    "base_12e_12d_swiglu_nobias, 198829056, 21, 623.8, 834.4",
    "large_24e_24d_swiglu_nobias, 705744896, 7, 921.7, 1029.3",
    "large_24e_24d_swiglu_nobias, 705744896, 21, 1272.4, 1553.2",
    "large_24e_24d_swiglu_nobias, 705744896, SR, 907.2, 953.3",
    "xlarge_24e_24d_swiglu_nobias, 2822971392, 7, 3254.9, 3470.0",
    "xlarge_24e_24d_swiglu_nobias, 2822971392, 21, 3956.3, 4517.8"
  })
  void countsTheParametersOfPublishedModels(
      String name, long core, String set, double tied, double untied) {
    ModelInventory inventory = ModelInventory.of(preset(name, true), modalities(set));
    assertThat(inventory.coreParameters()).isEqualTo(core);
    assertThat(inventory.parameters() / 1e6).isCloseTo(tied, within(0.05001));
    assertThat(ModelInventory.of(preset(name, false), modalities(set)).parameters() / 1e6)
        .isCloseTo(untied, within(0.05001));
  }

  @ParameterizedTest
  @CsvSource({
    "tiny_6e_6d_gelu, 1536",
    "tiny_6e_6d_swiglu_nobias, 1024",
    "small_8e_8d_gelu, 2048",
    "small_8e_8d_swiglu_nobias, 1365",
    "base_12e_12d_gelu, 3072",
    "base_12e_12d_swiglu_qknorm_nobias, 2048",
    "large_24e_24d_gelu, 4096",
    "large_24e_24d_swiglu_qknorm_nobias, 2730",
    "xlarge_24e_24d_gelu, 8192",
    "xlarge_24e_24d_swiglu_qknorm_nobias, 5461"
  })
  void hasThePublishedHiddenWidthsAndParts(String name, int hidden) {
    ModelRecipe recipe = ModelPresets.recipe(name);
    assertThat(recipe.hidden()).isEqualTo(hidden);
    Map<String, ModelTensor> tensors = new LinkedHashMap<>();
    ModelInventory.of(recipe, List.of()).tensors().forEach(t -> tensors.put(t.name(), t));
    assertThat(tensors.get("encoder.0.mlp.fc1.weight").shape())
        .isEqualTo(new Shape(hidden, recipe.dim()));
    assertThat(tensors.containsKey("decoder.0.mlp.fc3.weight")).isEqualTo(!name.endsWith("gelu"));
    assertThat(tensors.containsKey("decoder.0.cross_attn.kv.bias"))
        .isEqualTo(name.endsWith("gelu"));
    assertThat(tensors.get("encoder.0.norm1.bias").trained()).isEqualTo(name.endsWith("gelu"));
    assertThat(tensors.containsKey("encoder.0.attn.k_norm.weight"))
        .isEqualTo(name.contains("qknorm"));
    assertThat(recipe.usesSilu()).isEqualTo(!name.endsWith("gelu"));
  }

  @Test
  void matchesTheRecordedInventoryNameByName() throws IOException {
    JsonNode recorded;
    try (InputStream in = getClass().getResourceAsStream("/fm/fm_base_inventory.json")) {
      recorded = new ObjectMapper().readTree(in);
    }
    ModelInventory inventory =
        ModelInventory.of(
            preset("base_12e_12d_swiglu_nobias", false), PublishedModalities.twentyOne());
    Map<String, String> shapes = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : recorded.get("shapes").properties()) {
      shapes.put(entry.getKey(), shape(entry.getValue()).toString());
    }
    Map<String, String> own = new LinkedHashMap<>();
    inventory.tensors().forEach(t -> own.put(t.name(), t.shape().toString()));
    assertThat(own).containsExactlyInAnyOrderEntriesOf(shapes);
    assertThat(inventory.parameters()).isEqualTo(recorded.get("parameters").asLong());

    TreeSet<String> buffers = new TreeSet<>();
    recorded.get("buffers").forEach(b -> buffers.add(b.asText()));
    assertThat(inventory.tensors().stream().filter(t -> !t.trained()).map(ModelTensor::name))
        .containsExactlyInAnyOrderElementsOf(buffers);
    Map<String, String> shared = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : recorded.get("shared").properties()) {
      shared.put(entry.getKey(), entry.getValue().asText());
    }
    Map<String, String> ownShared = new LinkedHashMap<>();
    inventory.tensors().forEach(t -> t.sharedWith().ifPresent(s -> ownShared.put(t.name(), s)));
    assertThat(ownShared).containsExactlyInAnyOrderEntriesOf(shared);
  }

  private static Shape shape(JsonNode numbers) {
    long[] shape = new long[numbers.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = numbers.get(i).asLong();
    }
    return new Shape(shape);
  }

  @Test
  void listsWhatAModelOfTheSameSizesHas() {
    ModelRecipe recipe = TinyModels.everything();
    try (AnyToAnyModel model =
        new AnyToAnyModel(recipe, TinyModels.MODALITIES, 1, Device.cpu(), Precision.FLOAT32)) {
      ModelInventory inventory = ModelInventory.of(recipe, TinyModels.MODALITIES);
      Map<String, NDArray> checkpoint = model.checkpoint();
      assertThat(inventory.tensors().stream().map(ModelTensor::name))
          .containsExactlyElementsOf(checkpoint.keySet());
      inventory
          .tensors()
          .forEach(t -> assertThat(checkpoint.get(t.name()).getShape()).isEqualTo(t.shape()));
      assertThat(inventory.parameters()).isEqualTo(model.parameters().count());
    }
  }

  @Test
  void givesEachPartItsOwnBiases() {
    ModelRecipe recipe =
        TinyModels.recipe(
            Optional.of(true), Optional.of(false), Optional.empty(), Optional.of(false));
    List<String> biases =
        ModelInventory.of(recipe, List.of()).tensors().stream()
            .filter(t -> t.trained() && t.name().endsWith(".bias"))
            .map(ModelTensor::name)
            .toList();
    assertThat(biases)
        .contains(
            "encoder.0.attn.qkv.bias",
            "decoder.0.cross_attn.q.bias",
            "decoder.0.cross_attn.kv.bias",
            "decoder.0.mlp.fc3.bias",
            "decoder_proj_context.bias")
        .doesNotContain("encoder.0.attn.proj.bias", "decoder.0.cross_attn.proj.bias")
        .noneMatch(name -> name.contains("norm"));
  }
}
