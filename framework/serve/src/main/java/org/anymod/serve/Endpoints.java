package org.anymod.serve;

import static io.javalin.http.HandlerType.DELETE;
import static io.javalin.http.HandlerType.GET;
import static io.javalin.http.HandlerType.POST;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.InvalidDataException;

/** All addresses of the server and what they do. */
final class Endpoints {
  private static final int MOST_STREAMS = 64;

  private final ServedModels models;
  private final ServeSettings settings;
  private final Generation generation;
  private final Jobs jobs;
  private final Examples examples;
  private final ServerMetrics metrics;
  private final RequestReader requests;
  private final Page page = new Page();
  private final byte[] description = Page.bytes("openapi.json");
  private final EventStream events = new EventStream(MOST_STREAMS);

  Endpoints(
      ServedModels models,
      ServeSettings settings,
      Generation generation,
      Jobs jobs,
      Examples examples,
      ServerMetrics metrics) {
    this.models = models;
    this.settings = settings;
    this.generation = generation;
    this.jobs = jobs;
    this.examples = examples;
    this.metrics = metrics;
    this.requests = new RequestReader(models, generation.planner(), generation.presets(), settings);
  }

  List<Route> routes() {
    return List.of(
        Route.open(GET, "/", page::index),
        Route.open(GET, "/assets/{name}", page::asset),
        Route.open(GET, "/healthz", context -> Answer.json(context, 200, Map.of("status", "ok"))),
        Route.open(GET, "/readyz", this::ready),
        Route.guarded(GET, "/metrics", metrics::answer),
        Route.open(GET, "/api/openapi.json", this::describe),
        Route.guarded(GET, "/api/model", this::model),
        Route.guarded(GET, "/api/examples", c -> Answer.json(c, 200, examples.tree())),
        Route.guarded(GET, "/api/examples/{number}/{key}", this::example),
        Route.guarded(POST, "/api/preview", this::preview),
        Route.guarded(POST, "/api/generate", this::generate),
        Route.guarded(GET, "/api/jobs/{id}", c -> Answer.json(c, 200, JobView.of(job(c)))),
        Route.guarded(DELETE, "/api/jobs/{id}", this::cancel),
        Route.guarded(GET, "/api/jobs/{id}/events", c -> events.send(c, job(c))),
        Route.guarded(GET, "/api/jobs/{id}/results/{key}", this::result));
  }

  private void ready(Context context) {
    if (jobs.isClosing()) {
      throw RequestProblem.later(503, "the server is shutting down", 60);
    }
    Answer.json(context, 200, Map.of("status", "ready"));
  }

  private void describe(Context context) {
    context.contentType(Answer.JSON).result(description);
  }

  private void model(Context context) {
    Answer.json(context, 200, ModelView.of(models, generation.presets(), settings));
  }

  private void example(Context context) throws InvalidDataException {
    UsedModality modality = modality(context);
    int number = number(context.pathParam("number"), examples.size(), "example");
    if (!examples.has(number, modality)) {
      throw RequestProblem.notFound("example " + number + " has no '" + modality.key() + "'");
    }
    ShownValue shown = ShownValue.of(modality, examples.value(number, modality));
    ShownAnswer.send(context, shown, FileNames.of(modality.key(), number, shown.extension()));
  }

  private UsedModality modality(Context context) {
    try {
      return models.find(context.pathParam("key"));
    } catch (InvalidDataException e) {
      throw RequestProblem.notFound(e.getMessage());
    }
  }

  private static int number(String text, int end, String what) {
    if (!text.matches("\\d{1,9}") || Integer.parseInt(text) >= end) {
      throw RequestProblem.notFound(
          "there is no " + what + " '" + text + "'; there are " + end + ", counted from 0");
    }
    return Integer.parseInt(text);
  }

  private InputReader inputs(Body body) {
    return new InputReader(body.files(), new ValueSources(examples, jobs));
  }

  private void preview(Context context) throws InvalidDataException {
    Body body = Body.read(context, settings.maxBody());
    body.document().onlyKeys(Set.of("key", "input"));
    UsedModality modality = models.find(body.document().get("key").text());
    Answer.json(
        context,
        200,
        Preview.of(modality, inputs(body).value(modality, body.document().get("input"))));
  }

  private void generate(Context context) throws InvalidDataException {
    // Before anything is decoded: a server that is full should have no work with what it refuses.
    jobs.checkRoom();
    Body body = Body.read(context, settings.maxBody());
    GenerateRequest request = requests.read(body.document(), inputs(body));
    Job job = jobs.submit(request);
    Map<String, Object> tree = new LinkedHashMap<>(JobView.of(job));
    String place = "/api/jobs/" + job.id();
    tree.put("job", place);
    tree.put("events", place + "/events");
    context.header("Location", place);
    Answer.json(context, 202, tree);
  }

  private Job job(Context context) {
    return jobs.get(context.pathParam("id"));
  }

  private void cancel(Context context) {
    Job job = job(context);
    jobs.cancel(job);
    Answer.json(context, 200, JobView.of(job));
  }

  private void result(Context context) {
    Job job = job(context);
    String key = context.pathParam("key");
    if (!job.request().outputKeys().contains(key)) {
      throw RequestProblem.notFound(
          "job " + job.id() + " has no output '" + key + "'; it has " + job.request().outputKeys());
    }
    List<ShownValue> values = job.results(key).orElse(List.of());
    String sample = context.queryParam("sample");
    int number = number(sample == null ? "0" : sample, values.size(), "finished sample");
    ShownValue shown = values.get(number);
    ShownAnswer.send(context, shown, FileNames.of(key, number, shown.extension()));
  }
}
