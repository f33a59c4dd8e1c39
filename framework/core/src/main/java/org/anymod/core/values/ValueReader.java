package org.anymod.core.values;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Entry;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Crop;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Labeler;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/**
 * Reads values of a dataset split. A source without files is labelled from another one, where its
 * plugin knows how. Every value is checked against its declaration. Safe for use by several
 * threads.
 */
public final class ValueReader {
  private final Samples samples;
  private final Map<String, Modality> bySource = new TreeMap<>();
  private volatile Optional<PictureSizes> sizes = Optional.empty();

  /**
   * Creates a reader.
   *
   * @param samples the split
   * @param modalities all modalities that may be read, or labelled from
   */
  public ValueReader(Samples samples, Collection<? extends Modality> modalities) {
    this.samples = samples;
    modalities.forEach(modality -> bySource.putIfAbsent(modality.source(), modality));
  }

  private ValueReader(Samples samples, Map<String, Modality> bySource) {
    this.samples = samples;
    this.bySource.putAll(bySource);
  }

  /**
   * Reads the first samples only.
   *
   * @param count number of samples; all if there are fewer
   * @return a reader of them, with the same files
   */
  public ValueReader take(int count) {
    return new ValueReader(samples.take(count), bySource);
  }

  /**
   * Says how values of a source will be had.
   *
   * @param source source name
   * @return a reason why not; empty if files or a labeler are there
   */
  public Optional<String> missing(String source) {
    if (samples.sources().contains(source) || labeler(source).isPresent()) {
      return Optional.empty();
    }
    Modality modality = bySource.get(source);
    List<List<String>> from =
        modality == null ? List.of() : modality.labelers().stream().map(Labeler::from).toList();
    return Optional.of(
        "there are no files of '"
            + source
            + "' (the data has "
            + samples.sources()
            + ")"
            + (from.isEmpty()
                ? ", and its plugin cannot compute it from another modality"
                : ", and none of " + from + " from which its plugin could compute it"));
  }

  /**
   * Remembers sizes of pictures, so that each is looked for once; one list of sources at a time.
   */
  private PictureSizes sizes(List<String> sources) {
    Optional<PictureSizes> known = sizes;
    if (known.isEmpty() || !known.get().sources().equals(sources)) {
      known = Optional.of(new PictureSizes(sources, samples.size()));
      sizes = known;
    }
    return known.get();
  }

  private Optional<Labeler> labeler(String source) {
    Modality modality = bySource.get(source);
    return modality == null
        ? Optional.empty()
        : modality.labelers().stream()
            .filter(labeler -> isServed(labeler, samples.sources()::contains))
            .findFirst();
  }

  private static boolean isServed(Labeler labeler, Predicate<String> isThere) {
    return labeler.needsAll()
        ? labeler.from().stream().allMatch(isThere)
        : labeler.from().stream().anyMatch(isThere);
  }

  /**
   * Returns whether a sample has a file of a source or one that it can be labelled from.
   *
   * @param source source name
   * @param index number of the sample
   * @return true if its value can be asked for
   */
  public boolean has(String source, int index) {
    return isThere(source, index) || labeler(source, index).isPresent();
  }

  private boolean isThere(String source, int index) {
    return samples.sources().contains(source) && samples.has(source, index);
  }

  private Optional<Labeler> labeler(String source, int index) {
    Modality modality = bySource.get(source);
    return modality == null
        ? Optional.empty()
        : modality.labelers().stream()
            .filter(labeler -> isServed(labeler, from -> isThere(from, index)))
            .findFirst();
  }

  /**
   * Returns the split.
   *
   * @return the samples
   */
  public Samples samples() {
    return samples;
  }

  /**
   * Opens one sample.
   *
   * @param index number of the sample
   * @return its values, for use by one thread
   */
  public Sample sample(int index) {
    return new Sample(index);
  }

  /** The values of one sample; each file is decoded at most once. */
  public final class Sample {
    private final int index;
    private final Map<String, Value> values = new HashMap<>();

    private Sample(int index) {
      this.index = index;
    }

    /**
     * Returns the value of a source.
     *
     * @param source source name
     * @return the whole value, not cropped
     * @throws IOException if the file cannot be read or does not fit its declaration; the message
     *     names it
     */
    public Value value(String source) throws IOException {
      Value value = values.get(source);
      if (value == null) {
        value = isThere(source, index) ? decode(source) : label(source);
        values.put(source, value);
      }
      return value;
    }

    private Value decode(String source) throws IOException {
      Entry entry = samples.read(source, index);
      String file = source + "/" + entry.fileName();
      Modality modality = modality(source);
      if (!modality.codec().extensions().contains(entry.extension())) {
        throw new DatasetException(
            file
                + ": extension is '"
                + entry.extension()
                + "', '"
                + modality.name()
                + "' reads "
                + modality.codec().extensions());
      }
      try {
        return check(file, modality, modality.codec().decode(entry.bytes()));
      } catch (InvalidDataException e) {
        throw new DatasetException(file + ": " + e.getMessage(), e);
      }
    }

    private Value label(String source) throws IOException {
      Modality modality = modality(source);
      Labeler labeler =
          labeler(source, index).orElseThrow(() -> new DatasetException(absent(source)));
      String name =
          source + " of sample " + samples.name(index) + ", computed from " + labeler.from();
      return label(name, modality, labeler, inputs(labeler));
    }

    private Map<String, Value> inputs(Labeler labeler) throws IOException {
      Map<String, Value> inputs = new TreeMap<>();
      for (String from : labeler.from()) {
        if (isThere(from, index)) {
          inputs.put(from, value(from));
        }
      }
      return inputs;
    }

    private Value label(String name, Modality modality, Labeler labeler, Map<String, Value> inputs)
        throws IOException {
      try {
        return check(name, modality, labeler.label(inputs));
      } catch (IllegalArgumentException e) {
        throw new DatasetException(name + ": " + e.getMessage(), e);
      }
    }

    private String absent(String source) {
      return missing(source)
          .orElse("sample '" + samples.name(index) + "' has no file of '" + source + "'");
    }

    private Value check(String name, Modality modality, Value value) throws IOException {
      Optional<String> violation = modality.value().violation(value);
      if (violation.isPresent()) {
        throw new DatasetException(name + ": " + violation.get());
      }
      return value;
    }

    private Modality modality(String source) throws IOException {
      Modality modality = bySource.get(source);
      if (modality == null) {
        throw new DatasetException("no loaded modality has the source '" + source + "'");
      }
      return modality;
    }

    /**
     * Returns a value at the size of the model input.
     *
     * @param modality a modality of the run
     * @param crop the region to cut out
     * @return the cropped value
     * @throws IOException as {@link #value}
     */
    public Value cropped(UsedModality modality, Crop crop) throws IOException {
      if (!isThere(modality.source(), index)) {
        Optional<Labeler> labeler = labeler(modality.source(), index);
        if (labeler.isPresent() && labeler.get().onCrop(inputs(labeler.get()))) {
          return labelled(modality, labeler.get(), crop);
        }
      }
      return modality.modality().crop(value(modality.source()), crop, modality.resolution());
    }

    /** Computed from inputs that are cropped first, then brought to the size of the model input. */
    private Value labelled(UsedModality modality, Labeler labeler, Crop crop) throws IOException {
      String name =
          modality.source()
              + " of sample "
              + samples.name(index)
              + ", computed from "
              + labeler.from();
      Map<String, Value> inputs = new TreeMap<>();
      for (String from : labeler.from()) {
        if (isThere(from, index)) {
          inputs.put(from, modality(from).crop(value(from), crop, modality.resolution()));
        }
      }
      Value value = label(name, modality.modality(), labeler, inputs);
      if (value instanceof Value.Raster raster) {
        int height = raster.height();
        int width = raster.width();
        Crop whole = new Crop(0, 0, height, width, false, height, width);
        return modality.modality().crop(value, whole, modality.resolution());
      }
      return value;
    }

    /**
     * Returns where a value comes from, for messages.
     *
     * @param source source name
     * @return its file; in words where it is computed
     * @throws IOException if the disk cannot be read
     */
    public String place(String source) throws IOException {
      return isThere(source, index)
          ? source + "/" + samples.read(source, index).fileName()
          : source + " of sample " + samples.name(index);
    }

    /**
     * Returns the size of the sample's picture: of its pictures and maps with most places, so that
     * a map of features, which has one place for many pixels, is not taken for it.
     *
     * @param sources sources to look for a picture in
     * @return rows and columns; 1 and 1 where the sample has no picture
     * @throws IOException as {@link #value}
     */
    public int[] pictureSize(List<String> sources) throws IOException {
      PictureSizes known = sizes(sources);
      Optional<int[]> size = known.get(index);
      if (size.isEmpty()) {
        size = Optional.of(largest(sources));
        known.put(index, size.get());
      }
      return size.get();
    }

    private int[] largest(List<String> sources) throws IOException {
      int[] largest = {1, 1};
      for (String source : sources) {
        ValueSpec spec = modality(source).value();
        boolean pictures =
            spec instanceof ValueSpec.RasterSpec || spec instanceof ValueSpec.ClassMapSpec;
        if (pictures && isThere(source, index)) {
          int[] size = size(value(source));
          if ((long) size[0] * size[1] > (long) largest[0] * largest[1]) {
            largest = size;
          }
        }
      }
      return largest;
    }

    private static int[] size(Value value) {
      if (value instanceof Value.Raster raster) {
        return new int[] {raster.height(), raster.width()};
      }
      Value.ClassMap map = (Value.ClassMap) value;
      return new int[] {map.height(), map.width()};
    }
  }
}
