package org.anymod.core.sampling.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/** Numbers that the published implementation gave. */
final class Published {
  private Published() {}

  static JsonNode read(String name) throws IOException {
    try (InputStream in = Published.class.getResourceAsStream("/schedules/" + name)) {
      return new ObjectMapper().readTree(in);
    }
  }

  static List<JsonNode> cases(String file, String list) throws IOException {
    List<JsonNode> cases = new ArrayList<>();
    read(file).get(list).forEach(cases::add);
    return cases;
  }

  static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  static double[] doubles(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .mapToDouble(JsonNode::doubleValue)
        .toArray();
  }

  static float[] floats(JsonNode array) {
    float[] floats = new float[array.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = array.get(i).floatValue();
    }
    return floats;
  }

  /** The schedule that a case of another list starts from. */
  static int[] schedule(JsonNode item) {
    int steps = item.get("num_steps").intValue();
    int tokens = item.get("total_tokens").intValue();
    boolean linear = item.get("from").textValue().equals("linear");
    return linear ? TokenSchedule.linear(steps, tokens) : TokenSchedule.cosine(steps, tokens);
  }
}
