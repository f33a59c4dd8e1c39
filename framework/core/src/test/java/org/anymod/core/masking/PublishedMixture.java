package org.anymod.core.masking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;

/**
 * The mixture of the published model with 19 inputs, a sample to mask, and what the published
 * implementation made of it.
 */
final class PublishedMixture {
  final JsonNode root;
  final List<String> keys;

  PublishedMixture() throws IOException {
    try (InputStream in =
        PublishedMixture.class.getResourceAsStream("/masking/masking_stats_mod21.json")) {
      root = new ObjectMapper().readTree(in);
    }
    keys =
        StreamSupport.stream(root.get("modality_order").spliterator(), false)
            .map(JsonNode::textValue)
            .toList();
  }

  MaskingPlan plan(MaskingOptions options) {
    List<MaskedModalitySpec> modalities = keys.stream().map(this::modality).toList();
    int input = root.get("num_input_tokens").intValue();
    int target = root.get("num_target_tokens").intValue();
    return new MaskingPlan(
        modalities, doubles(root.get("sampling_weights")), input, input, target, target, options);
  }

  Content[] sample() {
    return keys.stream().map(this::content).toArray(Content[]::new);
  }

  private MaskedModalitySpec modality(String key) {
    JsonNode info = root.get("modality_info").get(key);
    int maxTokens = info.get("max_tokens").intValue();
    double[] inputs = doubles(info.get("input_alphas"));
    Keep[] keep = new Keep[inputs.length];
    for (int k = 0; k < keep.length; k++) {
      String scheme = info.has("keep") ? info.get("keep").get(k).textValue() : "random";
      keep[k] = Keep.valueOf(scheme.toUpperCase(Locale.ROOT));
    }
    Declaration declaration = declaration(key, info.get("type").textValue(), maxTokens);
    return new MaskedModalitySpec(
        declaration, maxTokens, inputs, doubles(info.get("target_alphas")), keep);
  }

  private static Declaration declaration(String key, String type, int maxTokens) {
    return switch (type) {
      case "seq" -> Declaration.inputAndOutput(key, new Kind.TextSequence(maxTokens, maxTokens));
      case "seq_emb" -> Declaration.inputOnly(key, new Kind.EmbeddingSequence(4096, maxTokens));
      default ->
          key.startsWith("rgb")
              ? Declaration.inputOnly(key, new Kind.PixelPatches(3, 224, 224, 16))
              : Declaration.inputAndOutput(
                  key, new Kind.TokenGrid(1, maxTokens, 8192, Kind.Positions.SINE_COSINE));
    };
  }

  private Content content(String key) {
    JsonNode data = root.get("data");
    String type = root.get("modality_info").get(key).get("type").textValue();
    return switch (type) {
      case "seq" -> new Content.Sequence(chunks(data.get("ids").get(key)));
      case "seq_emb" -> new Content.Vectors(data.get("t5_caption_length").intValue());
      default -> new Content.Grid();
    };
  }

  private static List<int[]> chunks(JsonNode arrays) {
    List<int[]> chunks = new ArrayList<>();
    for (JsonNode array : arrays) {
      chunks.add(
          StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::intValue).toArray());
    }
    return chunks;
  }

  private static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }
}
