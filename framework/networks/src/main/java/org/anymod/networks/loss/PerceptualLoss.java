package org.anymod.networks.loss;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.anymod.spi.Loss;
import org.anymod.torch.HostNumbers;
import org.anymod.torch.Kernels;
import org.anymod.torch.ScriptModel;

/**
 * Difference of the features that a network of the user's own sees in two pictures (Johnson et al.,
 * 2016), summed over its features and averaged over all else. Pictures are {@code (batch, channels,
 * height, width)} in [-1, 1]. The network stays as it is; gradients flow through it to the
 * prediction.
 */
public final class PerceptualLoss implements Loss, AutoCloseable {
  /** The name recipes use. */
  public static final String NAME = "perceptual";

  private final Settings settings;
  private final ScriptModel model;
  private final NDArray mean;
  private final NDArray deviation;

  private PerceptualLoss(Settings settings, ScriptModel model, NDManager owner) {
    this.settings = settings;
    this.model = model;
    this.mean = tensor(settings.mean(), owner);
    this.deviation = tensor(settings.deviation(), owner);
  }

  /** How features are compared. */
  public enum Distance {
    /** 1 less the cosine of two feature vectors. */
    COSINE,
    /** Absolute difference of feature vectors of length 1. */
    L1
  }

  /**
   * What the network is and expects.
   *
   * @param model TorchScript file: takes pictures, gives one tensor of features or several; maps
   *     {@code (batch, channels, height, width)} or tokens {@code (batch, tokens, channels)}
   * @param mean mean of each channel in [0, 1], or one for all
   * @param deviation standard deviation of each channel in [0, 1], or one for all
   * @param size rows and columns that pictures are resized to, bilinearly with antialiasing; 0 to
   *     leave them
   * @param distance how features are compared
   */
  public record Settings(
      Path model, List<Double> mean, List<Double> deviation, int size, Distance distance) {
    /** Checks that there are means, and no deviation is 0. */
    public Settings {
      mean = List.copyOf(mean);
      deviation = List.copyOf(deviation);
      if (mean.isEmpty() || deviation.isEmpty() || deviation.stream().anyMatch(d -> !(d > 0))) {
        throw new IllegalArgumentException(
            "perceptual_mean is "
                + mean
                + " and perceptual_std is "
                + deviation
                + ", must hold a number for each channel or for all, deviations above 0");
      }
    }
  }

  /**
   * Loads the network.
   *
   * @param settings what it is
   * @param owner owner of tensors, on the device to compute on
   * @return the loss
   * @throws IOException if the file is no TorchScript archive
   */
  public static PerceptualLoss open(Settings settings, NDManager owner) throws IOException {
    return new PerceptualLoss(settings, ScriptModel.load(settings.model(), owner), owner);
  }

  private static NDArray tensor(List<Double> numbers, NDManager owner) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i).floatValue();
    }
    return owner.create(values);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public NDArray evaluate(NDArray prediction, NDArray target) {
    NDManager scope = prediction.getManager();
    List<NDArray> found = features(prediction, scope);
    List<NDArray> wanted = features(target, scope);
    String kernel = settings.distance() == Distance.COSINE ? "feature_cosine" : "feature_l1";
    NDArray total = null;
    for (int i = 0; i < found.size(); i++) {
      NDArray one = Kernels.shared().call(scope, kernel, found.get(i), wanted.get(i));
      total = total == null ? one : total.add(one);
    }
    return total;
  }

  private List<NDArray> features(NDArray picture, NDManager scope) {
    NDArray size = HostNumbers.whole(scope, settings.size());
    NDArray input = Kernels.shared().call(scope, "feature_input", picture, mean, deviation, size);
    return model.apply(input, scope);
  }

  @Override
  public void close() {
    model.close();
    mean.close();
    deviation.close();
  }
}
