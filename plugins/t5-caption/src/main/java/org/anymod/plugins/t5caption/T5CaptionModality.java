package org.anymod.plugins.t5caption;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.spi.Codec;
import org.anymod.spi.Crop;
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
 * Captions as vectors of a language model, by default T5-XXL: at most 77 vectors of width 4096,
 * input only.
 *
 * <p>Files: {@code t5_caption/<name>.npz}, see {@link T5CaptionCodec}. A file with several captions
 * has one for each crop, one with a single caption holds for all. Shown as the words, where the
 * file has them.
 */
public final class T5CaptionModality implements Modality {
  private static final String NAME = "t5_caption";

  private final T5CaptionConfig config;
  private final ValueSpec value;
  private final Codec codec;
  private final VectorForm vectors;
  private final Metric metric = new SequenceDistance();

  /**
   * Creates the modality.
   *
   * @param config sizes of the vectors
   */
  @Inject
  public T5CaptionModality(T5CaptionConfig config) {
    this.config = config;
    value = new EmbeddedCaptionsSpec(config.width());
    codec = new T5CaptionCodec(value);
    vectors = this::vectors;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String source() {
    return NAME;
  }

  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputOnly(
        request.key(), new Kind.EmbeddingSequence(config.width(), config.maxVectors()));
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public Representation representation() {
    return vectors;
  }

  @Override
  public Renderer renderer() {
    return T5CaptionModality::render;
  }

  @Override
  public Metric metric() {
    return metric;
  }

  /**
   * Takes the caption with the number of the crop where there are several.
   *
   * @throws IllegalArgumentException if there are several, but fewer than crops
   */
  @Override
  public Value crop(Value value, Crop crop, int size) {
    EmbeddedCaptions captions = EmbeddedCaptions.of(value);
    int count = captions.sequences().size();
    if (count == 1) {
      return value;
    }
    if (crop.index() >= count) {
      throw new IllegalArgumentException(
          "there are "
              + count
              + " captions, none for crop number "
              + crop.index()
              + "; give one for each crop, or only one");
    }
    return captions.only(crop.index()).toValue();
  }

  private Value.Vectors vectors(Value value) {
    List<float[]> sequence = EmbeddedCaptions.of(value).sequences().get(0);
    int count = Math.min(sequence.size(), config.maxVectors());
    float[] data = new float[count * config.width()];
    for (int i = 0; i < count; i++) {
      System.arraycopy(sequence.get(i), 0, data, i * config.width(), config.width());
    }
    return new Value.Vectors(count, config.width(), data);
  }

  private static Rendering render(Value value) {
    List<String> texts = EmbeddedCaptions.of(value).texts();
    String text = "T5-XXL embedding";
    return new Rendering.Words(texts.isEmpty() ? text : text + " of: " + String.join("\n", texts));
  }
}
