package org.anymod.media.instances;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.media.BinaryMask;
import org.anymod.media.Medoid;
import org.anymod.media.Subsample;
import org.anymod.media.measures.UnrankedPrecision;
import org.anymod.spi.Metric;
import org.anymod.spi.Value;

/**
 * How well instances agree: 1 - (a + b) / 2, where a is the mean over the true instances of the
 * largest overlap (intersection over union) with a predicted one, b that over the predicted
 * instances with a true one; 0 where there are none on both sides, 1 where on one only; the mean
 * over samples.
 *
 * <p>Figures: the parts a and b ({@code best_iou_true}, {@code best_iou_predicted}) and panoptic
 * quality without classes ({@code pq}: sum of the overlaps above 0.5 over hits + misses / 2 + false
 * ones / 2; A. Kirillov et al., "Panoptic segmentation", 2019), and {@code mask_ap}, {@code
 * mask_ap50}, {@code mask_ap75} ({@link UnrankedPrecision}; predictions have no scores). Its
 * constant is the truth that agrees best with the others.
 */
final class InstanceMetric implements Metric {
  private static final String ERROR = "instance_error";
  private static final int MAX_CANDIDATES = 24;
  private static final int MAX_TRUTHS = 96;

  /** Side at which candidates for a constant are compared; a quarter of the published crops'. */
  private static final int COARSE = 56;

  private final InstanceFile file;
  private final int side;

  InstanceMetric(InstanceFile file, int side) {
    this.file = file;
    this.side = side;
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
   * Returns the truth with the smallest mean error, the first on ties; at most 24 evenly spaced
   * truths are tried on at most 96.
   *
   * @throws IllegalArgumentException if there is no truth
   */
  @Override
  public Value constant(List<? extends Value> truths) {
    List<Value> chosen = Subsample.evenly(truths, MAX_TRUTHS);
    List<List<BinaryMask>> masks = chosen.stream().map(v -> masks(v, COARSE)).toList();
    return chosen.get(
        Medoid.of(
            masks, MAX_CANDIDATES, (candidate, truth) -> Agreement.of(candidate, truth).error()));
  }

  private static double[][] overlaps(List<BinaryMask> found, List<BinaryMask> wanted) {
    return found.stream()
        .map(mask -> wanted.stream().mapToDouble(mask::iou).toArray())
        .toArray(double[][]::new);
  }

  private List<BinaryMask> masks(Value value, int side) {
    return file.of(value).atSide(side).masks();
  }

  private final class Sum implements Accumulator {
    private final UnrankedPrecision precision = new UnrankedPrecision();
    private long samples;
    private double errors;
    private double truths;
    private double predictions;
    private double overlaps;
    private long hits;
    private long others;

    @Override
    public void add(Value prediction, Value truth) {
      List<BinaryMask> found = masks(prediction, side);
      List<BinaryMask> wanted = masks(truth, side);
      Agreement agreement = Agreement.of(found, wanted);
      precision.add(overlaps(found, wanted), wanted.size());
      samples++;
      errors += agreement.error();
      truths += agreement.ofTruth();
      predictions += agreement.ofPrediction();
      overlaps += agreement.hitOverlaps();
      hits += agreement.hits();
      others += agreement.misses() + agreement.falseOnes();
    }

    @Override
    public double error() {
      return errors / samples;
    }

    @Override
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put(ERROR, error());
      figures.put("best_iou_true", truths / samples);
      figures.put("best_iou_predicted", predictions / samples);
      double parts = hits + others / 2.0;
      figures.put("pq", parts == 0 ? (samples == 0 ? Double.NaN : 1) : overlaps / parts);
      figures.put("mask_ap", precision.mean());
      figures.put("mask_ap50", precision.at(0.5));
      figures.put("mask_ap75", precision.at(0.75));
      return figures;
    }
  }
}
