package org.anymod.core.training;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.model.ModelModality;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Kind;
import org.anymod.spi.Loss;

/** Builds the rows of a model's embedding table from the modality set of a run. */
public final class ModelInputs {
  private static final String BUILT_IN = "cross_entropy";

  private ModelInputs() {}

  /**
   * Returns the rows in model order.
   *
   * @param modalities the modality set
   * @param text the vocabulary of text-like modalities
   * @param losses losses that modalities may name
   * @return one row for each modality
   * @throws IllegalArgumentException if a modality names a loss that is not there
   */
  public static List<ModelModality> of(
      ModalitySet modalities, TextTokenizer text, Collection<? extends Loss> losses) {
    return modalities.all().stream().map(m -> row(m, text, losses)).toList();
  }

  /**
   * Finds the loss of a modality.
   *
   * @param modality the modality
   * @param losses losses that it may name
   * @return the loss; empty for cross-entropy, which the model has built in
   * @throws IllegalArgumentException if it names a loss that is not there
   */
  public static Optional<Loss> loss(UsedModality modality, Collection<? extends Loss> losses) {
    String name = modality.modality().modelLoss();
    if (name.equals(BUILT_IN)) {
      return Optional.empty();
    }
    return Optional.of(
        losses.stream()
            .filter(loss -> loss.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "modalities."
                            + modality.key()
                            + ": its plugin asks for the model loss '"
                            + name
                            + "', but there are only "
                            + losses.stream().map(Loss::name).sorted().toList())));
  }

  private static ModelModality row(
      UsedModality modality, TextTokenizer text, Collection<? extends Loss> losses) {
    Kind kind = modality.declaration().kind();
    int vocabulary = 0;
    if (kind instanceof Kind.TokenGrid grid) {
      vocabulary = grid.vocabulary();
    } else if (kind instanceof Kind.TextSequence) {
      vocabulary = text.size();
    } else if (kind instanceof Kind.TokenSequence codes) {
      // Codes lie behind the special tokens, whose ids the vocabulary defines.
      vocabulary = codes.vocabulary() + text.controlTokens();
    }
    return new ModelModality(modality.declaration(), vocabulary, loss(modality, losses));
  }
}
