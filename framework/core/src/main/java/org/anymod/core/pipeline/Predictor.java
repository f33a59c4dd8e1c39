package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.checkpoint.CheckpointFile;
import org.anymod.core.checkpoint.CheckpointLoader;
import org.anymod.core.checkpoint.TrainedTokens;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.model.AnyToAnyModel;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.Known;
import org.anymod.core.sampling.Link;
import org.anymod.core.sampling.Row;
import org.anymod.core.sampling.Sampler;
import org.anymod.core.sampling.SamplingSettings;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.tokenize.PartCodes;
import org.anymod.core.tokenize.StoredPixels;
import org.anymod.core.tokenize.TokenContracts;
import org.anymod.core.training.TextCodes;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.spi.Kind;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import org.anymod.spi.VectorForm;
import org.anymod.torch.StreamRandom;

/** A trained model with its tokenizers: values in, values out. For use by one thread at a time. */
public final class Predictor implements AutoCloseable {
  private final Run run;
  private final AnyToAnyModel model;
  private final Map<String, Tokenizer> tokenizers;
  private final TextCodes text;
  private final Sampler sampler;

  private Predictor(
      Run run, AnyToAnyModel model, Map<String, Tokenizer> tokenizers, TextTokenizer vocabulary) {
    this.run = run;
    this.model = model;
    this.tokenizers = tokenizers;
    this.text = new TextCodes(vocabulary);
    this.sampler = new Sampler(model, vocabulary);
  }

  /**
   * Opens the newest checkpoint of a run.
   *
   * @param run the run
   * @return the predictor; closing it frees its tensors
   * @throws IOException if the run is not trained or a file does not fit
   */
  public static Predictor open(Run run) throws IOException {
    Path file =
        run.weights()
            .orElseThrow(
                () ->
                    new DatasetException(
                        run.folders().checkpoints()
                            + ": no checkpoint; train the model first (anymod train)"));
    TextTokenizer vocabulary = run.vocabulary(Progress.silent());
    Map<String, Tokenizer> tokenizers = run.openTokenizers();
    AnyToAnyModel model = run.createModel(vocabulary);
    try (CheckpointFile weights = CheckpointFile.open(file)) {
      Map<String, TokenContract> contracts =
          TokenContracts.of(run.modalities(), CropPlan.CENTER, tokenizers, run.tokenizers());
      TrainedTokens.check(file, TrainedTokens.of(contracts, run.modalities()).with(vocabulary));
      CheckpointLoader.load(weights, model);
      return new Predictor(run, model, tokenizers, vocabulary);
    } catch (IOException e) {
      model.close();
      tokenizers.values().forEach(Tokenizer::close);
      throw e;
    }
  }

  /**
   * Predicts modalities from others.
   *
   * @param inputs one map for each sample: values at the size of the model input by model key; the
   *     same keys in each
   * @param outputs model keys to predict, in order; each is a condition of the next
   * @param seed seed of the request
   * @param firstRow number of the first sample, so that a request can be split into batches
   * @return predicted values by model key for each sample
   */
  public List<Map<String, Value>> predict(
      List<Map<String, Value>> inputs, List<String> outputs, long seed, long firstRow) {
    List<Row> rows = rows(inputs, seed, firstRow);
    sampler.sample(rows, outputs.stream().map(this::link).toList(), seed, firstRow);
    return read(rows, outputs);
  }

  /**
   * Predicts one modality several times. Where it is drawn in one step, the model runs only once.
   *
   * @param inputs conditions as in {@link #predict}
   * @param output model key to predict
   * @param seeds seed of each time
   * @param firstRow number of the first sample
   * @return for each sample its predictions, one for each seed
   */
  public List<List<Value>> predictEach(
      List<Map<String, Value>> inputs, String output, long[] seeds, long firstRow) {
    List<Row> rows = rows(inputs, seeds[0], firstRow);
    List<List<Value>> predictions = new ArrayList<>();
    inputs.forEach(input -> predictions.add(new ArrayList<>()));
    for (List<Row> member : sampler.sampleEach(rows, link(output), seeds, firstRow)) {
      List<Map<String, Value>> values = read(member, List.of(output));
      for (int i = 0; i < values.size(); i++) {
        predictions.get(i).add(values.get(i).get(output));
      }
    }
    return predictions;
  }

  private List<Row> rows(List<Map<String, Value>> inputs, long seed, long firstRow) {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      rows.add(new Row(model.modalities().size()));
    }
    for (String key : inputs.get(0).keySet()) {
      UsedModality modality = run.modalities().get(key);
      if (!modality.declaration().isInput()) {
        throw new IllegalArgumentException("'" + key + "' is not an input of this model");
      }
      List<Value> values = inputs.stream().map(map -> map.get(key)).toList();
      List<Known> known = known(modality, values, seed, firstRow);
      for (int i = 0; i < rows.size(); i++) {
        rows.get(i).set(run.modalities().indexOf(key), known.get(i));
      }
    }
    return rows;
  }

  private Link link(String key) {
    UsedModality modality = run.modalities().get(key);
    if (!modality.declaration().isOutput()) {
      throw new IllegalArgumentException("'" + key + "' is not an output of this model");
    }
    SamplingRecipe settings = run.recipe().sampling().get(key);
    return new Link(
        run.modalities().indexOf(key),
        settings == null ? SamplingSettings.of(modality.declaration().kind()) : settings);
  }

  private List<Known> known(UsedModality modality, List<Value> values, long seed, long firstRow) {
    List<Known> known = new ArrayList<>();
    Kind kind = modality.declaration().kind();
    if (kind instanceof Kind.TextSequence) {
      return texts(modality, values, seed, firstRow);
    }
    if (modality.isTokens()) {
      for (int[] tokens : tokenizers.get(modality.key()).encode(values)) {
        known.add(kind instanceof Kind.TokenGrid ? grid(tokens) : codes(tokens, kind.maxTokens()));
      }
      return known;
    }
    for (Value value : values) {
      if (kind instanceof Kind.PixelPatches) {
        known.add(
            new Known.Pixels(
                StoredPixels.scaled(modality, (Value.Raster) value), kind.maxTokens()));
      } else {
        Value.Vectors vectors = ((VectorForm) modality.modality().representation()).vectors(value);
        known.add(new Known.Vectors(vectors.data(), vectors.count()));
      }
    }
    return known;
  }

  private List<Known> texts(UsedModality modality, List<Value> values, long seed, long firstRow) {
    List<Known> known = new ArrayList<>();
    values.forEach(value -> PartCodes.checkComplete(modality, value));
    Optional<PartCodes> codes = PartCodes.of(modality, tokenizers.get(modality.key()));
    List<Value> complete = codes.isPresent() ? codes.get().filled(values) : values;
    for (int i = 0; i < complete.size(); i++) {
      StreamRandom random = StreamRandom.at(seed, "text form " + modality.key(), firstRow + i);
      List<int[]> chunks = text.write(modality, complete.get(i), random);
      int[] ids = chunks.stream().flatMapToInt(Arrays::stream).toArray();
      known.add(sequence(ids, modality.declaration().kind().maxTokens()));
    }
    return known;
  }

  private static Known grid(int[] tokens) {
    boolean[] visible = new boolean[tokens.length];
    Arrays.fill(visible, true);
    return new Known.Grid(tokens, visible);
  }

  private Known codes(int[] tokens, int max) {
    int shift = text.tokenizer().controlTokens();
    return sequence(Arrays.stream(tokens).map(t -> t + shift).toArray(), max);
  }

  private Known sequence(int[] ids, int max) {
    int[] ended = Arrays.copyOf(ids, ids.length + 1);
    ended[ids.length] = text.tokenizer().eos();
    return new Known.Sequence(Arrays.copyOf(ended, Math.min(ended.length, max)));
  }

  private List<Map<String, Value>> read(List<Row> rows, List<String> outputs) {
    List<Map<String, Value>> results = new ArrayList<>();
    rows.forEach(row -> results.add(new LinkedHashMap<>()));
    for (String key : outputs) {
      UsedModality modality = run.modalities().get(key);
      int m = run.modalities().indexOf(key);
      List<Known> known = rows.stream().map(row -> row.get(m)).toList();
      List<Value> values =
          modality.isTokens()
              ? tokenizers.get(key).decode(known.stream().map(this::tokens).toArray(int[][]::new))
              : readTexts(modality, known);
      for (int i = 0; i < values.size(); i++) {
        results.get(i).put(key, values.get(i));
      }
    }
    return results;
  }

  private List<Value> readTexts(UsedModality modality, List<Known> known) {
    List<Value> values =
        known.stream().map(k -> text.read(modality, ((Known.Sequence) k).ids())).toList();
    return PartCodes.of(modality, tokenizers.get(modality.key()))
        .map(codes -> codes.decoded(values))
        .orElse(values);
  }

  private int[] tokens(Known known) {
    if (known instanceof Known.Grid grid) {
      return grid.tokens();
    }
    int shift = text.tokenizer().controlTokens();
    return Arrays.stream(((Known.Sequence) known).ids())
        .filter(id -> id >= shift)
        .map(id -> id - shift)
        .toArray();
  }

  /**
   * Returns the run.
   *
   * @return the run
   */
  public Run run() {
    return run;
  }

  /**
   * Encodes and decodes values with their tokenizer alone: the bound of what the model can reach.
   *
   * @param key model key with a tokenizer
   * @param values values at the size of the model input
   * @return reconstructed values
   */
  public List<Value> reconstruct(String key, List<Value> values) {
    Tokenizer tokenizer = tokenizers.get(key);
    Optional<PartCodes> codes = PartCodes.of(run.modalities().get(key), tokenizer);
    if (codes.isPresent()) {
      return codes.get().decoded(codes.get().filled(values));
    }
    return tokenizer.decode(tokenizer.encode(values));
  }

  @Override
  public void close() {
    model.close();
    tokenizers.values().forEach(Tokenizer::close);
  }
}
