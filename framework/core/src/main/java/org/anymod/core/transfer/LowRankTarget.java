package org.anymod.core.transfer;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Parts of a transformer block whose linear layers can be adapted. */
public enum LowRankTarget {
  /** Attention among the tokens of a stack. */
  SELF_ATTENTION,
  /** Attention of the decoder to the encoder's output. */
  CROSS_ATTENTION,
  /** Feed-forward layers. */
  MLP;

  /**
   * Reads what a user asks for.
   *
   * @param text {@code selfattn}, {@code crossattn}, {@code attn} for both, {@code mlp} or {@code
   *     all}; {@code self_attention} and the like, and {@code transformer} for all
   * @return the parts
   * @throws IllegalArgumentException if it is something else
   */
  public static Set<LowRankTarget> parse(String text) {
    String word = text.toLowerCase(Locale.ROOT).replace("_", "").replace("-", "");
    return switch (word) {
      case "selfattn", "selfattention" -> EnumSet.of(SELF_ATTENTION);
      case "crossattn", "crossattention" -> EnumSet.of(CROSS_ATTENTION);
      case "attn", "attention" -> EnumSet.of(SELF_ATTENTION, CROSS_ATTENTION);
      case "mlp" -> EnumSet.of(MLP);
      case "all", "transformer" -> EnumSet.allOf(LowRankTarget.class);
      default ->
          throw new IllegalArgumentException(
              "low-rank target '"
                  + text
                  + "' is unknown, must be selfattn, crossattn, attn, mlp or all");
    };
  }
}
