package org.anymod.core.tokenize;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.anymod.core.data.DatasetException;
import org.anymod.spi.CodedText;
import org.anymod.spi.Value;

/**
 * The parts of all values of a split, one after the other; values without parts have none here.
 * Parts are kept in memory up to a limit.
 */
public final class PartValues implements TokenizerValues {
  private static final long MEMORY_LIMIT = 256L << 20;

  private final TokenizerValues wholes;
  private final CodedText form;
  private final int[] ends;
  private final AtomicReferenceArray<List<Value>> kept;
  private final AtomicLong bytes = new AtomicLong();

  /**
   * Counts the parts, for which all values are read once.
   *
   * @param wholes the values
   * @param form finds the parts
   * @param key key of the modality, for messages
   * @throws IOException if a value cannot be read, or none has parts
   */
  public PartValues(TokenizerValues wholes, CodedText form, String key) throws IOException {
    this.wholes = wholes;
    this.form = form;
    this.kept = new AtomicReferenceArray<>(wholes.size());
    this.ends = new int[wholes.size()];
    int count = 0;
    for (int i = 0; i < ends.length; i++) {
      count = Math.addExact(count, parts(i).size());
      ends[i] = count;
    }
    if (count == 0) {
      throw new DatasetException(
          "tokenizers."
              + key
              + ": none of the "
              + wholes.size()
              + " values has parts to learn from; give files that hold them, or remove the entry if"
              + " the files hold codes");
    }
  }

  @Override
  public int size() {
    return ends[ends.length - 1];
  }

  @Override
  public Value get(int index) throws IOException {
    int whole = whole(index);
    int start = whole == 0 ? 0 : ends[whole - 1];
    return parts(whole).get(index - start);
  }

  @Override
  public String name(int index) {
    return wholes.name(whole(index));
  }

  /** The value that a part belongs to. */
  private int whole(int index) {
    int found = Arrays.binarySearch(ends, index + 1);
    // The first value whose end is behind the index: values without parts repeat an end.
    int whole = found < 0 ? -found - 1 : found;
    while (whole > 0 && ends[whole - 1] > index) {
      whole--;
    }
    return whole;
  }

  private List<Value> parts(int whole) throws IOException {
    List<Value> parts = kept.get(whole);
    if (parts == null) {
      parts = Optional.of(wholes.get(whole)).flatMap(form::parts).orElse(List.of());
      long size = 64 + parts.stream().mapToLong(PartValues::sizeOf).sum();
      if (bytes.addAndGet(size) < MEMORY_LIMIT) {
        kept.set(whole, parts);
      }
    }
    return parts;
  }

  private static long sizeOf(Value value) {
    if (value instanceof Value.Raster raster) {
      return 64 + 4L * raster.data().length;
    }
    return value instanceof Value.Vectors vectors ? 64 + 4L * vectors.data().length : 512;
  }
}
