package org.anymod.networks.labeling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.lang.ref.Cleaner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anymod.spi.Labeler;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Computes values from pictures with a network of the user's own, a TorchScript file. It is loaded
 * when the first value is asked for; several threads take turns.
 */
public final class TorchScriptLabeler implements Labeler, AutoCloseable {
  private static final Cleaner CLEANER = Cleaner.create();

  private final String source;
  private final Path model;
  private final Wanted wanted;
  private final NetworkUse use;
  private final ValueSpec spec;
  private final LabelNetwork network;

  /** What is made of a network's result. */
  public enum Wanted {
    /**
     * A feature for each place, computed from crops: a raster with the network's own grid. Results
     * are maps {@code (1, C, h, w)}, or tokens {@code (1, T, C)} that make a square.
     */
    FEATURES,
    /**
     * One vector for the picture, computed from crops. Results are {@code (1, D)}, or tokens {@code
     * (1, T, D)} of which one is taken.
     */
    VECTOR,
    /** Numbers for each pixel: a raster of the picture's size. Results are {@code (1, C, h, w)}. */
    PICTURE,
    /**
     * A class for each pixel: a class map of the picture's size. Results are logits {@code (1, K,
     * h, w)}, of which the largest is taken, or class numbers {@code (1, h, w)}.
     */
    CLASSES
  }

  private TorchScriptLabeler(
      String source, TorchScriptSettings settings, NetworkUse use, Wanted wanted, ValueSpec spec) {
    this.source = source;
    this.model = settings.model().orElseThrow();
    this.wanted = wanted;
    this.use = use.with(settings);
    this.spec = spec;
    LabelNetwork loaded = new LabelNetwork(model, settings.device(), settings.output(), this.use);
    this.network = loaded;
    // The engine's tensors are no part of Java's heap: they go when nobody can ask this labeler.
    CLEANER.register(this, loaded::close);
  }

  /**
   * Makes the labelers of a plugin that offers one by a network.
   *
   * @param source source name of the pictures to compute from; rasters in [0, 1]
   * @param settings what the recipe says
   * @param use what holds where the recipe says nothing
   * @param wanted what is made of the network's result
   * @param spec specification of the values
   * @return one labeler, or none where the recipe names no network
   * @throws IllegalArgumentException if the specification is of another type than what is wanted
   */
  public static List<Labeler> of(
      String source, TorchScriptSettings settings, NetworkUse use, Wanted wanted, ValueSpec spec) {
    boolean fits =
        switch (wanted) {
          case FEATURES, PICTURE -> spec instanceof ValueSpec.RasterSpec;
          case VECTOR -> spec instanceof ValueSpec.VectorsSpec;
          case CLASSES -> spec instanceof ValueSpec.ClassMapSpec;
        };
    if (!fits) {
      throw new IllegalArgumentException(wanted + " cannot be values of " + spec);
    }
    return settings.model().isEmpty()
        ? List.of()
        : List.of(new TorchScriptLabeler(source, settings, use, wanted, spec));
  }

  @Override
  public List<String> from() {
    return List.of(source);
  }

  @Override
  public boolean onCrop() {
    return wanted == Wanted.FEATURES || wanted == Wanted.VECTOR;
  }

  @Override
  public Value label(Map<String, Value> inputs) {
    if (!(inputs.get(source) instanceof Value.Raster picture)) {
      throw new IllegalArgumentException(
          "the network needs a picture named " + source + ", found " + inputs.keySet());
    }
    return network.apply(picture, (output, manager) -> read(output, picture, manager));
  }

  private Value read(NDArray output, Value.Raster picture, NDManager manager) {
    NetworkResult result = new NetworkResult(use, spec, manager);
    try {
      return switch (wanted) {
        case FEATURES -> result.features(output);
        case VECTOR -> result.vector(output);
        case PICTURE -> result.picture(output, picture);
        case CLASSES -> result.classes(output, picture);
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(model + ": " + e.getMessage(), e);
    }
  }

  /** How many tensors are alive. */
  int liveTensors() {
    return network.liveTensors();
  }

  /** Frees the network's tensors; the next value loads it again. */
  @Override
  public void close() {
    network.close();
  }
}
