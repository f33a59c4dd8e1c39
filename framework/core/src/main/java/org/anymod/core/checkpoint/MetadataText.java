package org.anymod.core.checkpoint;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The meaning of one text of a checkpoint's metadata, which the published system writes as Python
 * values and reads as YAML 1.1 after putting {@code null} for each {@code None}.
 */
public final class MetadataText {
  private static final int LONGEST = 10_000;
  private static final int MOST_VALUES = 100_000;
  private static final int DEEPEST = 50;

  private int values;

  private MetadataText() {}

  /**
   * Reads a text.
   *
   * @param text value of a metadata entry
   * @return a {@link Boolean}, {@link Long}, {@link java.math.BigInteger}, {@link Double}, {@link
   *     String}, {@link List}, {@link Map} or null; the text itself where it is no YAML or longer
   *     than 10000 characters
   */
  public static Object parse(String text) {
    if (text.codePointCount(0, text.length()) > LONGEST) {
      return text;
    }
    try {
      Node root = new Yaml(new LoaderOptions()).compose(new StringReader(python(text)));
      return root == null ? null : new MetadataText().value(root, 0);
    } catch (YAMLException | NumberFormatException e) {
      return text;
    }
  }

  private static String python(String text) {
    return text.replace("None", "null");
  }

  private Object value(Node node, int depth) {
    // Anchors let a short text stand for many values, or for one within itself.
    if (++values > MOST_VALUES || depth > DEEPEST) {
      throw new YAMLException("stands for too much");
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> list = new ArrayList<>();
      for (Node element : sequence.getValue()) {
        list.add(value(element, depth + 1));
      }
      return list;
    } else if (node instanceof MappingNode mapping) {
      Map<Object, Object> map = new LinkedHashMap<>();
      for (NodeTuple tuple : mapping.getValue()) {
        map.put(value(tuple.getKeyNode(), depth + 1), value(tuple.getValueNode(), depth + 1));
      }
      return map;
    } else if (node instanceof ScalarNode scalar) {
      boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
      return plain ? PlainScalar.value(scalar.getValue()) : scalar.getValue();
    }
    throw new YAMLException("unknown node");
  }
}
