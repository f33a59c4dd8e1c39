package org.anymod.media;

import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Value;

/** Maps that lie over a picture as a grid of tokens, one for each patch. */
public abstract class TokenMaps extends ComposedModality {
  private final int vocabulary;

  /**
   * Creates the modality, named {@code tok_<source>}.
   *
   * @param source folder of its files
   * @param vocabulary number of different tokens unless a recipe says otherwise
   * @param parts its parts, the representation a tokenizer
   */
  protected TokenMaps(String source, int vocabulary, ModalityParts parts) {
    super("tok_" + source, source, parts);
    this.vocabulary = vocabulary;
  }

  @Override
  public final Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), request.tokenGrid(vocabulary));
  }

  @Override
  public abstract Value crop(Value value, Crop crop, int size);
}
