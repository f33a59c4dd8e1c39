package org.anymod.media.embeddings;

import java.util.List;
import org.anymod.media.ComposedModality;
import org.anymod.media.ModalityParts;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Rendering;
import org.anymod.spi.Value;
import org.anymod.spi.VectorForm;

/**
 * Texts as vectors of a language model, which a model can read and not predict.
 *
 * <p>Files: {@code <name>/<sample>.npz}, see {@link EmbeddedTextsCodec}. A file with several texts
 * has one for each crop, one with a single text holds for all. Shown as the words, where the file
 * has them, measured by the angle of the vectors.
 */
public class TextEmbeddings extends ComposedModality {
  private final Kind.EmbeddingSequence kind;

  /**
   * Creates the modality.
   *
   * @param name name of the modality, of its files' folder and of its settings
   * @param kind width of the vectors and largest number of them; later ones are left out
   * @param title what the vectors are, for people
   */
  public TextEmbeddings(String name, Kind.EmbeddingSequence kind, String title) {
    this(name, kind, title, new EmbeddedTextsSpec(kind.dim(), "plugins." + name + ".width"));
  }

  private TextEmbeddings(
      String name, Kind.EmbeddingSequence kind, String title, EmbeddedTextsSpec value) {
    super(
        name,
        name,
        new ModalityParts(
            value,
            new EmbeddedTextsCodec(value),
            (VectorForm) texts -> vectors(texts, kind),
            texts -> render(texts, title),
            new SequenceDistance()));
    this.kind = kind;
  }

  @Override
  public final Declaration declare(DeclarationRequest request) {
    return Declaration.inputOnly(request.key(), kind);
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

  private static Value.Vectors vectors(Value value, Kind.EmbeddingSequence kind) {
    List<float[]> sequence = EmbeddedTexts.of(value).sequences().get(0);
    int count = Math.min(sequence.size(), kind.maxTokens());
    float[] data = new float[count * kind.dim()];
    for (int i = 0; i < count; i++) {
      System.arraycopy(sequence.get(i), 0, data, i * kind.dim(), kind.dim());
    }
    return new Value.Vectors(count, kind.dim(), data);
  }

  private static Rendering render(Value value, String title) {
    List<String> texts = EmbeddedTexts.of(value).texts();
    return new Rendering.Words(
        texts.isEmpty() ? title : title + " of: " + String.join("\n", texts));
  }
}
