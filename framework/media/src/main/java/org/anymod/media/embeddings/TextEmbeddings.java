package org.anymod.media.embeddings;

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
 * Texts as vectors of a language model, which a model can read and not predict.
 *
 * <p>Files: {@code <name>/<sample>.npz}, see {@link EmbeddedTextsCodec}. A file with several texts
 * has one for each crop, one with a single text holds for all. Shown as the words, where the file
 * has them, measured by the angle of the vectors.
 */
public class TextEmbeddings implements Modality {
  private final String name;
  private final Kind.EmbeddingSequence kind;
  private final String title;
  private final ValueSpec value;
  private final Codec codec;
  private final VectorForm vectors = this::vectors;
  private final Metric metric = new SequenceDistance();

  /**
   * Creates the modality.
   *
   * @param name name of the modality, of its files' folder and of its settings
   * @param kind width of the vectors and largest number of them; later ones are left out
   * @param title what the vectors are, for people
   */
  public TextEmbeddings(String name, Kind.EmbeddingSequence kind, String title) {
    this.name = name;
    this.kind = kind;
    this.title = title;
    value = new EmbeddedTextsSpec(kind.dim(), "plugins." + name + ".width");
    codec = new EmbeddedTextsCodec(value);
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String source() {
    return name;
  }

  @Override
  public final ValueSpec value() {
    return value;
  }

  @Override
  public final Declaration declare(DeclarationRequest request) {
    return Declaration.inputOnly(request.key(), kind);
  }

  @Override
  public final Codec codec() {
    return codec;
  }

  @Override
  public final Representation representation() {
    return vectors;
  }

  @Override
  public final Renderer renderer() {
    return this::render;
  }

  @Override
  public final Metric metric() {
    return metric;
  }

  /**
   * Takes the text with the number of the crop where there are several.
   *
   * @throws IllegalArgumentException if there are several, but fewer than crops
   */
  @Override
  public final Value crop(Value value, Crop crop, int size) {
    EmbeddedTexts texts = EmbeddedTexts.of(value);
    int count = texts.sequences().size();
    if (count == 1) {
      return value;
    }
    if (crop.index() >= count) {
      throw new IllegalArgumentException(
          "there are "
              + count
              + " texts, none for crop number "
              + crop.index()
              + "; give one for each crop, or only one");
    }
    return texts.only(crop.index()).toValue();
  }

  private Value.Vectors vectors(Value value) {
    List<float[]> sequence = EmbeddedTexts.of(value).sequences().get(0);
    int count = Math.min(sequence.size(), kind.maxTokens());
    float[] data = new float[count * kind.dim()];
    for (int i = 0; i < count; i++) {
      System.arraycopy(sequence.get(i), 0, data, i * kind.dim(), kind.dim());
    }
    return new Value.Vectors(count, kind.dim(), data);
  }

  private Rendering render(Value value) {
    List<String> texts = EmbeddedTexts.of(value).texts();
    return new Rendering.Words(
        texts.isEmpty() ? title : title + " of: " + String.join("\n", texts));
  }
}
