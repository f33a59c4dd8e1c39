package org.anymod.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.anymod.core.NearestName;
import org.anymod.core.generation.Given;
import org.anymod.core.generation.Output;
import org.anymod.core.generation.PlannedOutput;
import org.anymod.core.generation.Planner;
import org.anymod.core.generation.Request;
import org.anymod.core.generation.SamplingChange;
import org.anymod.core.generation.Steering;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Kind;
import org.anymod.spi.Value;

/** Makes requests of what a user writes: reads the files and checks everything that can be. */
final class RequestMaker {
  private static final String HOLE = "[S_";

  private final Planner planner;

  RequestMaker(Planner planner) {
    this.planner = planner;
  }

  /**
   * A request with what its files hold.
   *
   * @param name name for its folder; empty for a single one
   * @param line how it was written
   * @param request the request
   * @param outputs what it will draw
   */
  record Made(String name, RequestLine line, Request request, List<PlannedOutput> outputs) {}

  /**
   * Makes a request.
   *
   * @param name name for its folder
   * @param line how it is written
   * @param files finds the file that a word means
   */
  Made make(String name, RequestLine line, UnaryOperator<String> files) throws IOException {
    checkKeys(line.visible().keySet(), line, "visible");
    checkKeys(line.beginning(), line, "beginning");
    Map<String, Given> inputs = new LinkedHashMap<>();
    for (Map.Entry<String, String> input : line.input().entrySet()) {
      inputs.put(input.getKey(), given(input.getKey(), input.getValue(), line, files));
    }
    return make(name, line, inputs);
  }

  /** Makes a request of values that are read already. */
  Made make(String name, RequestLine line, Map<String, Given> inputs) {
    Steering steering =
        new Steering(line.guide(), line.guidance(), line.grow(), line.grownWeight());
    List<Output> outputs = line.output().stream().map(Output::of).toList();
    Request plain =
        new Request(inputs, outputs, steering, line.samples(), line.seed(), line.preset());
    Request request = changed(plain, line.sampling());
    return new Made(name, line, request, planner.outputs(request));
  }

  /** The request with changed settings; what it draws by itself is named for that. */
  private Request changed(Request request, Map<String, SamplingChange> changes) {
    if (changes.isEmpty()) {
      return request;
    }
    List<PlannedOutput> planned = planner.outputs(request);
    Set<String> used = new LinkedHashSet<>();
    List<Output> outputs = new ArrayList<>();
    for (PlannedOutput output : planned) {
      SamplingChange change = SamplingChange.NONE;
      for (Map.Entry<String, SamplingChange> entry : changes.entrySet()) {
        if (means(entry.getKey(), output)) {
          used.add(entry.getKey());
          change = change.and(entry.getValue());
        }
      }
      Output plain = Output.of(output.key()).with(change);
      outputs.add(output.decoded() ? plain : plain.onlyCondition());
    }
    checkUsed(changes.keySet(), used, planned);
    return new Request(
        request.inputs(),
        outputs,
        request.steering(),
        request.samples(),
        request.seed(),
        request.presets());
  }

  private static void checkUsed(Set<String> words, Set<String> used, List<PlannedOutput> planned) {
    List<String> keys = planned.stream().map(PlannedOutput::key).toList();
    for (String word : words) {
      if (!used.contains(word)) {
        throw new UserMistake(
            "sampling: '"
                + word
                + "' is not predicted by this request, which predicts "
                + String.join(", ", keys)
                + NearestName.to(word, keys).map(n -> "; did you mean '" + n + "'?").orElse(""));
      }
    }
  }

  private static boolean means(String word, PlannedOutput output) {
    UsedModality modality = output.modality();
    return word.equals(output.key())
        || word.equals(modality.modality().name())
        || word.equals(modality.source());
  }

  private static void checkKeys(Iterable<String> keys, RequestLine line, String what) {
    for (String key : keys) {
      if (!line.input().containsKey(key)) {
        throw new UserMistake(
            what + ": '" + key + "' is not given; given are " + line.input().keySet());
      }
    }
  }

  private Given given(String key, String fileOrText, RequestLine line, UnaryOperator<String> files)
      throws IOException {
    UsedModality modality = planner.input(key);
    boolean text = modality.declaration().kind() instanceof Kind.TextSequence;
    String file = files.apply(fileOrText);
    boolean words = text && fileOrText.contains(HOLE) && !InputValues.isFile(file);
    if (words) {
      return Given.words(fileOrText);
    }
    Value value = InputValues.read(modality, file);
    if (line.beginning().contains(key)) {
      return Given.beginning(value);
    }
    return line.visible().containsKey(key)
        ? Given.part(value, VisibleAreas.of(key, line.visible().get(key), value, files))
        : Given.of(value);
  }
}
