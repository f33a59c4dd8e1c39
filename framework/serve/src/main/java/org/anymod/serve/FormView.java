package org.anymod.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anymod.core.modality.UsedModality;
import org.anymod.media.ColorMaps;
import org.anymod.spi.Bins;
import org.anymod.spi.Field;
import org.anymod.spi.InputForm;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * The ways in which a value can be entered, as clients see them: found from the declared values and
 * forms.
 */
final class FormView {
  private static final String TYPE = "type";

  private FormView() {}

  static List<Object> of(UsedModality modality) {
    List<Object> forms = new ArrayList<>();
    ValueSpec spec = modality.modality().value();
    modality.modality().inputForm().ifPresent(form -> forms.add(form(form)));
    if (spec instanceof ValueSpec.RasterSpec raster && isDrawable(raster)) {
      forms.add(tree("drawing", "channels", raster.channels()));
    }
    if (spec instanceof ValueSpec.ClassMapSpec classes && classes.labels().size() <= 256) {
      forms.add(classes(classes));
    }
    if (takesText(spec)) {
      forms.add(tree("text"));
    } else if (spec instanceof ValueSpec.StructuredSpec) {
      forms.add(tree("document"));
    }
    forms.add(tree("file", "extensions", modality.modality().codec().extensions()));
    return forms;
  }

  /** Returns whether people can draw such a picture. */
  static boolean isDrawable(ValueSpec.RasterSpec spec) {
    return spec.channels() == 1 || spec.channels() == 3;
  }

  /** Returns whether words alone are a value. */
  static boolean takesText(ValueSpec spec) {
    return spec.violation(new Value.Text("a")).isEmpty();
  }

  private static Map<String, Object> classes(ValueSpec.ClassMapSpec spec) {
    Map<String, Object> tree = tree("classes", "labels", spec.labels());
    tree.put(
        "colors",
        IntStream.range(0, spec.labels().size())
            .mapToObj(c -> String.format("#%06x", ColorMaps.classColor(c) & 0xFFFFFF))
            .toList());
    tree.put("ignored", spec.ignored().isPresent() ? spec.ignored().getAsInt() : null);
    return tree;
  }

  private static Map<String, Object> form(InputForm form) {
    if (form instanceof InputForm.Boxes boxes) {
      Map<String, Object> tree = tree("boxes", "labels", boxes.labels());
      tree.put("most", boxes.most());
      return tree;
    } else if (form instanceof InputForm.Colors colors) {
      return tree("colors", "most", colors.most());
    }
    List<Field> fields = ((InputForm.Numbers) form).fields();
    return tree("numbers", "fields", fields.stream().map(FormView::field).toList());
  }

  private static Map<String, Object> field(Field field) {
    Map<String, Object> tree = new LinkedHashMap<>();
    double[] range = range(field.bins());
    tree.put("name", field.name());
    tree.put("min", range[0]);
    tree.put("max", range[1]);
    tree.put("step", range[2]);
    tree.put("whole", field.bins().whole());
    return tree;
  }

  /** Returns ends and step of a slider: what differs for the model, as far as it has an end. */
  private static double[] range(Bins bins) {
    if (bins instanceof Bins.Published published) {
      return range(published.bins());
    } else if (bins instanceof Bins.Range range) {
      return new double[] {range.min(), range.max(), (range.max() - range.min()) / 100};
    } else if (bins instanceof Bins.Steps steps) {
      return new double[] {0, (double) steps.step() * Bins.MAX_BIN, steps.step()};
    } else if (bins instanceof Bins.Thresholds thresholds) {
      double last = thresholds.at().get(thresholds.at().size() - 1);
      return new double[] {0, last, last / 100};
    }
    return new double[] {0, Bins.MAX_BIN, 1};
  }

  private static Map<String, Object> tree(String type) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put(TYPE, type);
    return tree;
  }

  private static Map<String, Object> tree(String type, String key, Object entry) {
    Map<String, Object> tree = tree(type);
    tree.put(key, entry);
    return tree;
  }
}
