package org.anymod.core.tokenize;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.anymod.core.data.CropSettings;
import org.anymod.core.data.RandomCrops;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.DataRecipe;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Crop;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * Values of one split at the size of the model input, for each stored crop; kept in memory up to a
 * limit. Crops are a function of the seed and the sample's name, the same for every modality. Safe
 * for use by several threads.
 */
public final class CroppedValues implements TokenizerValues {
  private static final long MEMORY_LIMIT = 768L << 20;

  private final ValueReader reader;
  private final UsedModality modality;
  private final List<String> sources;
  private final CropPlan plan;
  private final AtomicReferenceArray<Value> kept;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * How crops are made.
   *
   * @param count crops of each sample
   * @param minScale smallest share of the area
   * @param flip probability of mirroring
   * @param seed seed of the run
   */
  public record CropPlan(int count, double minScale, double flip, long seed) {

    /**
     * The plan of a training split.
     *
     * @param data the recipe's data section
     * @param seed seed of the run
     * @return the plan
     */
    public static CropPlan training(DataRecipe data, long seed) {
      return new CropPlan(data.crops(), data.minCropScale(), data.flip(), seed);
    }

    /** The plan of a validation split: the centre only. */
    public static final CropPlan CENTER = new CropPlan(1, 1, 0, 0);

    /**
     * Returns the crops of a sample.
     *
     * @param name name of the sample
     * @param size rows and columns of its picture
     * @return the crops, the first of them the centre square
     */
    public List<Crop> crops(String name, int[] size) {
      return CropSettings.generate(
          count,
          size[0],
          size[1],
          new RandomCrops(minScale, 1, 0.75, 1.3333, flip),
          StreamRandom.at(seed, "crops " + name));
    }
  }

  /**
   * Creates a view of a split.
   *
   * @param reader values of the split
   * @param modality the modality to crop
   * @param sources sources in which to look for the size of a sample's picture
   * @param plan how crops are made
   */
  public CroppedValues(
      ValueReader reader, UsedModality modality, List<String> sources, CropPlan plan) {
    this.reader = reader;
    this.modality = modality;
    this.sources = List.copyOf(sources);
    this.plan = plan;
    this.kept =
        new AtomicReferenceArray<>(Math.multiplyExact(reader.samples().size(), plan.count()));
  }

  /** Samples times crops. */
  @Override
  public int size() {
    return kept.length();
  }

  /**
   * Returns a value.
   *
   * @param index sample times crops plus crop
   * @return the value at the size of the model input
   * @throws IOException if its file cannot be read or does not fit its declaration
   */
  @Override
  public Value get(int index) throws IOException {
    Value value = kept.get(index);
    if (value == null) {
      int sample = index / plan.count();
      ValueReader.Sample values = reader.sample(sample);
      Crop crop =
          plan.crops(reader.samples().name(sample), values.pictureSize(sources))
              .get(index % plan.count());
      value = values.cropped(modality, crop);
      if (bytes.addAndGet(sizeOf(value)) < MEMORY_LIMIT) {
        kept.set(index, value);
      }
    }
    return value;
  }

  @Override
  public String name(int index) {
    return reader.samples().name(index / plan.count());
  }

  private static long sizeOf(Value value) {
    if (value instanceof Value.Raster raster) {
      return 4L * raster.data().length;
    }
    return value instanceof Value.ClassMap map ? 4L * map.data().length : 64;
  }
}
