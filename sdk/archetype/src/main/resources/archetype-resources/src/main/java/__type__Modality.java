package ${package};

#if($kind == "text")
import org.anymod.media.PlainText;
import org.anymod.media.TextCodec;
import org.anymod.media.TextMetric;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.ValueSpec;

/**
 * Texts of at most 128 tokens of the vocabulary that all text-like modalities share.
 *
 * <p>Files: {@code ${modality}/<name>.txt}, the whole file a text.
 */
public final class ${type}Modality implements Modality {
  private static final int MAX_CHARACTERS = 4000;
  private static final int MAX_TOKENS = 128;

  private final Codec codec = new TextCodec("${modality}");
  private final Representation text = new PlainText(MAX_CHARACTERS, false, 0);
  private final Metric metric = new TextMetric();
#elseif($kind == "grid")
import org.anymod.media.Cropping;
import org.anymod.media.ImageCodec;
import org.anymod.media.RasterMetric;
import org.anymod.media.Renderings;
import org.anymod.media.Resampling;
import org.anymod.media.ValueTypes;
import org.anymod.networks.diffusion.RasterVae;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Maps of one number in [0, 1], as a grid with one token for each patch.
 *
 * <p>Files: {@code ${modality}/<name>.png}, gray with 16 bits, the stored number over 65535. Tokens
 * come from a vector-quantised autoencoder that is trained on them.
 */
public final class ${type}Modality implements Modality {
  private static final int VOCABULARY = 1024;
  private static final int BITS = 16;

  private final ValueSpec value = new ValueSpec.RasterSpec(1, 0, 1);
  private final Codec codec = ImageCodec.gray(BITS);
  private final Representation tokens = RasterVae.of("smooth_l1");
  private final Metric metric = new RasterMetric(1);
#elseif($kind == "pixels")
import org.anymod.media.Cropping;
import org.anymod.media.ImageCodec;
import org.anymod.media.RasterMetric;
import org.anymod.media.Renderings;
import org.anymod.media.Resampling;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Colour pictures with values in [0, 1] that a model reads as patches of pixels.
 *
 * <p>Files: {@code ${modality}/<name>.png} or {@code .jpg}.
 */
public final class ${type}Modality implements Modality {
  private static final int CHANNELS = 3;

  private final ValueSpec value = new ValueSpec.RasterSpec(CHANNELS, 0, 1);
  private final Codec codec = ImageCodec.color();
  private final Metric metric = new RasterMetric(1);
#elseif($kind == "embedding")
import org.anymod.media.CosineMetric;
import org.anymod.media.NpyCodec;
import org.anymod.media.ValueTypes;
import org.anymod.media.VectorPicture;
import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.VectorForm;

/**
 * Vectors of 32 numbers in [-100, 100] that a model reads through a linear projection.
 *
 * <p>Files: {@code ${modality}/<name>.npy}, float32, an array of shape (count, 32).
 */
public final class ${type}Modality implements Modality {
  private static final int WIDTH = 32;
  private static final int MAX_VECTORS = 4;
  private static final float LIMIT = 100;

  private final ValueSpec.VectorsSpec value =
      new ValueSpec.VectorsSpec(WIDTH, MAX_VECTORS, -LIMIT, LIMIT);
  private final Codec codec = NpyCodec.vectors(value);
  private final Metric metric = new CosineMetric();

  /** Values are the vectors already. */
  private static final class AsTheyAre implements VectorForm {
    @Override
    public Value.Vectors vectors(Value value) {
      return ValueTypes.vectors(value);
    }
  }
#else
import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.NpyCodec;
import org.anymod.media.ValueTypes;
import org.anymod.media.VectorPicture;
import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Lists of 1 to 32 numbers in [0, 1], a token for each number.
 *
 * <p>Files: {@code ${modality}/<name>.npy}, float32, an array of shape (count, 1).
 */
public final class ${type}Modality implements Modality {
  private static final int LONGEST = 32;
  private static final int VOCABULARY = 256;

  private final ValueSpec.VectorsSpec value = new ValueSpec.VectorsSpec(1, LONGEST, 0, 1);
  private final Codec codec = NpyCodec.vectors(value);
  private final Metric metric = new MeanDifference();

  /** Cuts [0, 1] into even levels; there is nothing to learn. */
  private record Levels(int vocabulary) implements Tokenizer {

    @Override
    public int[][] encode(List<? extends Value> values) {
      return values.stream()
          .map(
              value -> {
                float[] numbers = ValueTypes.vectors(value).data();
                int[] tokens = new int[numbers.length];
                Arrays.setAll(tokens, i -> Math.round(numbers[i] * (vocabulary - 1)));
                return tokens;
              })
          .toArray(int[][]::new);
    }

    @Override
    public List<Value> decode(int[][] tokens) {
      return Arrays.stream(tokens).map(this::decoded).toList();
    }

    private Value decoded(int[] tokens) {
      if (tokens.length > LONGEST) {
        throw new IllegalArgumentException(tokens.length + " tokens, at most " + LONGEST);
      }
      float[] numbers = new float[tokens.length];
      for (int i = 0; i < tokens.length; i++) {
        if (tokens[i] < 0 || tokens[i] >= vocabulary) {
          throw new IllegalArgumentException(
              "token " + tokens[i] + " is outside 0 to " + (vocabulary - 1));
        }
        numbers[i] = (float) tokens[i] / (vocabulary - 1);
      }
      return new Value.Vectors(numbers.length, 1, numbers);
    }

    @Override
    public Map<String, NDArray> state() {
      return Map.of();
    }

    @Override
    public void load(Map<String, NDArray> state) {
      if (!state.isEmpty()) {
        throw new IllegalArgumentException("there are no weights, but " + state.keySet());
      }
    }

    @Override
    public void close() {}
  }

  /** Makes the tokenizers. */
  private static final class LevelsFactory implements TokenizerFactory {
    @Override
    public String family() {
      return "levels";
    }

    @Override
    public Tokenizer create(TokenizerContext context) {
      if (!context.settings().isEmpty()) {
        throw new IllegalArgumentException(
            "there are no settings, but " + context.settings().keySet());
      }
      return new Levels(((Kind.TokenSequence) context.declaration().kind()).vocabulary());
    }
  }

  /** Mean absolute difference of numbers at the same place; one that is missing counts 1. */
  private static final class MeanDifference implements Metric {
    @Override
    public String name() {
      return "l1";
    }

    @Override
    public Accumulator start() {
      return new Sum();
    }

    /** The mean of each place that the first truth has. */
    @Override
    public Value constant(List<? extends Value> truths) {
      float[] means = new float[ValueTypes.vectors(truths.get(0)).count()];
      for (int i = 0; i < means.length; i++) {
        int place = i;
        means[i] =
            (float)
                truths.stream()
                    .map(truth -> ValueTypes.vectors(truth).data())
                    .filter(numbers -> numbers.length > place)
                    .mapToDouble(numbers -> numbers[place])
                    .average()
                    .orElse(0);
      }
      return new Value.Vectors(means.length, 1, means);
    }
  }

  /** Sums over samples. */
  private static final class Sum implements Metric.Accumulator {
    private double differences;
    private long places;

    @Override
    public void add(Value prediction, Value truth) {
      float[] found = ValueTypes.vectors(prediction).data();
      float[] wanted = ValueTypes.vectors(truth).data();
      for (int i = 0; i < Math.max(found.length, wanted.length); i++) {
        boolean both = i < found.length && i < wanted.length;
        differences += both ? Math.abs(found[i] - wanted[i]) : 1;
        places++;
      }
    }

    @Override
    public double error() {
      return differences / places;
    }

    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("l1", error());
      return figures;
    }
  }
#end

  @Override
  public String name() {
    return "${modality}";
  }

  @Override
  public String source() {
    return "${modality}";
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public Metric metric() {
    return metric;
  }

#if($kind == "text")
  @Override
  public ValueSpec value() {
    return new ValueSpec.TextSpec(MAX_CHARACTERS);
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(MAX_TOKENS, MAX_TOKENS));
  }

  @Override
  public Representation representation() {
    return text;
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Words(ValueTypes.text(value).text());
  }
#elseif($kind == "grid")
  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), request.tokenGrid(VOCABULARY));
  }

  @Override
  public Representation representation() {
    return tokens;
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Picture(Renderings.heat(ValueTypes.raster(value)));
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return Cropping.crop(ValueTypes.raster(value), crop, size, Resampling.BICUBIC);
  }
#elseif($kind == "pixels")
  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    int side = request.resolution();
    return Declaration.inputOnly(
        request.key(), new Kind.PixelPatches(CHANNELS, side, side, request.patch()));
  }

  @Override
  public Representation representation() {
    return PixelScaling.IMAGENET;
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Picture(Renderings.picture(ValueTypes.raster(value)));
  }

  @Override
  public Value crop(Value value, Crop crop, int size) {
    return Cropping.crop(ValueTypes.raster(value), crop, size, Resampling.BICUBIC_8BIT);
  }
#elseif($kind == "embedding")
  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputOnly(request.key(), new Kind.EmbeddingSequence(WIDTH, MAX_VECTORS));
  }

  @Override
  public Representation representation() {
    return new AsTheyAre();
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Picture(VectorPicture.of(ValueTypes.vectors(value)));
  }

  /** Vectors belong to the whole sample. */
  @Override
  public boolean followsCrop() {
    return false;
  }
#else
  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    int vocabulary = request.vocabularyOr(VOCABULARY);
    // One more for the end token.
    return Declaration.inputAndOutput(
        request.key(), new Kind.TokenSequence(vocabulary, LONGEST + 1, LONGEST + 1));
  }

  @Override
  public Representation representation() {
    return new LevelsFactory();
  }

  @Override
  public Renderer renderer() {
    return value -> {
      Value.Vectors numbers = ValueTypes.vectors(value);
      return numbers.count() == 0
          ? new Rendering.Words("no numbers")
          : new Rendering.Picture(
              VectorPicture.of(new Value.Vectors(1, numbers.count(), numbers.data())));
    };
  }

  /** Numbers belong to the whole sample. */
  @Override
  public boolean followsCrop() {
    return false;
  }
#end
}
