package org.anymod.sdk.test;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.anymod.spi.Crop;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Representation;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.anymod.spi.VectorForm;
import org.anymod.torch.StreamRandom;

/** Everything that the host asks of a modality about one value, by name. */
final class Operations {
  private Operations() {}

  /**
   * Returns the operations of an instance; results are of a kind that {@link ValueContent} knows.
   */
  static Map<String, Function<Value, Object>> of(Modality modality, Subject subject) {
    Map<String, Function<Value, Object>> operations = new LinkedHashMap<>();
    operations.put("codec().encode", value -> modality.codec().encode(value));
    operations.put("codec().decode", value -> decoded(modality, value));
    operations.put("renderer().render", value -> modality.renderer().render(value));
    operations.put(
        "crop", value -> modality.crop(value, mirrored(subject, value), subject.resolution()));
    operations.put("metric()", value -> error(modality.metric(), value));
    Representation form = modality.representation();
    if (form instanceof TextForm text) {
      operations.put("write", value -> text.write(value, random()));
      operations.put("read", value -> text.read(String.join(" ", text.write(value, random()))));
    } else if (form instanceof VectorForm vectors) {
      operations.put("vectors", vectors::vectors);
    }
    return operations;
  }

  static StreamRandom random() {
    return StreamRandom.at(Subject.SEED, "form", 0);
  }

  private static Crop mirrored(Subject subject, Value value) {
    Crop whole = subject.whole(value);
    return new Crop(
        0, 0, whole.height(), whole.width(), true, whole.originalHeight(), whole.originalWidth());
  }

  private static Value decoded(Modality modality, Value value) {
    try {
      return modality.codec().decode(modality.codec().encode(value));
    } catch (InvalidDataException e) {
      throw new AssertionError("codec(): its own file is refused: " + e.getMessage(), e);
    }
  }

  private static Object error(Metric metric, Value value) {
    Metric.Accumulator sum = metric.start();
    sum.add(value, metric.constant(List.of(value)));
    return sum.error();
  }
}
