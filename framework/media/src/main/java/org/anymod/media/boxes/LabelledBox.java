package org.anymod.media.boxes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.Box;

/**
 * One box of a picture.
 *
 * @param box sides as parts of the picture, 0 to 1
 * @param label name of the class
 * @param score how certain it is, 0 to 1
 */
record LabelledBox(Box box, String label, double score) {

  LabelledBox with(Box other) {
    return new LabelledBox(other, label, score);
  }

  /** Returns the entry of a file. */
  Map<String, Object> toTree() {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("boxes", List.of(box.left(), box.top(), box.right(), box.bottom()));
    entry.put("class_name", label);
    entry.put("score", score);
    return entry;
  }
}
