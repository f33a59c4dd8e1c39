package org.anymod.core.transfer;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of linear layers of transformer blocks and of what adapts them. */
final class LowRankNames {
  private static final String WEIGHT = ".weight";
  private static final String BIAS = ".bias";
  private static final String DOWN = ".lora_down.weight";
  private static final String UP = ".lora_up.weight";
  private static final Pattern LINEAR =
      Pattern.compile(
          "(?:encoder|decoder)\\.\\d+\\."
              + "(?<part>attn|self_attn|cross_attn|mlp)\\.(?<layer>[qkv]{1,3}|proj|fc\\d)\\.weight");

  private LowRankNames() {}

  /**
   * A linear layer that can be adapted.
   *
   * @param name name without {@code .weight}
   * @param target what it is part of
   * @param packed number of projections in it
   */
  record Linear(String name, LowRankTarget target, int packed) {
    String weight() {
      return name + WEIGHT;
    }

    String down() {
      return name + DOWN;
    }

    String up() {
      return name + UP;
    }
  }

  static Optional<Linear> linear(String weight) {
    Matcher matcher = LINEAR.matcher(weight);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = weight.substring(0, weight.length() - WEIGHT.length());
    LowRankTarget target =
        switch (matcher.group("part")) {
          case "cross_attn" -> LowRankTarget.CROSS_ATTENTION;
          case "mlp" -> LowRankTarget.MLP;
          default -> LowRankTarget.SELF_ATTENTION;
        };
    String layer = matcher.group("layer");
    boolean projections = layer.chars().allMatch(c -> "qkv".indexOf(c) >= 0);
    return Optional.of(new Linear(name, target, projections ? layer.length() : 1));
  }

  static boolean isLowRank(String name) {
    return name.endsWith(DOWN) || name.endsWith(UP);
  }

  /** The name that a tensor of an adapted layer has in a checkpoint with adapters. */
  static String injected(String linear, String name) {
    if (name.equals(linear + WEIGHT) || name.equals(linear + BIAS)) {
      return linear + ".linear" + name.substring(linear.length());
    }
    return name;
  }

  /** The name of the same tensor in a model. */
  static String plain(String name) {
    for (String suffix : new String[] {WEIGHT, BIAS}) {
      String ending = ".linear" + suffix;
      String shorter = name.substring(0, Math.max(0, name.length() - ending.length()));
      if (name.endsWith(ending) && linear(shorter + WEIGHT).isPresent()) {
        return shorter + suffix;
      }
    }
    return name;
  }
}
