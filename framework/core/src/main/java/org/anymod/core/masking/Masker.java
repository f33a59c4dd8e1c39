package org.anymod.core.masking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Divides samples into what the model sees and what it must predict (arXiv 2406.09406, section 2.2;
 * arXiv 2312.06647, section 3). Immutable and safe for use by several threads; a sample's masking
 * is a function of its contents and of the numbers that the given generator returns.
 */
public final class Masker {
  private final MaskingPlan plan;
  private final SpecialTokens special;
  private final Budgets budgets;
  private final SequenceMasking sequences;
  private final Optional<FixedMasks> task;

  /**
   * Makes a masker.
   *
   * @param plan what to show and predict
   * @param special the special tokens of sequences, with at least three sentinels
   * @throws IllegalArgumentException if there are fewer sentinels
   */
  public Masker(MaskingPlan plan, SpecialTokens special) {
    this(plan, special, Optional.empty());
  }

  private Masker(MaskingPlan plan, SpecialTokens special, Optional<FixedMasks> task) {
    this.task = task;
    this.plan = plan;
    this.special = special;
    this.budgets = new Budgets(plan);
    this.sequences = new SequenceMasking(special, plan.options().maxTries());
  }

  /**
   * Makes a masker without chance, which shows and predicts whole modalities.
   *
   * @param plan names the modalities, their lengths and how sequences end
   * @param inputs model keys of modalities that are shown
   * @param targets model keys of modalities that are predicted
   * @param special the special tokens of sequences, with at least three sentinels
   * @return the masker
   * @throws IllegalArgumentException if a key is unknown, in both sets or not in a role that its
   *     modality can have
   */
  public static Masker ofTask(
      MaskingPlan plan, Set<String> inputs, Set<String> targets, SpecialTokens special) {
    return new Masker(plan, special, Optional.of(new FixedMasks(plan, inputs, targets, special)));
  }

  /**
   * Masks a sample.
   *
   * @param contents what the sample has of each modality, in the order of the plan; null where it
   *     has none
   * @param random the source of all chance
   * @return what is visible and what is target; null where a modality is absent or has neither
   * @throws IllegalArgumentException if there is not one element for each modality or one does not
   *     suit its modality
   */
  public MaskedSample mask(Content[] contents, RandomGenerator random) {
    return mask(contents, "", random);
  }

  /**
   * Masks a sample of a named dataset, to which some components of the mixture may be bound.
   *
   * @param contents what the sample has of each modality, in the order of the plan; null where it
   *     has none
   * @param source name of the dataset
   * @param random the source of all chance
   * @return what is visible and what is target; null where a modality is absent or has neither
   * @throws IllegalArgumentException if there is not one element for each modality, one does not
   *     suit its modality, or no component is for this dataset
   */
  public MaskedSample mask(Content[] contents, String source, RandomGenerator random) {
    if (task.isPresent()) {
      return task.get().mask(contents);
    }
    ContentChecks.check(plan.modalities(), contents);
    int component = budgets.component(contents, source, random);
    TokenRange range = plan.range(source);
    int inputTokens = range.input(random);
    int targetTokens = range.target(random);
    int[] input = budgets.input(component, inputTokens, contents, random);
    int[] target = target(component, targetTokens, contents, input, random);
    List<Masked> masked = new ArrayList<>(contents.length);
    for (int i = 0; i < contents.length; i++) {
      masked.add(mask(i, component, contents[i], input[i], target[i], random));
    }
    return new MaskedSample(masked);
  }

  private int[] target(
      int component, int tokens, Content[] contents, int[] input, RandomGenerator random) {
    if (tokens == MaskingPlan.EVERYTHING) {
      int[] all = new int[contents.length];
      Arrays.fill(all, MaskingPlan.EVERYTHING);
      return all;
    }
    return budgets.target(component, tokens, contents, input, random);
  }

  private Masked mask(
      int i, int component, Content content, int input, int target, RandomGenerator random) {
    MaskedModalitySpec modality = plan.modalities().get(i);
    // A budget that a modality cannot use is lost: roles decide what the model can do with it.
    int visible = modality.declaration().isInput() ? input : 0;
    int predicted = modality.declaration().isOutput() ? target : 0;
    if (content == null || (visible == 0 && predicted == 0)) {
      return null;
    }
    Keep keep = modality.keep()[component];
    if (content instanceof Content.Sequence sequence) {
      SequenceUnits.End end = SequenceEnds.of(modality, plan.options());
      SequenceUnits units = SequenceUnits.of(sequence, modality.maxTokens(), end, special.eos());
      return sequences.mask(units, visible, predicted, keep, random);
    }
    if (content instanceof Content.Vectors vectors) {
      int count = Math.min(vectors.count(), modality.maxTokens());
      return count == 0 ? null : sequences.maskVectors(count, visible, keep, random);
    }
    return GridMasking.mask(modality.maxTokens(), visible, predicted, random);
  }
}
