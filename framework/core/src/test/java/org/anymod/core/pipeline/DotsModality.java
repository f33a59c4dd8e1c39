package org.anymod.core.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anymod.media.JsonCodec;
import org.anymod.networks.vq.MlpVqVae;
import org.anymod.spi.Codec;
import org.anymod.spi.CodedText;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Dots on a line of 8 places: a list of {@code {"x": place, "part": [4 numbers], "codes": [2
 * codes]}}, of which each crop holds those inside, written as {@code dot v0=x v1=code v1=code}.
 */
final class DotsModality implements Modality {
  static final String KEY = "dots";

  static Map<String, Object> dot(long x, double... part) {
    Map<String, Object> dot = new LinkedHashMap<>();
    dot.put("x", x);
    if (part.length > 0) {
      dot.put("part", Arrays.stream(part).boxed().toList());
    }
    return dot;
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> dots(Value value) {
    return (List<Map<String, Object>>) ((Value.Structured) value).tree();
  }

  @Override
  public String name() {
    return KEY;
  }

  @Override
  public String source() {
    return KEY;
  }

  @Override
  public ValueSpec.StructuredSpec value() {
    return new ValueSpec.StructuredSpec() {
      @Override
      public Optional<String> violation(Object tree) {
        return tree instanceof List ? Optional.empty() : Optional.of("is no list of dots");
      }
    };
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(16, 16));
  }

  @Override
  public Codec codec() {
    return new JsonCodec(value());
  }

  @Override
  public Representation representation() {
    return new DotText();
  }

  @Override
  public boolean followsCrop() {
    return true;
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    List<Object> kept = new ArrayList<>();
    for (Map<String, Object> dot : dots(value)) {
      int x = ((Number) dot.get("x")).intValue();
      if (x >= crop.left() && x < crop.left() + crop.width()) {
        int place = (x - crop.left()) * size / crop.width();
        Map<String, Object> moved = new LinkedHashMap<>(dot);
        moved.put("x", (long) (crop.flip() ? size - 1 - place : place));
        kept.add(moved);
      }
    }
    return new Value.Structured(kept);
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Words(dots(value).toString());
  }

  @Override
  public Metric metric() {
    return new Metric() {
      @Override
      public String name() {
        return "count";
      }

      @Override
      public Accumulator start() {
        return new CountError();
      }

      @Override
      public Value constant(List<? extends Value> truths) {
        return new Value.Structured(List.of());
      }
    };
  }

  private static final class CountError implements Metric.Accumulator {
    private double sum;

    @Override
    public void add(Value prediction, Value truth) {
      sum += Math.abs(dots(prediction).size() - dots(truth).size());
    }

    @Override
    public double error() {
      return sum;
    }

    @Override
    public Map<String, Double> figures() {
      return Map.of("count", sum);
    }
  }

  /** The text form. */
  static final class DotText implements CodedText {
    private static final Pattern DOT = Pattern.compile("dot v0=(\\d+) v1=(\\d+) v1=(\\d+)");

    @Override
    public TokenizerFactory tokenizer() {
      return MlpVqVae.forVectors("mse");
    }

    @Override
    public ValueSpec part() {
      return new ValueSpec.VectorsSpec(4, 1, -10, 10);
    }

    @Override
    public int partSide() {
      return 1;
    }

    @Override
    public Kind.TokenGrid partCodes() {
      return new Kind.TokenGrid(1, 2, 32, Kind.Positions.LEARNED);
    }

    @Override
    public Optional<List<Value>> parts(Value whole) {
      List<Value> parts = new ArrayList<>();
      for (Map<String, Object> dot : dots(whole)) {
        if (!(dot.get("part") instanceof List<?> numbers)) {
          return Optional.empty();
        }
        float[] data = new float[4];
        for (int i = 0; i < 4; i++) {
          data[i] = ((Number) numbers.get(i)).floatValue();
        }
        parts.add(new Value.Vectors(1, 4, data));
      }
      return Optional.of(parts);
    }

    @Override
    public boolean hasCodes(Value whole) {
      return dots(whole).stream().allMatch(dot -> dot.containsKey("codes"));
    }

    @Override
    public int[][] codes(Value whole) {
      return dots(whole).stream()
          .map(dot -> ((List<?>) dot.get("codes")))
          .map(list -> list.stream().mapToInt(code -> ((Number) code).intValue()).toArray())
          .toArray(int[][]::new);
    }

    @Override
    public Value withCodes(Value whole, int[][] codes) {
      List<Object> filled = new ArrayList<>();
      for (int i = 0; i < codes.length; i++) {
        Map<String, Object> dot = new LinkedHashMap<>(dots(whole).get(i));
        dot.put("codes", Arrays.stream(codes[i]).mapToObj(code -> (Object) (long) code).toList());
        filled.add(dot);
      }
      return new Value.Structured(filled);
    }

    @Override
    public Value withParts(Value whole, List<Value> parts) {
      List<Object> filled = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        Map<String, Object> dot = new LinkedHashMap<>(dots(whole).get(i));
        List<Object> numbers = new ArrayList<>();
        for (float number : ((Value.Vectors) parts.get(i)).data()) {
          numbers.add((double) number);
        }
        dot.put("part", numbers);
        filled.add(dot);
      }
      return new Value.Structured(filled);
    }

    @Override
    public List<String> write(Value value, RandomGenerator random) {
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < dots(value).size(); i++) {
        int[] codes = codes(value)[i];
        texts.add("dot v0=" + dots(value).get(i).get("x") + " v1=" + codes[0] + " v1=" + codes[1]);
      }
      return List.of(String.join(" ", texts));
    }

    @Override
    public Value read(String text) {
      List<Object> dots = new ArrayList<>();
      Matcher matcher = DOT.matcher(text);
      while (matcher.find()) {
        Map<String, Object> dot = dot(Long.parseLong(matcher.group(1)));
        dot.put(
            "codes",
            List.<Object>of(Long.parseLong(matcher.group(2)), Long.parseLong(matcher.group(3))));
        dots.add(dot);
      }
      return new Value.Structured(dots);
    }

    @Override
    public List<String> words() {
      return List.of("dot");
    }

    @Override
    public int coordinateBins() {
      return 100;
    }
  }
}
