package org.anymod.core.modality;

import java.util.Optional;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.spi.CodedText;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.spi.Representation;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.ValueSpec;

/** Finds out which tokenizer a modality uses. */
final class TokenizerUses {
  private TokenizerUses() {}

  /** Returns the tokenizer of a modality; text with codes has one only if the recipe says so. */
  static Optional<TokenizerUse> of(
      ModalityMatch.Named named, Declaration declared, Optional<TokenizerRecipe> settings) {
    Representation representation = named.modality().representation();
    if (representation instanceof TokenizerFactory factory) {
      return Optional.of(
          new TokenizerUse(
              named.key(), factory, declared, named.modality().value(), named.resolution()));
    }
    return representation instanceof CodedText form
        ? settings.map(recipe -> ofParts(named.key(), form, recipe))
        : Optional.empty();
  }

  private static TokenizerUse ofParts(String key, CodedText form, TokenizerRecipe recipe) {
    Kind.TokenGrid codes = form.partCodes();
    int vocabulary = recipe.vocabulary().orElse(codes.vocabulary());
    if (vocabulary > codes.vocabulary()) {
      throw new IllegalArgumentException(
          "tokenizers."
              + key
              + ".vocabulary is "
              + vocabulary
              + ", the text has words for at most "
              + codes.vocabulary()
              + " codes");
    }
    Kind.TokenGrid grid =
        new Kind.TokenGrid(codes.rows(), codes.columns(), vocabulary, codes.positions());
    return new TokenizerUse(
        key, form.tokenizer(), Declaration.inputAndOutput(key, grid), form.part(), form.partSide());
  }

  /** Refuses to share a tokenizer of other values or another grid. */
  static void checkShared(ModalityMatch.Named named, Declaration declared, TokenizerUse shared) {
    ValueSpec own = named.modality().value();
    boolean sameValues =
        own instanceof Record ? own.equals(shared.value()) : own.getClass() == classOf(shared);
    if (!sameValues || !declared.kind().equals(shared.declaration().kind())) {
      throw new IllegalArgumentException(
          "would use the tokenizer of '"
              + shared.key()
              + "', which is for "
              + shared.value()
              + " as "
              + shared.declaration().kind()
              + ", but has "
              + own
              + " as "
              + declared.kind()
              + "; give it an entry of its own under tokenizers");
    }
  }

  private static Class<?> classOf(TokenizerUse shared) {
    return shared.value().getClass();
  }
}
