package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.SkipList;
import org.anymod.core.values.OrderedPrefetch;
import org.anymod.core.values.SkippedSamples;
import org.anymod.core.values.ValueReader;

/**
 * Finds the samples of a dataset that can be read in all modalities, so that every stage of a run
 * works on the same ones. All files are read once; what was found is kept in the run's folder.
 */
final class SampleScreen {
  private static final int GROUP = 64;

  private final Path file;
  private final int maxSkips;
  private final int workers;

  SampleScreen(Path file, int maxSkips, int workers) {
    this.file = file;
    this.maxSkips = maxSkips;
    this.workers = workers;
  }

  /**
   * Returns the sound samples.
   *
   * @param root folder of the dataset, for messages
   * @param reader its values
   * @param sources what must be readable
   * @return their indices, ascending, at least one
   * @throws IOException if too many are unsound, or all
   */
  int[] sound(Path root, ValueReader reader, List<String> sources) throws IOException {
    int size = reader.samples().size();
    Optional<SkipList> kept =
        Files.exists(file) ? Optional.of(SkipList.read(file)) : Optional.empty();
    SkipList list =
        kept.isPresent() && kept.get().fits(root.toString(), sources, size)
            ? kept.get()
            : search(root, reader, sources);
    Map<Integer, String> skipped = list.skipped();
    int[] sound = IntStream.range(0, size).filter(i -> !skipped.containsKey(i)).toArray();
    if (sound.length == 0) {
      throw new DatasetException(root + ": no sample can be read, see " + file);
    }
    return sound;
  }

  private SkipList search(Path root, ValueReader reader, List<String> sources) throws IOException {
    int size = reader.samples().size();
    int groups = (size + GROUP - 1) / GROUP;
    SkippedSamples policy = new SkippedSamples(true, maxSkips);
    Map<Integer, String> skipped = new TreeMap<>();
    try (OrderedPrefetch<List<Fault>> stream =
        new OrderedPrefetch<>(
            group -> faults(reader, sources, (int) group * GROUP, size),
            0,
            groups,
            workers,
            2 * workers)) {
      while (stream.hasNext()) {
        for (Fault fault : stream.next()) {
          skipped.put(fault.index(), fault.cause().getMessage());
          policy.skip(root + " sample " + reader.samples().name(fault.index()), fault.cause());
        }
      }
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(root + ": " + e.getMessage(), e);
    }
    SkipList list = new SkipList(SkipList.VERSION, root.toString(), sources, size, skipped);
    list.write(file);
    return list;
  }

  private record Fault(int index, IOException cause) {}

  private static List<Fault> faults(ValueReader reader, List<String> sources, int from, int size) {
    List<Fault> faults = new ArrayList<>();
    for (int i = from; i < Math.min(size, from + GROUP); i++) {
      try {
        ValueReader.Sample sample = reader.sample(i);
        for (String source : sources) {
          sample.value(source);
        }
      } catch (IOException e) {
        faults.add(new Fault(i, e));
      }
    }
    return faults;
  }
}
