package org.anymod.core.model;

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
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.torch.Precision;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.TensorScope;

/** Tiny models of the reference system, with their recorded weights. */
public final class PublishedModels {
  public static final String PICTURE = "rgb@224";
  public static final Kind.PixelPatches PIXELS = new Kind.PixelPatches(3, 224, 224, 16);

  private PublishedModels() {}

  /** Returns a file of the test resources. */
  public static Path file(String name) {
    URL url = PublishedModels.class.getResource(name);
    assertThat(url).as(name).isNotNull();
    try {
      return Path.of(url.toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Path weights(String name) {
    return file("/fm/" + name + ".safetensors");
  }

  /** Reads recorded tensors: weights of a model, or a batch. */
  public static Map<String, NDArray> read(String name, NDManager manager) throws IOException {
    return SafeTensors.read(weights(name), manager);
  }

  /** Sizes of the models and what was recorded of them. */
  public static JsonNode summary() throws IOException {
    return new ObjectMapper().readTree(file("/fm/fm_tiny_summary.json").toFile());
  }

  public static ModelRecipe recipe(String name) throws IOException {
    JsonNode config = config(name);
    return new ModelRecipe(
        config.get("dim").asInt(),
        config.get("encoder_depth").asInt(),
        config.get("decoder_depth").asInt(),
        config.get("num_heads").asInt(),
        config.get("mlp_ratio").asDouble(),
        config.get("gated_mlp").asBoolean(),
        config.get("qk_norm").asBoolean(),
        config.get("qkv_bias").asBoolean(),
        false,
        "published");
  }

  /** Returns the whole model, with its recorded weights. */
  public static AnyToAnyModel model(String name) throws IOException {
    JsonNode config = config(name);
    List<String> outputs = strings(config.get("domains_out"));
    List<ModelModality> modalities =
        strings(config.get("domains_in")).stream()
            .sorted()
            .map(key -> modality(key, outputs.contains(key)))
            .toList();
    AnyToAnyModel model =
        new AnyToAnyModel(recipe(name), modalities, 0, Device.cpu(), Precision.FLOAT32);
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      model.load(read(name, scope.manager()));
    }
    return model;
  }

  private static JsonNode config(String name) throws IOException {
    return summary().get("configs").get(name);
  }

  private static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static ModelModality modality(String key, boolean output) {
    Declaration declaration =
        output ? Declaration.inputAndOutput(key, kind(key)) : Declaration.inputOnly(key, kind(key));
    return new ModelModality(declaration, 512);
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
}
