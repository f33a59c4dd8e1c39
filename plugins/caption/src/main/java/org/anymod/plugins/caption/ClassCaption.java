package org.anymod.plugins.caption;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;

/** Writes a caption that names the classes of a segmentation map, the largest first. */
final class ClassCaption implements Labeler {
  private final CaptionConfig config;

  ClassCaption(CaptionConfig config) {
    this.config = config;
  }

  @Override
  public List<String> from() {
    return List.of("semseg");
  }

  @Override
  public Value label(Map<String, Value> inputs) {
    Value.ClassMap map = ValueTypes.classMap(inputs.get("semseg"));
    int[] counts = new int[config.classes().size()];
    for (int c : map.data()) {
      if (c < 0 || c >= counts.length) {
        throw new IllegalArgumentException(
            "plugins.caption.classes names "
                + counts.length
                + " classes, but the map holds class "
                + c);
      }
      counts[c]++;
    }
    double least = config.minShare() * map.data().length;
    List<String> names =
        IntStream.range(0, counts.length)
            .filter(c -> counts[c] > 0 && counts[c] >= least && c != config.ignored().orElse(-1))
            .boxed()
            .sorted(Comparator.comparingInt((Integer c) -> -counts[c]))
            .map(config.classes()::get)
            .toList();
    return new Value.Text(config.template().replace(CaptionConfig.CLASSES, listed(names)));
  }

  private static String listed(List<String> names) {
    if (names.isEmpty()) {
      return "nothing";
    }
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }
}
