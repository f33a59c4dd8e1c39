package org.anymod.networks.vq;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anymod.networks.SettingsReader;

/**
 * Size of a multilayer perceptron, written {@code BottleneckMLP/B_6-Wi_1024-E_4} (6 residual blocks
 * of width 1024, widened 4 times inside; 4 if left out) or {@code MLP/B_3-Wi_1024} (3 widths of
 * 1024, so 2 layers between the first and the last, with norms but no activations). Bachmann et
 * al., arXiv 2306.13575.
 *
 * @param bottleneck whether it is made of residual blocks
 * @param blocks number of blocks, or of widths
 * @param width width between the layers
 * @param expansion how many times wider a block is inside
 */
public record MlpShape(boolean bottleneck, int blocks, int width, int expansion) {
  private static final Pattern ID =
      Pattern.compile("(BottleneckMLP|MLP)/B_(\\d{1,4})-Wi_(\\d{1,6})(?:-E_(\\d{1,3}))?");

  /**
   * Reads the written form.
   *
   * @param setting name of the setting, for the message
   * @param id the written form
   * @return the size
   * @throws IllegalArgumentException if it is no such form
   */
  public static MlpShape parse(String setting, String id) {
    Matcher m = ID.matcher(id);
    if (!m.matches()) {
      throw SettingsReader.wrong(
          setting, "'" + id + "'", "like BottleneckMLP/B_6-Wi_1024-E_4 or MLP/B_3-Wi_1024");
    }
    int blocks = Integer.parseInt(m.group(2));
    int width = Integer.parseInt(m.group(3));
    int expansion = m.group(4) == null ? 4 : Integer.parseInt(m.group(4));
    if (blocks < 1 || width < 1 || expansion < 1) {
      throw SettingsReader.wrong(setting, "'" + id + "'", "made of positive numbers");
    }
    return new MlpShape(m.group(1).equals("BottleneckMLP"), blocks, width, expansion);
  }
}
