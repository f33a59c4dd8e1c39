package org.anymod.core.sampling;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.model.PublishedModels;
import org.anymod.spi.Kind;
import org.anymod.torch.TensorScope;

/** The tiny published model, its inputs and what the reference system generated with it. */
final class PublishedGeneration implements AutoCloseable {
  private static final String MODEL = "fm_tiny_swiglu_nobias";

  private final AnyToAnyModel model;
  private final TensorScope scope;
  private final Map<String, NDArray> inputs;

  PublishedGeneration() throws IOException {
    this.model = PublishedModels.model(MODEL);
    this.scope = TensorScope.on(Device.cpu());
    this.inputs = PublishedModels.read("fm_tiny_batch", scope.manager());
  }

  static JsonNode read(String resource) throws IOException {
    try (InputStream in = PublishedGeneration.class.getResourceAsStream(resource)) {
      return JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build()
          .readTree(in);
    }
  }

  static List<String> strings(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  static int[] ints(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::intValue).toArray();
  }

  static boolean[] flags(JsonNode array) {
    boolean[] flags = new boolean[array.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = array.get(i).asBoolean() || array.get(i).asInt() != 0;
    }
    return flags;
  }

  AnyToAnyModel model() {
    return model;
  }

  int index(String key) {
    for (int m = 0; m < model.modalities().size(); m++) {
      if (model.modalities().get(m).key().equals(key)) {
        return m;
      }
    }
    throw new IllegalArgumentException(key);
  }

  /** The rows with which a recorded case begins. */
  List<Row> rows(JsonNode recorded) {
    JsonNode initial = recorded.get("initial");
    int count = initial.properties().iterator().next().getValue().get("input_mask").size();
    List<Row> rows = new ArrayList<>();
    for (int r = 0; r < count; r++) {
      Row row = new Row(model.modalities().size());
      int number = r;
      initial.properties().forEach(entry -> row.set(index(entry.getKey()), known(entry, number)));
      rows.add(row);
    }
    return rows;
  }

  private Known known(Map.Entry<String, JsonNode> entry, int row) {
    JsonNode state = entry.getValue();
    boolean[] hidden = flags(state.get("input_mask").get(row));
    int[] visible = IntStream.range(0, hidden.length).filter(i -> !hidden[i]).toArray();
    Kind kind = model.modalities().get(index(entry.getKey())).kind();
    if (kind instanceof Kind.PixelPatches) {
      return pixels(entry.getKey(), row);
    }
    if (kind instanceof Kind.EmbeddingSequence) {
      // What is hidden is padding behind the end, not a gap.
      float[] all = inputs.get(entry.getKey() + "/tensor").get(row).toFloatArray();
      return new Known.Vectors(Arrays.copyOf(all, visible.length * 96), visible.length);
    }
    int[] ids = ints(state.get("tensor").get(row));
    if (kind instanceof Kind.TokenGrid) {
      boolean[] shown = new boolean[ids.length];
      IntStream.of(visible).forEach(i -> shown[i] = true);
      return visible.length == 0 ? null : new Known.Grid(ids, shown);
    }
    int[] shown = IntStream.of(visible).map(i -> ids[i]).toArray();
    return shown.length == 1 && shown[0] == 5 ? null : new Known.Sequence(shown);
  }

  Known.Pixels pixels(String key, int row) {
    return new Known.Pixels(inputs.get(key + "/tensor").get(row).toFloatArray(), 196);
  }

  Known.Grid grid(String key, int row) {
    NDArray tensor = inputs.get(key + "/tensor").get(row);
    assert tensor.getDataType() == DataType.INT64;
    int[] ids = Arrays.stream(tensor.toLongArray()).mapToInt(Math::toIntExact).toArray();
    return new Known.Grid(ids, Places.allOf(ids.length));
  }

  @Override
  public void close() {
    model.close();
    scope.close();
  }
}
