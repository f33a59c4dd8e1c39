package org.anymod.sdk.test;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;

/** What is inside values: copies, and comparisons by content. */
final class ValueContent {
  private ValueContent() {}

  /** Returns a value that shares nothing changeable with the given one. */
  static Value copy(Value value) {
    if (value instanceof Value.Raster raster) {
      return new Value.Raster(
          raster.channels(), raster.height(), raster.width(), raster.data().clone());
    } else if (value instanceof Value.ClassMap map) {
      return new Value.ClassMap(map.height(), map.width(), map.data().clone());
    } else if (value instanceof Value.Vectors vectors) {
      return new Value.Vectors(vectors.count(), vectors.dim(), vectors.data().clone());
    } else if (value instanceof Value.Structured structured) {
      return new Value.Structured(copyTree(structured.tree()));
    }
    return value;
  }

  private static Object copyTree(Object tree) {
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> copy = new LinkedHashMap<>();
      map.forEach((key, value) -> copy.put(key, copyTree(value)));
      return copy;
    } else if (tree instanceof List<?> list) {
      List<Object> copy = new ArrayList<>();
      list.forEach(element -> copy.add(copyTree(element)));
      return copy;
    }
    return tree;
  }

  /** Returns something that equals another such thing exactly where the contents are the same. */
  static Object fingerprint(Object content) {
    if (content instanceof byte[] bytes) {
      return ByteBuffer.wrap(bytes.clone());
    } else if (content instanceof int[][] rows) {
      return Arrays.stream(rows).map(row -> Arrays.stream(row).boxed().toList()).toList();
    } else if (content instanceof Value.Raster r) {
      return List.of("raster", r.channels(), r.height(), r.width(), floats(r.data()));
    } else if (content instanceof Value.ClassMap m) {
      return List.of("classes", m.height(), m.width(), IntBuffer.wrap(m.data().clone()));
    } else if (content instanceof Value.Vectors v) {
      return List.of("vectors", v.count(), v.dim(), floats(v.data()));
    } else if (content instanceof Rendering.Picture picture) {
      int width = picture.image().getWidth();
      int height = picture.image().getHeight();
      int[] colors = picture.image().getRGB(0, 0, width, height, null, 0, width);
      return List.of("picture", width, height, IntBuffer.wrap(colors));
    } else if (content instanceof Value value) {
      return copy(value);
    }
    return content;
  }

  private static FloatBuffer floats(float[] data) {
    return FloatBuffer.wrap(data.clone());
  }

  /** Writes over whatever can be changed in a value. */
  static void overwrite(Value value) {
    if (value instanceof Value.Raster raster) {
      Arrays.fill(raster.data(), -12345);
    } else if (value instanceof Value.ClassMap map) {
      Arrays.fill(map.data(), -12345);
    } else if (value instanceof Value.Vectors vectors) {
      Arrays.fill(vectors.data(), -12345);
    }
  }

  /** Returns how a value differs from an expected one by more than a tolerance, in words. */
  static Optional<String> difference(Value expected, Value found, double tolerance) {
    if (found == null || expected.getClass() != found.getClass()) {
      return Optional.of("is " + (found == null ? null : name(found)) + ", was " + name(expected));
    } else if (expected instanceof Value.Raster a && found instanceof Value.Raster b) {
      String was = a.channels() + " x " + a.height() + " x " + a.width();
      String is = b.channels() + " x " + b.height() + " x " + b.width();
      return was.equals(is) ? numbers(a.data(), b.data(), tolerance) : sizes(is, was);
    } else if (expected instanceof Value.Vectors a && found instanceof Value.Vectors b) {
      String was = a.count() + " vectors of width " + a.dim();
      String is = b.count() + " vectors of width " + b.dim();
      return was.equals(is) ? numbers(a.data(), b.data(), tolerance) : sizes(is, was);
    } else if (expected instanceof Value.ClassMap a && found instanceof Value.ClassMap b) {
      String was = a.height() + " x " + a.width();
      String is = b.height() + " x " + b.width();
      return was.equals(is) ? classes(a.data(), b.data(), tolerance) : sizes(is, was);
    } else if (expected instanceof Value.Structured a && found instanceof Value.Structured b) {
      return sameTree(a.tree(), b.tree(), tolerance)
          ? Optional.empty()
          : Optional.of("holds " + b.tree() + ", held " + a.tree());
    }
    return expected.equals(found)
        ? Optional.empty()
        : Optional.of("is " + found + ", was " + expected);
  }

  private static String name(Value value) {
    return "a " + value.getClass().getSimpleName();
  }

  private static Optional<String> sizes(String is, String was) {
    return Optional.of("has the size " + is + ", had " + was);
  }

  private static Optional<String> numbers(float[] was, float[] is, double tolerance) {
    int worst = 0;
    for (int i = 0; i < was.length; i++) {
      if (!(Math.abs(was[i] - is[i]) <= Math.abs(was[worst] - is[worst]))) {
        worst = i;
      }
    }
    double error = Math.abs((double) was[worst] - is[worst]);
    return error <= tolerance
        ? Optional.empty()
        : Optional.of(
            "differs by up to "
                + error
                + " (element "
                + worst
                + " is "
                + is[worst]
                + ", was "
                + was[worst]
                + "), allowed is "
                + tolerance);
  }

  private static Optional<String> classes(int[] was, int[] is, double tolerance) {
    int different = 0;
    for (int i = 0; i < was.length; i++) {
      different += was[i] == is[i] ? 0 : 1;
    }
    double share = (double) different / was.length;
    return share <= tolerance
        ? Optional.empty()
        : Optional.of("has another class at a share of " + share + ", allowed is " + tolerance);
  }

  private static boolean sameTree(Object a, Object b, double tolerance) {
    if (a instanceof Number x && b instanceof Number y) {
      return Math.abs(x.doubleValue() - y.doubleValue()) <= tolerance;
    } else if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
      return x.keySet().equals(y.keySet())
          && x.keySet().stream().allMatch(key -> sameTree(x.get(key), y.get(key), tolerance));
    } else if (a instanceof List<?> x && b instanceof List<?> y) {
      return x.size() == y.size()
          && IntStream.range(0, x.size()).allMatch(i -> sameTree(x.get(i), y.get(i), tolerance));
    }
    return Objects.equals(a, b);
  }
}
