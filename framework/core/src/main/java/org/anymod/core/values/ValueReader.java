package org.anymod.core.values;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  private final Sources sources;
  private volatile Optional<PictureSizes> sizes = Optional.empty();

  /**
   * Creates a reader.
   *
   * @param samples the split
   * @param modalities all modalities that may be read, or labelled from
   */
  public ValueReader(Samples samples, Collection<? extends Modality> modalities) {
    this(new Sources(samples, modalities));
  }

  private ValueReader(Sources sources) {
    this.sources = sources;
  }

  /**
   * Reads the first samples only.
   *
   * @param count number of samples; all if there are fewer
   * @return a reader of them, with the same files
   */
  public ValueReader take(int count) {
    return new ValueReader(sources.take(count));
  }

  /**
   * Says how values of a source will be had.
   *
   * @param source source name
   * @return a reason why not; empty if files or a labeler are there
   */
  public Optional<String> missing(String source) {
    return sources.missing(source);
  }

  /**
   * Remembers sizes of pictures, so that each is looked for once; one list of sources at a time.
   */
  private PictureSizes sizes(List<String> of) {
    Optional<PictureSizes> known = sizes;
    if (known.isEmpty() || !known.get().sources().equals(of)) {
      known = Optional.of(new PictureSizes(of, sources.samples().size()));
      sizes = known;
    }
    return known.get();
  }

  /**
   * Returns whether a sample has a file of a source or one that it can be labelled from.
   *
   * @param source source name
   * @param index number of the sample
   * @return true if its value can be asked for
   */
  public boolean has(String source, int index) {
    return sources.isThere(source, index) || sources.labeler(source, index).isPresent();
  }

  /**
   * Returns the split.
   *
   * @return the samples
   */
  public Samples samples() {
    return sources.samples();
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
        value = sources.isThere(source, index) ? decode(source) : label(source);
        values.put(source, value);
      }
      return value;
    }

    private Value decode(String source) throws IOException {
      Entry entry = sources.samples().read(source, index);
      String file = source + "/" + entry.fileName();
      Modality modality = sources.modality(source);
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
      Modality modality = sources.modality(source);
      Labeler labeler =
          sources.labeler(source, index).orElseThrow(() -> new DatasetException(absent(source)));
      return label(computed(source, labeler), modality, labeler, inputs(labeler));
    }

    private String computed(String source, Labeler labeler) {
      return source
          + " of sample "
          + sources.samples().name(index)
          + ", computed from "
          + labeler.from();
    }

    private Map<String, Value> inputs(Labeler labeler) throws IOException {
      Map<String, Value> inputs = new TreeMap<>();
      for (String from : labeler.from()) {
        if (sources.isThere(from, index)) {
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
      return sources
          .missing(source)
          .orElse("sample '" + sources.samples().name(index) + "' has no file of '" + source + "'");
    }

    private Value check(String name, Modality modality, Value value) throws IOException {
      Optional<String> violation = modality.value().violation(value);
      if (violation.isPresent()) {
        throw new DatasetException(name + ": " + violation.get());
      }
      return value;
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
      if (!sources.isThere(modality.source(), index)) {
        Optional<Labeler> labeler = sources.labeler(modality.source(), index);
        if (labeler.isPresent() && labeler.get().onCrop(inputs(labeler.get()))) {
          return labelled(modality, labeler.get(), crop);
        }
      }
      return modality.modality().crop(value(modality.source()), crop, modality.resolution());
    }

    /** Computed from inputs that are cropped first, then brought to the size of the model input. */
    private Value labelled(UsedModality modality, Labeler labeler, Crop crop) throws IOException {
      String name = computed(modality.source(), labeler);
      Map<String, Value> inputs = new TreeMap<>();
      for (String from : labeler.from()) {
        if (sources.isThere(from, index)) {
          inputs.put(from, sources.modality(from).crop(value(from), crop, modality.resolution()));
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
      return sources.isThere(source, index)
          ? source + "/" + sources.samples().read(source, index).fileName()
          : source + " of sample " + sources.samples().name(index);
    }

    /**
     * Returns the size of the sample's picture: of its pictures and maps with most places, so that
     * a map of features, which has one place for many pixels, is not taken for it.
     *
     * @param among sources to look for a picture in
     * @return rows and columns; 1 and 1 where the sample has no picture
     * @throws IOException as {@link #value}
     */
    public int[] pictureSize(List<String> among) throws IOException {
      PictureSizes known = sizes(among);
      Optional<int[]> size = known.get(index);
      if (size.isEmpty()) {
        size = Optional.of(largest(among));
        known.put(index, size.get());
      }
      return size.get();
    }

    private int[] largest(List<String> among) throws IOException {
      int[] largest = {1, 1};
      for (String source : among) {
        ValueSpec spec = sources.modality(source).value();
        boolean pictures =
            spec instanceof ValueSpec.RasterSpec || spec instanceof ValueSpec.ClassMapSpec;
        if (pictures && sources.isThere(source, index)) {
          int[] size = PictureSizes.of(value(source));
          if ((long) size[0] * size[1] > (long) largest[0] * largest[1]) {
            largest = size;
          }
        }
      }
      return largest;
    }
  }
}
