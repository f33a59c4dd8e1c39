package org.anymod.core.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.ModelModality;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.torch.Precision;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.TensorScope;

/** Tiny models of the reference system, with their recorded weights. */
final class Published {
  static final String PICTURE = "rgb@224";
  static final Kind.PixelPatches PIXELS = new Kind.PixelPatches(3, 224, 224, 16);

  private Published() {}

  static Path file(String name) {
    URL url = Published.class.getResource(name);
    assertThat(url).as(name).isNotNull();
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path weights(String model) {
    return file("/fm/" + model + ".safetensors");
  }

  static Map<String, NDArray> read(String model, NDManager manager) throws IOException {
    return SafeTensors.read(weights(model), manager);
  }

  static JsonNode config(String model) throws IOException {
    JsonNode summary = new ObjectMapper().readTree(file("/fm/fm_tiny_summary.json").toFile());
    return summary.get("configs").get(model);
  }

  static ModelRecipe recipe(String model) throws IOException {
    JsonNode config = config(model);
    return recipe(
        config.get("dim").asInt(),
        config.get("encoder_depth").asInt(),
        config.get("num_heads").asInt(),
        config.get("gated_mlp").asBoolean(),
        config.get("qk_norm").asBoolean(),
        config.get("qkv_bias").asBoolean());
  }

  static ModelRecipe recipe(
      int dim, int layers, int heads, boolean gated, boolean qkNorm, boolean bias) {
    return new ModelRecipe(dim, layers, layers, heads, 4, gated, qkNorm, bias, false, "published");
  }

  /** The whole model, with its recorded weights. */
  static AnyToAnyModel model(String name) throws IOException {
    JsonNode config = config(name);
    List<String> outputs = strings(config.get("domains_out"));
    List<ModelModality> modalities = new ArrayList<>();
    for (String key : strings(config.get("domains_in")).stream().sorted().toList()) {
      Declaration declaration =
          outputs.contains(key)
              ? Declaration.inputAndOutput(key, kind(key))
              : Declaration.inputOnly(key, kind(key));
      modalities.add(new ModelModality(declaration, 512));
    }
    AnyToAnyModel model =
        new AnyToAnyModel(recipe(name), modalities, 0, Device.cpu(), Precision.FLOAT32);
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      model.load(read(name, scope.manager()));
    }
    return model;
  }

  /** An encoder-only model of the same sizes, with fresh weights. */
  static EncoderModel encoder(String name) throws IOException {
    return new EncoderModel(
        recipe(name),
        Declaration.inputOnly(PICTURE, PIXELS),
        0,
        true,
        7,
        Device.cpu(),
        Precision.FLOAT32);
  }

  static int indexOf(AnyToAnyModel model, String key) {
    return model.modalities().stream().map(ModelModality::key).toList().indexOf(key);
  }

  private static Kind kind(String key) {
    return switch (key) {
      case PICTURE -> PIXELS;
      case "t5_caption" -> new Kind.EmbeddingSequence(96, 77);
      case "tok_depth@224" -> new Kind.TokenGrid(14, 14, 512, Kind.Positions.SINE_COSINE);
      case "tok_dinov2_global" -> new Kind.TokenGrid(4, 4, 512, Kind.Positions.LEARNED);
      case "caption" -> new Kind.TextSequence(256, 256);
      case "color_palette" -> new Kind.TextSequence(23, 23);
      case "metadata" -> new Kind.TextSequence(40, 40);
      default -> throw new IllegalArgumentException(key);
    };
  }

  private static List<String> strings(JsonNode node) {
    List<String> list = new ArrayList<>();
    node.forEach(n -> list.add(n.asText()));
    return list;
  }
}
