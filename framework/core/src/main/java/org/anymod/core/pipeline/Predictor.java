package org.anymod.core.pipeline;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.Link;
import org.anymod.core.sampling.Row;
import org.anymod.core.sampling.SamplingSettings;
import org.anymod.spi.Value;

/** A trained model with its tokenizers: values in, values out. For use by one thread at a time. */
public final class Predictor implements AutoCloseable {
  private final LoadedModel model;
  private final Run run;
  private final ModelValues values;

  private Predictor(LoadedModel model) {
    this.model = model;
    this.run = model.run();
    this.values = model.values();
  }

  /**
   * Opens the newest checkpoint of a run.
   *
   * @param run the run
   * @return the predictor; closing it frees its tensors
   * @throws IOException if the run is not trained or a file does not fit
   */
  public static Predictor open(Run run) throws IOException {
    return new Predictor(LoadedModel.open(run));
  }

  /**
   * Predicts with a model that is loaded.
   *
   * @param model the model; closing the predictor closes it
   * @return the predictor
   */
  public static Predictor of(LoadedModel model) {
    return new Predictor(model);
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
    List<Row> rows = Conditions.rows(model, inputs, seed, firstRow);
    model.sampler().sample(rows, outputs.stream().map(this::link).toList(), seed, firstRow);
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
    List<Row> rows = Conditions.rows(model, inputs, seeds[0], firstRow);
    List<List<Value>> predictions = new ArrayList<>();
    inputs.forEach(input -> predictions.add(new ArrayList<>()));
    for (List<Row> member : model.sampler().sampleEach(rows, link(output), seeds, firstRow)) {
      List<Map<String, Value>> drawn = read(member, List.of(output));
      for (int i = 0; i < drawn.size(); i++) {
        predictions.get(i).add(drawn.get(i).get(output));
      }
    }
    return predictions;
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

  private List<Map<String, Value>> read(List<Row> rows, List<String> outputs) {
    List<Map<String, Value>> results = new ArrayList<>();
    rows.forEach(row -> results.add(new LinkedHashMap<>()));
    for (String key : outputs) {
      UsedModality modality = run.modalities().get(key);
      int m = run.modalities().indexOf(key);
      List<Value> drawn = values.read(modality, rows.stream().map(row -> row.get(m)).toList());
      for (int i = 0; i < drawn.size(); i++) {
        results.get(i).put(key, drawn.get(i));
      }
    }
    return results;
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
   * @param originals values at the size of the model input
   * @return reconstructed values
   */
  public List<Value> reconstruct(String key, List<Value> originals) {
    return values.reconstruct(run.modalities().get(key), originals);
  }

  @Override
  public void close() {
    model.close();
  }
}
