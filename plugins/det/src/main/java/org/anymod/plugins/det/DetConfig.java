package org.anymod.plugins.det;

import java.util.List;
import java.util.OptionalInt;
import org.anymod.media.boxes.BoxRules;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/**
 * Which boxes are told and how, {@code plugins.det} in a recipe.
 *
 * @param labels name of each class; 1 to 2000, all different, whatever their case
 * @param threshold smallest score of a box that is told or shown, 0 to 1
 * @param minVisibility smallest part of a box's area that must be inside a crop, 0 to 1
 * @param order order in which boxes are told
 * @param maxInstances largest number of boxes that are told, those with the best scores
 */
@ConfigSection("det")
public record DetConfig(
    @Setting(
            value =
                "Name of each class; files may hold no other. Each becomes a word of the"
                    + " vocabulary. The default are the 80 classes of COCO.",
            defaultValue =
                "[airplane, apple, backpack, banana, baseball bat, baseball glove, bear, bed,"
                    + " bench, bicycle, bird, boat, book, bottle, bowl, broccoli, bus, cake, car,"
                    + " carrot, cat, cell phone, chair, clock, couch, cow, cup, dining table, dog,"
                    + " donut, elephant, fire hydrant, fork, frisbee, giraffe, hair drier, handbag,"
                    + " horse, hot dog, keyboard, kite, knife, laptop, microwave, motorcycle,"
                    + " mouse, orange, oven, parking meter, person, pizza, potted plant,"
                    + " refrigerator, remote, sandwich, scissors, sheep, sink, skateboard, skis,"
                    + " snowboard, spoon, sports ball, stop sign, suitcase, surfboard, teddy bear,"
                    + " tennis racket, tie, toaster, toilet, toothbrush, traffic light, train,"
                    + " truck, tv, umbrella, vase, wine glass, zebra]")
        List<String> labels,
    @Setting(
            value =
                "Smallest score of a box that is told or shown; more leaves doubtful boxes out.",
            defaultValue = "0.6",
            min = 0,
            max = 1)
        double threshold,
    @Setting(
            value =
                "Smallest part of a box's area that must be inside a crop; at 0 any part is"
                    + " enough.",
            defaultValue = "0.0",
            min = 0,
            max = 1)
        double minVisibility,
    @Setting(
            value =
                "Order in which boxes are told: by distance of the top left corner from the"
                    + " picture's, by falling area or score, or random.",
            defaultValue = "distance")
        BoxRules.Order order,
    @Setting(value = "Largest number of boxes that are told, those with the best scores.", min = 1)
        OptionalInt maxInstances) {

  /** Checks that the labels can be told from each other and from coordinates. */
  public DetConfig {
    labels = new BoxRules(labels, threshold, minVisibility, order, maxInstances).labels();
  }

  BoxRules rules() {
    return new BoxRules(labels, threshold, minVisibility, order, maxInstances);
  }
}
