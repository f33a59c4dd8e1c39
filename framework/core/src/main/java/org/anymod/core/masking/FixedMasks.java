package org.anymod.core.masking;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Masking without chance: some modalities are shown whole, others predicted whole, as in
 * fine-tuning on one task and in evaluation (arXiv 2312.06647, section 4). Immutable and safe for
 * use by several threads.
 */
public final class FixedMasks {
  private static final int[] NOTHING = {};

  private final MaskingPlan plan;
  private final Set<String> inputs;
  private final Set<String> targets;
  private final SpecialTokens special;

  /**
   * Makes the masks.
   *
   * @param plan names the modalities, their lengths and how sequences end; budgets and mixture play
   *     no part
   * @param inputs model keys of modalities that are shown
   * @param targets model keys of modalities that are predicted; keys in neither set play no part
   * @param special the special tokens of sequences, with at least three sentinels
   * @throws IllegalArgumentException if a key is unknown, in both sets or not in a role that its
   *     modality can have
   */
  public FixedMasks(
      MaskingPlan plan, Set<String> inputs, Set<String> targets, SpecialTokens special) {
    this.plan = plan;
    this.inputs = Set.copyOf(inputs);
    this.targets = Set.copyOf(targets);
    this.special = special;
    Set<String> unknown = new TreeSet<>(inputs);
    unknown.addAll(targets);
    for (MaskedModalitySpec modality : plan.modalities()) {
      checkRole(modality);
      unknown.remove(modality.declaration().key());
    }
    if (!unknown.isEmpty()) {
      List<String> known =
          plan.modalities().stream().map(modality -> modality.declaration().key()).toList();
      throw new IllegalArgumentException(unknown + ": no such modalities, the plan has " + known);
    }
  }

  /**
   * Masks a sample.
   *
   * @param contents what the sample has of each modality, in the order of the plan; null where it
   *     has none
   * @return what is visible and what is target; null where a modality is absent or plays no part
   * @throws IllegalArgumentException if there is not one element for each modality or one does not
   *     suit its modality
   */
  public MaskedSample mask(Content[] contents) {
    ContentChecks.check(plan.modalities(), contents);
    List<Masked> masked = new ArrayList<>(contents.length);
    for (int i = 0; i < contents.length; i++) {
      MaskedModalitySpec modality = plan.modalities().get(i);
      String key = modality.declaration().key();
      boolean plays = contents[i] != null && (inputs.contains(key) || targets.contains(key));
      masked.add(plays ? mask(modality, contents[i], inputs.contains(key)) : null);
    }
    return new MaskedSample(masked);
  }

  private Masked mask(MaskedModalitySpec modality, Content content, boolean shown) {
    if (content instanceof Content.Sequence sequence) {
      SequenceUnits.End end = SequenceEnds.of(modality, plan.options());
      int[] ids = SequenceUnits.of(sequence, modality.maxTokens(), end, special.eos()).ids();
      return shown
          ? new Masked.Sequence(ids, NOTHING)
          : new Masked.Sequence(NOTHING, asOneSpan(ids));
    }
    if (content instanceof Content.Vectors vectors) {
      return new Masked.Vectors(counting(Math.min(vectors.count(), modality.maxTokens())));
    }
    int[] all = counting(modality.maxTokens());
    return shown ? new Masked.Grid(all, NOTHING) : new Masked.Grid(NOTHING, all);
  }

  private int[] asOneSpan(int[] ids) {
    int[] target = new int[ids.length + 2];
    target[0] = special.sentinel(1);
    System.arraycopy(ids, 0, target, 1, ids.length);
    target[ids.length + 1] = special.sentinel(2);
    return target;
  }

  private void checkRole(MaskedModalitySpec modality) {
    String key = modality.declaration().key();
    boolean shown = inputs.contains(key);
    boolean predicted = targets.contains(key);
    if (shown && predicted) {
      throw new IllegalArgumentException(
          key + ": is among the inputs and the targets, must be in one of them");
    }
    if ((shown && !modality.declaration().isInput())
        || (predicted && !modality.declaration().isOutput())) {
      throw new IllegalArgumentException(
          key
              + ": cannot be "
              + (shown ? "an input" : "a target")
              + ", its roles are "
              + new TreeSet<>(modality.declaration().roles()));
    }
  }

  private static int[] counting(int count) {
    int[] all = new int[count];
    for (int i = 0; i < count; i++) {
      all[i] = i;
    }
    return all;
  }
}
