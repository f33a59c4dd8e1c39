package org.anymod.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.anymod.cli.report.ReportFile;
import org.anymod.core.data.Datasets;
import org.anymod.core.data.Samples;
import org.anymod.core.generation.Given;
import org.anymod.core.generation.PlannedOutput;
import org.anymod.core.generation.Planner;
import org.anymod.core.generation.Result;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Codec;
import org.anymod.spi.Modality;
import org.anymod.torch.StreamRandom;

/**
 * One request for each sample of a dataset, whose results lie as a dataset does: a folder for each
 * source, a file for each sample. What has all its files already is left out.
 */
final class BulkRequests implements Iterator<RequestMaker.Made>, AutoCloseable {
  private static final int SEED_SHIFT = 11;

  private final RequestLine line;
  private final RequestMaker maker;
  private final Map<String, UsedModality> inputs = new LinkedHashMap<>();
  private final List<PlannedOutput> outputs;
  private final ValueReader reader;
  private final Path target;
  private int next;

  /**
   * Opens the dataset.
   *
   * @param data folder with a folder for each source
   * @param line the request, with a key for each input and no value
   * @param planner finds the modalities
   * @param target where results go
   */
  BulkRequests(Path data, RequestLine line, Planner planner, RequestMaker maker, Path target)
      throws IOException {
    this.line = line;
    this.maker = maker;
    this.target = target;
    line.input().keySet().forEach(word -> inputs.put(word, planner.input(word)));
    List<String> sources = inputs.values().stream().map(UsedModality::source).distinct().toList();
    List<Modality> modalities = inputs.values().stream().map(UsedModality::modality).toList();
    this.reader = new ValueReader(Datasets.open(data, sources), modalities);
    try {
      this.outputs = reader.samples().size() == 0 ? List.of() : request(0).outputs();
      checkNames();
    } catch (IOException | RuntimeException e) {
      reader.samples().close();
      throw e;
    }
    skip();
  }

  /** Results of one source can hold one file a sample. */
  private void checkNames() {
    List<String> sources = outputs.stream().map(o -> o.modality().source()).toList();
    if (sources.stream().distinct().count() < sources.size() || line.samples() > 1) {
      throw new UserMistake(
          "results of a dataset have one file for each source and sample: ask for one output of"
              + " each source, and for one sample");
    }
  }

  private RequestMaker.Made request(int index) throws IOException {
    ValueReader.Sample sample = reader.sample(index);
    String name = reader.samples().name(index);
    Map<String, Given> given = new LinkedHashMap<>();
    for (Map.Entry<String, UsedModality> input : inputs.entrySet()) {
      given.put(input.getKey(), Given.of(sample.value(input.getValue().source())));
    }
    long seed = StreamRandom.at(line.seed(), "sample " + name).nextLong() >>> SEED_SHIFT;
    return maker.make(name, line.with(line.input(), seed, name), given);
  }

  private Path file(int index, PlannedOutput output) {
    Codec codec = output.modality().modality().codec();
    Samples samples = reader.samples();
    return target
        .resolve(output.modality().source())
        .resolve(samples.name(index) + "." + codec.extensions().get(0));
  }

  private void skip() {
    while (next < reader.samples().size()
        && outputs.stream().allMatch(output -> Files.isRegularFile(file(next, output)))) {
      next++;
    }
  }

  @Override
  public boolean hasNext() {
    return next < reader.samples().size();
  }

  @Override
  public RequestMaker.Made next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      RequestMaker.Made made = request(next);
      next++;
      skip();
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** Writes the results of a sample, each file at once. */
  List<String> write(RequestMaker.Made made, Result result) throws IOException {
    List<String> files = new ArrayList<>();
    for (PlannedOutput output : outputs) {
      Codec codec = output.modality().modality().codec();
      Path file =
          target
              .resolve(output.modality().source())
              .resolve(made.name() + "." + codec.extensions().get(0));
      Files.createDirectories(file.getParent());
      ReportFile.write(file, codec.encode(result.samples().get(0).values().get(output.key())));
      files.add(file.toString());
    }
    return files;
  }

  @Override
  public void close() throws IOException {
    reader.samples().close();
  }
}
