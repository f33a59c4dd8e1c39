package org.anymod.serve;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import org.anymod.core.generation.Given;
import org.anymod.core.generation.Output;
import org.anymod.core.generation.PlannedOutput;
import org.anymod.core.generation.Planner;
import org.anymod.core.generation.Request;
import org.anymod.core.generation.SamplingChange;
import org.anymod.core.generation.Steering;
import org.anymod.core.modality.UsedModality;
import org.anymod.media.JsonPlace;
import org.anymod.spi.InvalidDataException;

/** Reads requests: strictly, and checked against the models before they wait for their turn. */
final class RequestReader {
  private static final String FINE_PRESET = "super_resolution_preset";
  private static final Set<String> KEYS =
      Set.copyOf(List.of("inputs", "outputs", "weights", "samples", "seed", "preset", FINE_PRESET));
  private static final int MOST_KEYS = 256;
  private static final double STRONGEST = 100;

  private final ServedModels models;
  private final Planner planner;
  private final List<String> presets;
  private final int maxSamples;

  RequestReader(
      ServedModels models, Planner planner, List<String> presets, ServeSettings settings) {
    this.models = models;
    this.planner = planner;
    this.presets = List.copyOf(presets);
    this.maxSamples = settings.maxSamples();
  }

  /**
   * Reads a request.
   *
   * @throws InvalidDataException naming the place, what was found and what is allowed
   * @throws IllegalArgumentException if parts of the request contradict each other, or the models
   *     cannot answer it
   */
  GenerateRequest read(JsonPlace document, InputReader values) throws InvalidDataException {
    document.onlyKeys(KEYS);
    Request.Builder builder = Request.builder();
    Map<UsedModality, Given> inputs = new LinkedHashMap<>();
    Optional<JsonPlace> given = document.find("inputs");
    if (given.isPresent()) {
      inputs.putAll(inputs(given.get(), values));
    }
    inputs.forEach((modality, value) -> builder.given(modality.key(), value));
    List<UsedModality> outputs = new ArrayList<>();
    for (JsonPlace place : document.get("outputs").items(1, MOST_KEYS)) {
      UsedModality modality = output(place, inputs, outputs);
      outputs.add(modality);
      builder.output(Output.of(modality.key()).with(change(place)));
    }
    Optional<JsonPlace> weights = document.find("weights");
    if (weights.isPresent()) {
      builder.steering(Steering.weights(weights(weights.get(), inputs)));
    }
    builder.presets(presets(document));
    Optional<JsonPlace> samples = document.find("samples");
    builder.samples(samples.isPresent() ? samples.get().whole(1, maxSamples) : 1);
    Optional<JsonPlace> seed = document.find("seed");
    builder.seed(seed.isPresent() ? seed.get().whole(0, Integer.MAX_VALUE) : 0);
    Request request = builder.build();
    List<PlannedOutput> planned =
        planner.outputs(request).stream().filter(PlannedOutput::decoded).toList();
    return new GenerateRequest(request, List.copyOf(inputs.keySet()), planned);
  }

  /** The preset of each model; an empty one where only the second model's is named. */
  private String[] presets(JsonPlace document) throws InvalidDataException {
    if (document.find(FINE_PRESET).isPresent() && !models.isChain()) {
      throw document.get(FINE_PRESET).mustBe("left out, for this server has no second model");
    }
    String first = preset(document, "preset");
    String fine = preset(document, FINE_PRESET);
    if (fine.isEmpty()) {
      return first.isEmpty() ? new String[0] : new String[] {first};
    }
    return new String[] {first, fine};
  }

  private String preset(JsonPlace document, String key) throws InvalidDataException {
    Optional<JsonPlace> preset = document.find(key);
    if (preset.isEmpty()) {
      return "";
    }
    // Known names only: elsewhere a preset may also be the path of a file.
    if (!presets.contains(preset.get().text())) {
      throw preset.get().mustBe("one of the presets " + presets);
    }
    return preset.get().text();
  }

  private Map<UsedModality, Given> inputs(JsonPlace place, InputReader values)
      throws InvalidDataException {
    Map<UsedModality, Given> inputs = new LinkedHashMap<>();
    for (Map.Entry<String, JsonPlace> entry : place.entries().entrySet()) {
      UsedModality modality = models.find(entry.getKey());
      if (!models.isInput(modality)) {
        throw new InvalidDataException("'" + modality.key() + "' is no input of this model");
      }
      inputs.put(modality, values.given(modality, entry.getValue()));
    }
    return inputs;
  }

  private UsedModality output(
      JsonPlace place, Map<UsedModality, Given> inputs, List<UsedModality> before)
      throws InvalidDataException {
    JsonPlace key = place.tree() instanceof String ? place : place.get("key");
    UsedModality modality = models.find(key.text());
    if (!models.isOutput(modality)) {
      throw key.mustBe("an output of this model");
    }
    if (before.contains(modality)) {
      throw key.mustBe("named once only");
    }
    if (inputs.get(modality) instanceof Given.Whole whole && isComplete(whole)) {
      throw key.mustBe("an output that is not given as a whole");
    }
    return modality;
  }

  /** A text may have holes to fill in. */
  private static boolean isComplete(Given.Whole whole) {
    return !(whole.value() instanceof org.anymod.spi.Value.Text text)
        || !text.text().contains("[S_");
  }

  private static SamplingChange change(JsonPlace place) throws InvalidDataException {
    if (place.tree() instanceof String) {
      return SamplingChange.NONE;
    }
    place.onlyKeys(SamplingKeys.ALL);
    return SamplingKeys.change(place);
  }

  private Map<String, Double> weights(JsonPlace place, Map<UsedModality, Given> inputs)
      throws InvalidDataException {
    Map<String, Double> weights = new LinkedHashMap<>();
    for (Map.Entry<String, JsonPlace> entry : place.entries().entrySet()) {
      UsedModality modality = models.find(entry.getKey());
      if (!inputs.containsKey(modality)) {
        throw new InvalidDataException(
            "weights names '" + modality.key() + "', which is not given");
      }
      weights.put(modality.key(), entry.getValue().number(-STRONGEST, STRONGEST));
    }
    return weights;
  }

  /** Settings of an output. */
  private static final class SamplingKeys {
    private static final Set<String> ALL =
        Set.of("key", "scheme", "steps", "schedule", "temperature", "top_k", "top_p", "guidance");

    private SamplingKeys() {}

    static SamplingChange change(JsonPlace place) throws InvalidDataException {
      Optional<JsonPlace> steps = place.find("steps");
      return new SamplingChange(
          word(place, "scheme", List.of("maskgit", "roar")),
          steps.isPresent() ? OptionalInt.of(steps.get().whole(1, 10_000)) : OptionalInt.empty(),
          word(place, "schedule", List.of("linear", "cosine")),
          number(place, "temperature", 0, 1000),
          Optional.empty(),
          topK(place),
          number(place, "top_p", 0, 1),
          number(place, "guidance", -STRONGEST, STRONGEST),
          OptionalDouble.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** A number of tokens, or below 1 a part of the vocabulary. */
    private static OptionalDouble topK(JsonPlace place) throws InvalidDataException {
      OptionalDouble topK = number(place, "top_k", 0, 1e9);
      if (topK.isPresent() && topK.getAsDouble() >= 1 && topK.getAsDouble() % 1 != 0) {
        throw place.get("top_k").mustBe("a whole number, or below 1 a part of the vocabulary");
      }
      return topK;
    }

    private static Optional<String> word(JsonPlace place, String key, List<String> allowed)
        throws InvalidDataException {
      Optional<JsonPlace> word = place.find(key);
      if (word.isEmpty()) {
        return Optional.empty();
      }
      if (!allowed.contains(word.get().text())) {
        throw word.get().mustBe("one of " + allowed);
      }
      return Optional.of(word.get().text());
    }

    private static OptionalDouble number(JsonPlace place, String key, double min, double max)
        throws InvalidDataException {
      Optional<JsonPlace> number = place.find(key);
      return number.isPresent()
          ? OptionalDouble.of(number.get().number(min, max))
          : OptionalDouble.empty();
    }
  }
}
