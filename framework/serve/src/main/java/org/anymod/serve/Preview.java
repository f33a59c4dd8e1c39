package org.anymod.serve;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Crop;
import org.anymod.spi.Value;

/** An input as the model will see it: cut to its centre square and brought to the model's size. */
final class Preview {
  private Preview() {}

  static Map<String, Object> of(UsedModality modality, Value value) {
    int[] size = size(value);
    Crop crop = Crop.centerSquare(size[0], size[1]);
    Value seen = modality.modality().crop(value, crop, modality.resolution());
    ShownValue shown = ShownValue.of(modality, seen);
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("key", modality.key());
    if (shown.isPicture()) {
      tree.put("picture", "data:image/png;base64," + base64(shown.picture()));
    } else {
      tree.put("words", shown.words());
    }
    double height = size[0];
    double width = size[1];
    tree.put(
        "crop",
        List.of(
            crop.left() / width,
            crop.top() / height,
            crop.width() / width,
            crop.height() / height));
    return tree;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Returns rows and columns of a picture; 1 and 1 for what is none. */
  private static int[] size(Value value) {
    if (value instanceof Value.Raster raster) {
      return new int[] {raster.height(), raster.width()};
    }
    return value instanceof Value.ClassMap map
        ? new int[] {map.height(), map.width()}
        : new int[] {1, 1};
  }
}
