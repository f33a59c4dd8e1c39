package org.anymod.plugins.semseg;

import java.util.List;
import java.util.OptionalInt;
import org.anymod.media.ClassMapCodec;
import org.anymod.networks.labeling.TorchScriptSettings;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * The classes of segmentation maps, {@code plugins.semseg} in a recipe.
 *
 * @param labels name of each class, class 0 first; 1 to 256, all different
 * @param ignored class of places without a label, if there is one
 * @param network a network that computes class maps from pictures
 */
@ConfigSection("semseg")
public record SemsegConfig(
    @Setting(
            value = "Name of each class, class 0 first; files may hold no other class.",
            defaultValue = "[sky, ground, sphere, box, cylinder, cone]")
        List<String> labels,
    @Setting(
            value = "Class that marks places without a label; metrics skip it.",
            min = 0,
            max = 255)
        OptionalInt ignored,
    @Setting("TorchScript network that computes class maps from pictures where there are no files.")
        TorchScriptSettings network) {

  /** Checks that there are labels, all different, and that the ignored class is among them. */
  public SemsegConfig {
    labels = ClassMapCodec.spec(labels, ignored).labels();
  }
}
