package org.anymod.core.instances;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.anymod.media.Json;
import org.anymod.media.pickle.NumpyObjects;
import org.anymod.media.pickle.PickledArray;
import org.anymod.spi.InvalidDataException;

/**
 * Outlined objects of one sample as JSON. Two forms are known:
 *
 * <pre>
 * {"crops":[{"instances":[{"polygon":[[x,y],...],"tokens":[...],"box":[ymin,xmin,ymax,xmax]},...]},...]}
 * {"instances":[{"polygon":[[x,y],...]},...]}
 * </pre>
 *
 * the first with tokens, one entry for each crop, in pixels of the crop; the second with the pixels
 * of the whole picture. Contours beyond an instance's first are kept as {@code
 * "more_contours":[[[x,y],...],...]}, a key that is left out where there are none.
 *
 * @param json the document, in UTF-8
 * @param crops number of crops; 0 for the second form
 * @param instances number of instances
 * @param moreContours number of contours that are not the first of their instance
 */
public record InstanceDocument(byte[] json, int crops, int instances, int moreContours) {
  private static final int MOST_NUMBERS = 2_000_000;
  private static final Set<String> WITH_TOKENS = Set.of("points", "token_ids", "bbox");
  private static final Set<String> OUTLINES = Set.of("points");

  /**
   * Converts a file of {@code numpy.save}.
   *
   * @param npy the whole file: an array of dictionaries, either with {@code points} (instances,
   *     contours, points of x and y), {@code token_ids} (instances, tokens) and {@code bbox}
   *     (instances, 4) for each crop, or with {@code points} (contours) for each instance
   * @return the document
   * @throws InvalidDataException if the file holds anything else; the message says where
   */
  public static InstanceDocument convert(byte[] npy) throws InvalidDataException {
    List<Object> elements = NumpyObjects.read(npy);
    Conversion conversion = new Conversion();
    boolean tokens = !elements.isEmpty() && conversion.dictionary(elements, 0).size() > 1;
    List<Object> converted = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      Map<?, ?> element = conversion.dictionary(elements, i);
      Set<String> keys = tokens ? WITH_TOKENS : OUTLINES;
      if (!element.keySet().equals(keys)) {
        throw new InvalidDataException(
            "element "
                + i
                + " has the keys "
                + element.keySet()
                + ", must have "
                + new TreeSet<>(keys));
      }
      converted.add(
          tokens
              ? Map.of("instances", conversion.crop(element, i))
              : conversion.instance(element.get("points"), "element " + i + ": points"));
    }
    byte[] json = Json.write(Map.of(tokens ? "crops" : "instances", converted));
    if (json.length > Json.MAX_BYTES) {
      throw new InvalidDataException(
          "the document has "
              + json.length
              + " bytes, at most "
              + Json.MAX_BYTES
              + " can be read again");
    }
    return new InstanceDocument(
        json, tokens ? converted.size() : 0, conversion.instances, conversion.moreContours);
  }

  /** Walks through the objects and counts, because one may stand at many places. */
  private static final class Conversion {
    private int instances;
    private int moreContours;
    private long numbers;

    Map<?, ?> dictionary(List<Object> elements, int index) throws InvalidDataException {
      if (elements.get(index) instanceof Map<?, ?> map) {
        return map;
      }
      throw wrong("element " + index, elements.get(index), "a dictionary");
    }

    List<Object> crop(Map<?, ?> crop, int index) throws InvalidDataException {
      String place = "element " + index + ": ";
      List<?> points = list(crop.get("points"), place + "points");
      PickledArray ids = table(crop.get("token_ids"), points.size(), place + "token_ids");
      PickledArray boxes = table(crop.get("bbox"), points.size(), place + "bbox");
      if (boxes.size() != 4L * points.size()) {
        throw new InvalidDataException(
            place + "bbox has shape " + Arrays.toString(boxes.shape()) + ", must have 4 columns");
      }
      List<Object> converted = new ArrayList<>();
      for (int i = 0; i < points.size(); i++) {
        Map<String, Object> instance = instance(points.get(i), place + "points of instance " + i);
        instance.put("tokens", tokens(ids, i, points.size(), place + "token_ids"));
        instance.put("box", row(boxes, i, 4, place + "bbox"));
        converted.add(instance);
      }
      return converted;
    }

    Map<String, Object> instance(Object contours, String place) throws InvalidDataException {
      List<?> all = list(contours, place);
      instances++;
      List<Object> polygons = new ArrayList<>();
      for (int i = 0; i < all.size(); i++) {
        polygons.add(polygon(all.get(i), place + ", contour " + i));
      }
      Map<String, Object> instance = new LinkedHashMap<>();
      instance.put("polygon", polygons.isEmpty() ? List.of() : polygons.get(0));
      if (polygons.size() > 1) {
        moreContours += polygons.size() - 1;
        instance.put("more_contours", polygons.subList(1, polygons.size()));
      }
      return instance;
    }

    /** Points of shape (points, 2), or (points, 1, 2) as OpenCV makes them. */
    private List<Object> polygon(Object contour, String place) throws InvalidDataException {
      if (!(contour instanceof PickledArray array)) {
        throw wrong(place, contour, "an array of points");
      }
      int[] shape = array.shape();
      boolean pairs = shape.length == 2 || (shape.length == 3 && shape[1] == 1);
      if (array.size() > 0 && (!pairs || shape[shape.length - 1] != 2)) {
        throw new InvalidDataException(
            place + " has shape " + Arrays.toString(shape) + ", must have (points, 1, 2)");
      }
      List<Object> points = new ArrayList<>();
      for (int i = 0; i < array.size() / 2; i++) {
        points.add(row(array, i, 2, place));
      }
      return points;
    }

    private static List<?> list(Object value, String place) throws InvalidDataException {
      if (value instanceof List<?> list) {
        return list;
      }
      if (value instanceof PickledArray array) {
        return array.objects();
      }
      throw wrong(place, value, "a list");
    }

    /** An array with one row for each instance; without instances its shape does not matter. */
    private static PickledArray table(Object value, int rows, String place)
        throws InvalidDataException {
      if (!(value instanceof PickledArray array)) {
        throw wrong(place, value, "an array");
      }
      int[] shape = array.shape();
      boolean fits = rows == 0 ? array.size() == 0 : shape.length == 2 && shape[0] == rows;
      if (!fits) {
        throw new InvalidDataException(
            place + " has shape " + Arrays.toString(shape) + " for " + rows + " instances");
      }
      return array;
    }

    private List<Object> tokens(PickledArray ids, int row, int rows, String place)
        throws InvalidDataException {
      List<Object> tokens = row(ids, row, ids.size() / rows, place);
      for (Object token : tokens) {
        if (!(token instanceof Long id) || id < 0 || id > Integer.MAX_VALUE) {
          throw wrong(place, token, "whole numbers that are not negative");
        }
      }
      return tokens;
    }

    private List<Object> row(PickledArray array, int row, int width, String place)
        throws InvalidDataException {
      numbers += width;
      if (numbers > MOST_NUMBERS) {
        throw new InvalidDataException(
            place + ": the file has more than " + MOST_NUMBERS + " numbers");
      }
      List<Object> numbers = new ArrayList<>(width);
      for (int i = 0; i < width; i++) {
        double x = array.number(row * width + i);
        if (Double.isNaN(x) || Double.isInfinite(x)) {
          throw wrong(place, x, "finite numbers");
        }
        boolean whole = x == Math.rint(x) && Math.abs(x) < 1L << 53;
        numbers.add(whole ? (Object) (long) x : (Object) x);
      }
      return numbers;
    }

    private static InvalidDataException wrong(String place, Object found, String allowed) {
      String name =
          found == null || found instanceof Number
              ? String.valueOf(found)
              : found.getClass().getSimpleName();
      return new InvalidDataException(place + " is " + name + ", must be " + allowed);
    }
  }
}
