package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.cli.report.ReportFile;
import org.anymod.core.data.Datasets;
import org.anymod.core.generation.Given;
import org.anymod.core.generation.PlannedOutput;
import org.anymod.core.generation.Planner;
import org.anymod.core.generation.Request;
import org.anymod.core.generation.Result;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Codec;
import org.anymod.spi.Modality;
import org.anymod.torch.StreamRandom;

/**
 * One request for each sample of a dataset, whose results lie as a dataset does: a folder for each
 * source, a file for each sample.
 */
final class BulkRequests implements AutoCloseable {
  private static final int SEED_SHIFT = 11;

  private final RequestLine line;
  private final RequestMaker maker;
  private final Map<String, UsedModality> inputs = new LinkedHashMap<>();
  private final List<PlannedOutput> outputs;
  private final ValueReader reader;
  private final Path target;

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
      this.outputs = reader.samples().size() == 0 ? List.of() : decoded();
      checkNames();
    } catch (IOException | RuntimeException e) {
      reader.samples().close();
      throw e;
    }
  }

  private List<PlannedOutput> decoded() throws IOException {
    return request(0).outputs().stream().filter(PlannedOutput::decoded).toList();
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

  /** Number of samples. */
  int size() {
    return reader.samples().size();
  }

  /** A number that tells these samples and what is asked for them from others. */
  long identity() {
    long sum = outputs.stream().map(PlannedOutput::key).toList().hashCode();
    for (int i = 0; i < size(); i++) {
      sum = 31 * sum + reader.samples().name(i).hashCode();
    }
    return sum;
  }

  /** Where the results of a sample go. */
  private Map<PlannedOutput, Path> files(int index) {
    Map<PlannedOutput, Path> files = new LinkedHashMap<>();
    for (PlannedOutput output : outputs) {
      Codec codec = output.modality().modality().codec();
      String name = reader.samples().name(index) + "." + codec.extensions().get(0);
      files.put(output, target.resolve(output.modality().source()).resolve(name));
    }
    return files;
  }

  /** Returns the results of some samples that are not there. */
  List<Path> missing(int from, int to) {
    List<Path> missing = new ArrayList<>();
    for (int i = from; i < to; i++) {
      files(i).values().stream().filter(file -> !Files.isRegularFile(file)).forEach(missing::add);
    }
    return missing;
  }

  /** Returns what is asked for some samples. */
  List<Request> requests(int from, int to) throws IOException {
    List<Request> requests = new ArrayList<>();
    for (int i = from; i < to; i++) {
      requests.add(request(i).request());
    }
    return requests;
  }

  /** Writes those results of a sample that are not there, each file at once. */
  void write(int index, Result result) throws IOException {
    for (Map.Entry<PlannedOutput, Path> entry : files(index).entrySet()) {
      PlannedOutput output = entry.getKey();
      Path file = entry.getValue();
      if (!Files.isRegularFile(file)) {
        Files.createDirectories(file.getParent());
        Codec codec = output.modality().modality().codec();
        ReportFile.write(file, codec.encode(result.samples().get(0).values().get(output.key())));
      }
    }
  }

  @Override
  public void close() throws IOException {
    reader.samples().close();
  }
}
