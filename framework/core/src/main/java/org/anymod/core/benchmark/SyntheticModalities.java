package org.anymod.core.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.anymod.core.masking.Keep;
import org.anymod.core.masking.MaskedModalitySpec;
import org.anymod.core.masking.MaskingOptions;
import org.anymod.core.masking.MaskingPlan;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.model.ModelModality;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;

/** Modalities without plugins, for measurements of the machinery between them. */
public final class SyntheticModalities {
  private static final int GRID = 14;

  private SyntheticModalities() {}

  /**
   * Declares token grids that are alike.
   *
   * @param count how many
   * @param side rows and columns of each grid
   * @param vocabulary number of tokens of each
   * @return input and output modalities in model order
   */
  public static List<ModelModality> grids(int count, int side, int vocabulary) {
    List<ModelModality> modalities = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      modalities.add(grid(i, side, vocabulary));
    }
    return List.copyOf(modalities);
  }

  /**
   * Declares the same with vocabularies of other sizes.
   *
   * @param special special tokens of the texts
   * @param codes tokens of each grid
   * @param words entries of the text vocabulary that are not special
   * @return modalities in model order
   */
  public static List<ModelModality> mixed(FixedTokens special, int codes, int words) {
    return mixed(special).stream()
        .map(
            modality ->
                modality.kind() instanceof Kind.TokenGrid grid
                    ? withVocabulary(modality, grid, codes)
                    : modality.vocabulary() == 0
                        ? modality
                        : new ModelModality(modality.declaration(), special.first() + words))
        .toList();
  }

  private static ModelModality withVocabulary(
      ModelModality modality, Kind.TokenGrid grid, int codes) {
    Kind kind = new Kind.TokenGrid(grid.rows(), grid.columns(), codes, grid.positions());
    return new ModelModality(Declaration.inputAndOutput(modality.key(), kind), codes);
  }

  private static ModelModality grid(int number, int side, int vocabulary) {
    Kind kind = new Kind.TokenGrid(side, side, vocabulary, Kind.Positions.SINE_COSINE);
    return new ModelModality(Declaration.inputAndOutput(key("grid", number), kind), vocabulary);
  }

  /**
   * Declares 21 modalities of all kinds, in the proportions of the published 21-modality models:
   * one of pixels, eleven grids, two sets of global codes, six texts and one of vectors.
   *
   * @param special special tokens of the texts
   * @return modalities in model order
   */
  public static List<ModelModality> mixed(FixedTokens special) {
    List<ModelModality> modalities = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      modalities.add(grid(i, GRID, 8192));
    }
    for (int i = 0; i < 2; i++) {
      Kind codes = new Kind.TokenGrid(4, 4, 8192, Kind.Positions.LEARNED);
      modalities.add(new ModelModality(Declaration.inputAndOutput(key("codes", i), codes), 8192));
    }
    int[] lengths = {256, 256, 40, 275, 23, 290};
    for (int i = 0; i < lengths.length; i++) {
      Kind text = new Kind.TextSequence(lengths[i], lengths[i]);
      int vocabulary = special.first() + 30000;
      modalities.add(
          new ModelModality(Declaration.inputAndOutput(key("text", i), text), vocabulary));
    }
    int side = GRID * 16;
    modalities.add(input("pixels", new Kind.PixelPatches(3, side, side, 16)));
    modalities.add(input("vectors", new Kind.EmbeddingSequence(4096, 77)));
    modalities.sort(Comparator.comparing(ModelModality::key));
    return List.copyOf(modalities);
  }

  private static ModelModality input(String name, Kind kind) {
    return new ModelModality(Declaration.inputOnly(key(name, 0), kind), 0);
  }

  private static String key(String name, int number) {
    return String.format(Locale.ROOT, "synthetic_%s_%04d", name, number);
  }

  /**
   * Takes the modalities of a run by their sizes alone, so that neither data nor vocabulary need be
   * there.
   *
   * @param modalities the modality set
   * @param textVocabulary number of entries of the text vocabulary
   * @param special its special tokens
   * @return modalities in model order
   */
  public static List<ModelModality> of(
      ModalitySet modalities, int textVocabulary, FixedTokens special) {
    return modalities.all().stream()
        .map(used -> sized(used.declaration(), textVocabulary, special))
        .toList();
  }

  private static ModelModality sized(
      Declaration declaration, int textVocabulary, FixedTokens special) {
    Kind kind = declaration.kind();
    int vocabulary = 0;
    if (kind instanceof Kind.TokenGrid grid) {
      vocabulary = grid.vocabulary();
    } else if (kind instanceof Kind.TextSequence) {
      vocabulary = Math.max(textVocabulary, special.first() + 1);
    } else if (kind instanceof Kind.TokenSequence codes) {
      vocabulary = codes.vocabulary() + special.first();
    }
    return new ModelModality(declaration, vocabulary);
  }

  /**
   * Plans masking that gives all modalities the same chance at the budgets.
   *
   * @param modalities the modalities
   * @param inputTokens visible tokens of a sample
   * @param targetTokens predicted tokens of a sample
   * @return the plan, with Dirichlet concentrations of 1
   */
  public static MaskingPlan plan(
      List<ModelModality> modalities, int inputTokens, int targetTokens) {
    List<MaskedModalitySpec> specs =
        modalities.stream().map(modality -> spec(modality.declaration())).toList();
    return new MaskingPlan(
        specs,
        new double[0],
        inputTokens,
        inputTokens,
        targetTokens,
        targetTokens,
        MaskingOptions.standard());
  }

  private static MaskedModalitySpec spec(Declaration declaration) {
    Keep[] keep = new Keep[1];
    Arrays.fill(keep, Keep.RANDOM);
    return new MaskedModalitySpec(
        declaration,
        declaration.kind().maxTokens(),
        new double[] {declaration.isInput() ? 1 : 0},
        new double[] {declaration.isOutput() ? 1 : 0},
        keep);
  }
}
