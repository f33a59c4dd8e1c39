package org.anymod.media.body;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.Medoid;
import org.anymod.media.Subsample;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/**
 * How well people agree. Predicted and true people are paired by the overlap of their boxes, the
 * largest first. A pair has the error (1 - overlap + min(1, distance)) / 2, where the distance is
 * the mean over the joints, from the pelvis and in the axes of the camera, of a skeleton of average
 * adults in metres; a person without a partner has the error 1. The error of a sample is the mean
 * over pairs and people without partner, 0 where there are none on both sides.
 *
 * <p>Figures: over all pairs the mean distance ({@code joint_distance}, and in millimetres {@code
 * mpjpe_mm}), that of bodies which are turned, scaled and moved onto the true ones first ({@code
 * pa_mpjpe_mm}) and the overlap ({@code box_iou}), and the part of the true people that have a
 * partner ({@code found}). Its constant is the truth that agrees best with the others.
 */
final class JointMetric implements Metric {
  private static final String ERROR = "pose_error";
  private static final int MAX_CANDIDATES = 64;
  private static final int MAX_TRUTHS = 256;

  private final HumanFile file;

  JointMetric(HumanFile file) {
    this.file = file;
  }

  @Override
  public String name() {
    return ERROR;
  }

  @Override
  public Accumulator start() {
    return new Sum();
  }

  /**
   * Returns the truth with the smallest mean error, the first on ties; at most 64 evenly spaced
   * truths are tried on at most 256.
   *
   * @throws IllegalArgumentException if there is no truth
   */
  @Override
  public Value constant(List<? extends Value> truths) {
    List<Value> chosen = Subsample.evenly(truths, MAX_TRUTHS);
    List<List<PlacedHuman>> placed = chosen.stream().map(this::placed).toList();
    return chosen.get(
        Medoid.of(
            placed, MAX_CANDIDATES, (candidate, truth) -> Pairing.of(candidate, truth).error()));
  }

  private List<PlacedHuman> placed(Value value) {
    return file.of(value).stream()
        .map(human -> new PlacedHuman(human.box(), Skeleton.joints(human)))
        .toList();
  }

  private final class Sum implements Accumulator {
    private long samples;
    private double errors;
    private long truths;
    private long pairs;
    private double distances;
    private double aligned;
    private double overlaps;

    @Override
    public void add(Value prediction, Value truth) {
      List<PlacedHuman> people = placed(truth);
      Pairing pairing = Pairing.of(placed(prediction), people);
      samples++;
      errors += pairing.error();
      truths += people.size();
      pairs += pairing.pairs();
      distances += pairing.distances();
      aligned += pairing.aligned();
      overlaps += pairing.overlaps();
    }

    @Override
    public double error() {
      return errors / samples;
    }

    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(ERROR, error());
      figures.put("joint_distance", distances / pairs);
      figures.put("mpjpe_mm", 1000 * distances / pairs);
      figures.put("pa_mpjpe_mm", 1000 * aligned / pairs);
      figures.put("box_iou", overlaps / pairs);
      figures.put("found", (double) pairs / truths);
      return figures;
    }
  }
}
