package org.anymod.core.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.SamplingRecipe;
import org.anymod.core.sampling.Known;
import org.anymod.core.sampling.Link;
import org.anymod.core.sampling.Row;
import org.anymod.core.sampling.SamplingSettings;
import org.anymod.spi.TextPrompt;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/**
 * Samples of which some modalities are given, tokenized once, from which any number of outputs are
 * predicted. For use by one thread at a time.
 */
public final class Conditions {
  private final LoadedModel model;
  private final List<Row> rows;

  private Conditions(LoadedModel model, List<Row> rows) {
    this.model = model;
    this.rows = rows;
  }

  /**
   * Tokenizes what is given.
   *
   * @param model the model
   * @param inputs one map for each sample: values at the size of the model input by model key; the
   *     same keys in each
   * @param seed seed of what texts leave to chance
   * @param batch samples tokenized together, at least 1
   * @return the conditions
   * @throws IllegalArgumentException if the model does not read one of the modalities
   */
  public static Conditions of(
      LoadedModel model, List<Map<String, Value>> inputs, long seed, int batch) {
    List<Row> rows = new ArrayList<>();
    for (int from = 0; from < inputs.size(); from += batch) {
      List<Map<String, Value>> some = inputs.subList(from, Math.min(inputs.size(), from + batch));
      rows.addAll(rows(model, some, seed, from));
    }
    return new Conditions(model, rows);
  }

  /** Tokenizes what is given of samples of which the first has a number of its own. */
  static List<Row> rows(
      LoadedModel model, List<Map<String, Value>> inputs, long seed, long firstRow) {
    List<Row> rows = new ArrayList<>();
    inputs.forEach(input -> rows.add(new Row(model.run().modalities().all().size())));
    for (String key : inputs.get(0).keySet()) {
      UsedModality modality = model.run().modalities().get(key);
      if (!modality.declaration().isInput()) {
        throw new IllegalArgumentException("'" + key + "' is not an input of this model");
      }
      List<StreamRandom> chance = new ArrayList<>();
      for (int i = 0; i < rows.size(); i++) {
        chance.add(StreamRandom.at(seed, "text form " + key, firstRow + i));
      }
      List<Value> given = inputs.stream().map(map -> map.get(key)).toList();
      List<Known> known = model.values().whole(modality, given, chance);
      for (int i = 0; i < rows.size(); i++) {
        rows.get(i).set(model.run().modalities().indexOf(key), known.get(i));
      }
    }
    return rows;
  }

  /**
   * Predicts one modality several times for some of the samples.
   *
   * @param output model key to predict
   * @param seeds seed of each time
   * @param from first sample
   * @param to sample behind the last
   * @return for each sample its predictions, one for each seed
   * @throws IllegalArgumentException if the model does not predict this modality
   */
  public List<List<Value>> predictEach(String output, long[] seeds, int from, int to) {
    List<List<Value>> predictions = new ArrayList<>();
    for (int i = from; i < to; i++) {
      predictions.add(new ArrayList<>());
    }
    for (List<Row> times :
        model.sampler().sampleEach(rows.subList(from, to), link(output), seeds, from)) {
      List<Value> drawn = read(output, times);
      for (int i = 0; i < drawn.size(); i++) {
        predictions.get(i).add(drawn.get(i));
      }
    }
    return predictions;
  }

  /**
   * Fills the gaps of prompts.
   *
   * @param output model key of the text-like modality to predict
   * @param samples for each prompt the number of its sample
   * @param prompts the prompts
   * @param seed seed of the answers
   * @param firstPrompt number of the first prompt, so that many can be asked in batches
   * @return for each prompt the value that the whole text tells of
   * @throws IllegalArgumentException if the model does not predict this modality, or it is no text
   */
  public List<Value> complete(
      String output, int[] samples, List<TextPrompt> prompts, long seed, long firstPrompt) {
    UsedModality modality = model.run().modalities().get(output);
    int m = model.run().modalities().indexOf(output);
    String gap = " " + model.vocabulary().tokenOf(model.vocabulary().sentinel(1)) + " ";
    String end = " " + model.vocabulary().tokenOf(model.vocabulary().eos());
    List<Row> asked = new ArrayList<>();
    for (int i = 0; i < samples.length; i++) {
      TextPrompt prompt = prompts.get(i);
      Row row = copy(rows.get(samples[i]));
      row.set(m, model.values().words(modality, prompt.before() + gap + prompt.after() + end));
      asked.add(row);
    }
    model.sampler().sample(asked, List.of(link(output)), seed, firstPrompt);
    return read(output, asked);
  }

  private Row copy(Row row) {
    int size = model.run().modalities().all().size();
    Row copy = new Row(size);
    for (int m = 0; m < size; m++) {
      copy.set(m, row.get(m));
    }
    return copy;
  }

  private Link link(String output) {
    UsedModality modality = model.run().modalities().get(output);
    if (!modality.declaration().isOutput()) {
      throw new IllegalArgumentException("'" + output + "' is not an output of this model");
    }
    SamplingRecipe settings = model.run().recipe().sampling().get(output);
    return new Link(
        model.run().modalities().indexOf(output),
        settings == null ? SamplingSettings.of(modality.declaration().kind()) : settings);
  }

  private List<Value> read(String output, List<Row> drawn) {
    int m = model.run().modalities().indexOf(output);
    List<Known> known = drawn.stream().map(row -> row.get(m)).toList();
    return model.values().read(model.run().modalities().get(output), known);
  }
}
