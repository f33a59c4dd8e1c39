package org.anymod.host.recipe;

import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Writes a recipe with all its settings, so that reading it again gives the same recipe. */
public final class RecipeWriter {
  /** Texts that no YAML reader takes for anything else; all others are quoted. */
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_@./-]*");

  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private RecipeWriter() {}

  /**
   * Writes a recipe.
   *
   * @param bound a recipe and its plugin sections
   * @return YAML text; settings that are optional and absent are left out
   */
  public static String write(BoundRecipe<?> bound) {
    Map<String, Object> all = new LinkedHashMap<>(components(bound.recipe()));
    if (!bound.sections().isEmpty()) {
      all.put("plugins", bound.sections());
    }
    DumperOptions options = new DumperOptions();
    options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
    options.setSplitLines(false);
    StringWriter out = new StringWriter();
    new Yaml(options).serialize(node(all), out);
    return out.toString();
  }

  private static Map<String, Object> components(Record settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (SettingRule rule : SettingRule.of(settings.getClass())) {
      Object value = value(rule, settings);
      if (value instanceof OptionalInt number) {
        number.ifPresent(present -> values.put(rule.key(), present));
      } else if (value instanceof OptionalLong number) {
        number.ifPresent(present -> values.put(rule.key(), present));
      } else if (value instanceof OptionalDouble number) {
        number.ifPresent(present -> values.put(rule.key(), present));
      } else if (value instanceof Optional<?> optional) {
        optional.ifPresent(present -> values.put(rule.key(), present));
      } else {
        values.put(rule.key(), value);
      }
    }
    return values;
  }

  private static Object value(SettingRule rule, Record settings) {
    try {
      Method accessor = rule.component().getAccessor();
      accessor.setAccessible(true);
      return accessor.invoke(settings);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("cannot read component " + rule.component(), e);
    }
  }

  private static Node node(Object value) {
    if (value instanceof Record group) {
      return node(components(group));
    } else if (value instanceof Map<?, ?> map) {
      List<NodeTuple> tuples = new ArrayList<>();
      map.forEach((key, element) -> tuples.add(new NodeTuple(text(key.toString()), node(element))));
      return new MappingNode(Tag.MAP, tuples, style(map.isEmpty()));
    } else if (value instanceof List<?> list) {
      boolean flat =
          list.stream()
              .noneMatch(
                  item -> item instanceof Map || item instanceof List || item instanceof Record);
      return new SequenceNode(Tag.SEQ, list.stream().map(RecipeWriter::node).toList(), style(flat));
    } else if (value instanceof Boolean) {
      return plain(Tag.BOOL, value);
    } else if (value instanceof Integer || value instanceof Long) {
      return plain(Tag.INT, value);
    } else if (value instanceof Double) {
      return plain(Tag.FLOAT, value);
    }
    return text(value instanceof Enum<?> constant ? Keys.ofConstant(constant) : value.toString());
  }

  private static DumperOptions.FlowStyle style(boolean flow) {
    return flow ? DumperOptions.FlowStyle.FLOW : DumperOptions.FlowStyle.BLOCK;
  }

  private static Node plain(Tag tag, Object value) {
    return new ScalarNode(tag, value.toString(), null, null, DumperOptions.ScalarStyle.PLAIN);
  }

  private static Node text(String text) {
    boolean plain = PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
    DumperOptions.ScalarStyle style =
        plain ? DumperOptions.ScalarStyle.PLAIN : DumperOptions.ScalarStyle.DOUBLE_QUOTED;
    return new ScalarNode(Tag.STR, text, null, null, style);
  }
}
