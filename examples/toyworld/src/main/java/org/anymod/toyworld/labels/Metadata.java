package org.anymod.toyworld.labels;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.ImageStatistics;
import org.anymod.media.Json;
import org.anymod.spi.Value;
import org.anymod.toyworld.HitBuffer;
import org.anymod.toyworld.RenderedScene;
import org.anymod.toyworld.ToyClass;
import org.anymod.toyworld.geometry.Vec3;

/**
 * Numbers that describe a scene, from what is truly there:
 *
 * <ul>
 *   <li>image: side of the picture and {@link ImageStatistics};
 *   <li>counts: characters, words and sentences of the caption, people, visible instances, and
 *       boxes with a score of 0.6 or more and their classes;
 *   <li>{@code objectness} and {@code walkability}: share of pixels that show objects, and ground;
 *   <li>{@code semantic_diversity}: number of classes in sight;
 *   <li>{@code watermark_score}: 0, there is none;
 *   <li>{@code aesthetic_score}: a rule in place of human judgement, {@code 4 + 2 c + 1.5 t} with
 *       {@code c} the colourfulness in hundreds, at most 1, and {@code t} from 1 where the largest
 *       object's middle is at a third of the picture's width to 0 a third away from it;
 *   <li>{@code geometric_complexity}: {@code 1 - |mean normal|} over all pixels but the sky;
 *   <li>{@code occlusion_score}: share of pixels where the stored depth differs from that of the
 *       right or lower neighbour by more than a twentieth of its range in the picture.
 * </ul>
 */
public final class Metadata {
  private static final double SURE = 0.6;
  private static final double OCCLUSION_STEP = 0.05;

  private Metadata() {}

  /**
   * Returns the fields of the picture alone.
   *
   * @param rendered the scene
   * @return values by field name
   */
  public static Map<String, Object> image(RenderedScene rendered) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("original_width", rendered.size());
    fields.put("original_height", rendered.size());
    fields.putAll(ImageStatistics.of(raster(rendered)));
    return fields;
  }

  /**
   * Returns the fields of what the picture means.
   *
   * @param rendered the scene
   * @return values by field name
   */
  public static Map<String, Object> semantic(RenderedScene rendered) {
    List<Boxes.ObjectBox> boxes = Boxes.of(rendered);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("caption_n_chars", rendered.caption().length());
    fields.put("caption_n_words", rendered.caption().split(" ").length);
    fields.put("caption_n_sentences", 1);
    fields.put("n_humans", rendered.scene().people());
    fields.put("n_sam_instances", boxes.size());
    List<String> sure =
        boxes.stream().filter(b -> b.score() >= SURE).map(Boxes.ObjectBox::label).toList();
    fields.put("n_coco_instances", sure.size());
    fields.put("coco_instance_diversity", sure.stream().distinct().count());
    int[] classes = classes(rendered);
    double pixels = (double) rendered.size() * rendered.size();
    double surroundings = classes[ToyClass.SKY.ordinal()] + classes[ToyClass.GROUND.ordinal()];
    fields.put("walkability", classes[ToyClass.GROUND.ordinal()] / pixels);
    fields.put("objectness", 1 - surroundings / pixels);
    fields.put("semantic_diversity", diversity(classes));
    fields.put("watermark_score", 0.0);
    fields.put("aesthetic_score", aesthetics(rendered, boxes));
    return fields;
  }

  /**
   * Returns the fields of the scene's geometry.
   *
   * @param rendered the scene
   * @return values by field name
   */
  public static Map<String, Object> geometric(RenderedScene rendered) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("geometric_complexity", complexity(rendered));
    fields.put("occlusion_score", occlusion(rendered));
    return fields;
  }

  /**
   * Encodes the fields of the picture alone.
   *
   * @param rendered the scene
   * @return a JSON file
   */
  public static byte[] encodeImage(RenderedScene rendered) {
    return Json.write(image(rendered));
  }

  /**
   * Encodes the fields of what the picture means.
   *
   * @param rendered the scene
   * @return a JSON file
   */
  public static byte[] encodeSemantic(RenderedScene rendered) {
    return Json.write(semantic(rendered));
  }

  /**
   * Encodes the fields of the geometry.
   *
   * @param rendered the scene
   * @return a JSON file
   */
  public static byte[] encodeGeometric(RenderedScene rendered) {
    return Json.write(geometric(rendered));
  }

  /**
   * Encodes all fields.
   *
   * @param rendered the scene
   * @return a JSON file
   */
  public static byte[] encodeAll(RenderedScene rendered) {
    Map<String, Object> fields = new LinkedHashMap<>(image(rendered));
    fields.putAll(semantic(rendered));
    fields.putAll(geometric(rendered));
    return Json.write(fields);
  }

  private static Value.Raster raster(RenderedScene rendered) {
    int plane = rendered.size() * rendered.size();
    float[] data = new float[3 * plane];
    for (int i = 0; i < data.length; i++) {
      data[i % 3 * plane + i / 3] = (rendered.rgb()[i] & 0xFF) / 255f;
    }
    return new Value.Raster(3, rendered.size(), rendered.size(), data);
  }

  private static int[] classes(RenderedScene rendered) {
    int[] counts = new int[ToyClass.labels().size()];
    for (byte kind : rendered.classes()) {
      counts[kind]++;
    }
    return counts;
  }

  private static int diversity(int[] classes) {
    int seen = 0;
    for (int pixels : classes) {
      seen += pixels > 0 ? 1 : 0;
    }
    return seen;
  }

  private static double aesthetics(RenderedScene rendered, List<Boxes.ObjectBox> boxes) {
    double color = ImageStatistics.of(raster(rendered)).get("colorfulness") / 100;
    double largest = 0;
    double middle = 0.5;
    for (Boxes.ObjectBox box : boxes) {
      double area = (box.right() - box.left()) * (box.bottom() - box.top());
      if (area > largest) {
        largest = area;
        middle = (box.left() + box.right()) / 2;
      }
    }
    double away = Math.min(Math.abs(middle - 1 / 3.0), Math.abs(middle - 2 / 3.0));
    return 4 + 2 * Math.min(1, color) + 1.5 * Math.max(0, 1 - 3 * away);
  }

  private static double complexity(RenderedScene rendered) {
    HitBuffer hits = rendered.hits();
    Vec3 sum = new Vec3(0, 0, 0);
    int count = 0;
    for (int pixel = 0; pixel < hits.size() * hits.size(); pixel++) {
      if (hits.kind(pixel) != ToyClass.SKY) {
        sum = sum.plus(hits.normal(pixel));
        count++;
      }
    }
    return count == 0 ? 0 : Math.max(0, 1 - sum.length() / count);
  }

  private static double occlusion(RenderedScene rendered) {
    int size = rendered.size();
    float[] depth = rendered.depth();
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (float value : depth) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    double step = OCCLUSION_STEP * (most - least);
    int edges = 0;
    for (int pixel = 0; pixel < depth.length; pixel++) {
      boolean right = pixel % size < size - 1 && Math.abs(depth[pixel] - depth[pixel + 1]) > step;
      boolean below =
          pixel / size < size - 1 && Math.abs(depth[pixel] - depth[pixel + size]) > step;
      edges += right || below ? 1 : 0;
    }
    return edges / (double) depth.length;
  }
}
