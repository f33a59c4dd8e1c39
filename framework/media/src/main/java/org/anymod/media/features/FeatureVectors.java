package org.anymod.media.features;

import java.util.List;
import org.anymod.media.ComposedModality;
import org.anymod.media.CosineMetric;
import org.anymod.media.ModalityParts;
import org.anymod.media.NpyCodec;
import org.anymod.media.ValueTypes;
import org.anymod.media.VectorPicture;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Labeler;
import org.anymod.spi.Rendering;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.ValueSpec.VectorsSpec;

/**
 * Embeddings of whole pictures as a fixed number of codes with trained positions, each from a
 * codebook of its own. They do not depend on a resolution.
 *
 * <p>Files: {@code <source>/<sample>.npy} of shape (width) or (1, width). Values: one vector,
 * numbers within 1000 of zero; losses on the cosine leave its length open. Crops leave it as it is.
 * Shown as bars, measured by their angle.
 */
public class FeatureVectors extends ComposedModality {
  private static final int MAX_WIDTH = 65536;
  private static final int MAX_CODES = 1024;
  private static final float LIMIT = 1000;

  private final Kind.TokenGrid kind;

  /**
   * Creates the modality, named {@code tok_<source>}.
   *
   * @param source folder of its files
   * @param kind number of codes and of different ones unless a recipe says otherwise, see {@link
   *     Kind.TokenGrid#ofCodes}
   * @param value embeddings, see {@link #spec}
   * @param tokens the tokenizer
   * @param labelers how embeddings are computed where there are no files
   */
  public FeatureVectors(
      String source,
      Kind.TokenGrid kind,
      VectorsSpec value,
      TokenizerFactory tokens,
      List<Labeler> labelers) {
    super(
        "tok_" + source,
        source,
        new ModalityParts(
            value,
            NpyCodec.vectors(value),
            tokens,
            vector -> new Rendering.Picture(VectorPicture.of(ValueTypes.vectors(vector))),
            new CosineMetric(),
            labelers));
    this.kind = kind;
  }

  /**
   * Returns what embeddings look like.
   *
   * @param width numbers in an embedding, 1 to 65536
   * @return the specification of one vector
   * @throws IllegalArgumentException if the width is impossible
   */
  public static VectorsSpec spec(int width) {
    checkWidth(width);
    return new VectorsSpec(width, 1, -LIMIT, LIMIT);
  }

  /**
   * Returns how embeddings enter a model.
   *
   * @param codes tokens that stand for one embedding, 1 to 1024
   * @param vocabulary number of different ones
   * @return the kind
   * @throws IllegalArgumentException if the number of codes is impossible
   */
  public static Kind.TokenGrid codes(int codes, int vocabulary) {
    if (codes < 1 || codes > MAX_CODES) {
      throw new IllegalArgumentException("codes is " + codes + ", must be 1 to " + MAX_CODES);
    }
    return Kind.TokenGrid.ofCodes(codes, vocabulary);
  }

  static void checkWidth(int width) {
    if (width < 1 || width > MAX_WIDTH) {
      throw new IllegalArgumentException("width is " + width + ", must be 1 to " + MAX_WIDTH);
    }
  }

  @Override
  public final Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(
        request.key(), codes(kind.maxTokens(), request.vocabularyOr(kind.vocabulary())));
  }
}
