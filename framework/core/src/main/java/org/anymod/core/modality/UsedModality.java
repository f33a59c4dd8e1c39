package org.anymod.core.modality;

import java.util.Optional;
import org.anymod.spi.CodedText;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;

/**
 * A modality as a run uses it.
 *
 * @param modality what the plugin brings
 * @param declaration key, kind and the roles that the recipe uses
 * @param resolution side of the square picture in pixels
 * @param tokenizer what makes its tokens, or the codes in its text; empty where it has none
 * @param modelKey key under which its samples enter the model: its own, unless it feeds another
 */
public record UsedModality(
    Modality modality,
    Declaration declaration,
    int resolution,
    Optional<TokenizerUse> tokenizer,
    String modelKey) {

  /**
   * Returns the same modality with larger or smaller pictures.
   *
   * @param side side of the square picture in pixels
   * @return the modality
   */
  public UsedModality at(int side) {
    return new UsedModality(modality, declaration, side, tokenizer, modelKey);
  }

  /**
   * Returns the key of its data, which is also the model key unless it feeds another.
   *
   * @return the key
   */
  public String key() {
    return declaration.key();
  }

  /**
   * Returns the folder name of its files.
   *
   * @return the source
   */
  public String source() {
    return modality.source();
  }

  /**
   * Returns whether its samples enter the model under the key of another modality.
   *
   * @return true if it has no rows of its own in the model
   */
  public boolean feedsAnother() {
    return !modelKey.equals(key());
  }

  /**
   * Returns whether the model sees the tokens of its tokenizer.
   *
   * @return true for grids and sequences of tokens
   */
  public boolean isTokens() {
    return declaration.kind() instanceof Kind.TokenGrid
        || declaration.kind() instanceof Kind.TokenSequence;
  }

  /**
   * Returns the text form whose codes the run's own tokenizer makes.
   *
   * @return the form; empty if its text has no codes, or only those of its files
   */
  public Optional<CodedText> coded() {
    return tokenizer.isPresent() && modality.representation() instanceof CodedText form
        ? Optional.of(form)
        : Optional.empty();
  }

  /**
   * Returns whether its text is another one for each crop of a sample.
   *
   * @return true for text-like modalities that follow crops, such as boxes
   */
  public boolean isTextPerCrop() {
    return declaration.kind() instanceof Kind.TextSequence && modality.followsCrop();
  }
}
