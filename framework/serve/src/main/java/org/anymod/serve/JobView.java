package org.anymod.serve;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anymod.core.generation.PlannedOutput;

/** Jobs as clients see them. */
final class JobView {
  private JobView() {}

  static Map<String, Object> of(Job job) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("id", job.id());
    tree.put("state", job.state().word());
    tree.put("reason", job.reason());
    tree.put("seed", job.request().request().seed());
    tree.put("samples", job.request().samples());
    tree.put("waited_seconds", seconds(job.waited()));
    tree.put("running_seconds", seconds(job.running()));
    tree.put("chain", chain(job.request()));
    tree.put("outputs", job.request().outputKeys().stream().map(key -> output(job, key)).toList());
    return tree;
  }

  /**
   * What is predicted from what, in order: every link of the first model sees the inputs and all
   * links before it, one of the second what that can read of them.
   */
  private static List<Object> chain(GenerateRequest request) {
    List<Object> chain = new ArrayList<>();
    List<String> known = new ArrayList<>(request.inputKeys());
    for (PlannedOutput output : request.outputs()) {
      String wanted = output.key();
      List<String> from = output.stage() == 0 ? known : output.conditions();
      Map<String, Object> link = new LinkedHashMap<>();
      link.put("key", wanted);
      link.put("from", from.stream().distinct().filter(key -> !key.equals(wanted)).toList());
      chain.add(link);
      known.add(wanted);
    }
    return chain;
  }

  /** Returns an output: waiting, or what has become of it for each sample. */
  static Map<String, Object> output(Job job, String key) {
    Map<String, Object> tree = new LinkedHashMap<>();
    List<ShownValue> values = job.results(key).orElse(List.of());
    tree.put("key", key);
    tree.put("finished", values.size() == job.request().samples());
    List<Object> results = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      results.add(result(job, key, i, values.get(i)));
    }
    tree.put("results", results);
    return tree;
  }

  private static Map<String, Object> result(Job job, String key, int sample, ShownValue value) {
    String place = "/api/jobs/" + job.id() + "/results/" + encoded(key) + "?sample=" + sample;
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("sample", sample);
    tree.put("file", place);
    tree.put("file_name", FileNames.of(key, sample, value.extension()));
    if (value.isPicture()) {
      tree.put("picture", place + "&as=picture");
    } else {
      tree.put("words", value.words());
    }
    return tree;
  }

  private static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8);
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
