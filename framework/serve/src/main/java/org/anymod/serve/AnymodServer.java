package org.anymod.serve;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.anymod.core.generation.Presets;
import org.anymod.core.pipeline.Run;
import org.anymod.core.values.ValueReader;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A trained model, or a chain of two, behind HTTP: a JSON API, described at {@code
 * /api/openapi.json}, and a page to play with. Takes on as many requests as its settings allow and
 * refuses the rest with status 429.
 */
public final class AnymodServer implements AutoCloseable {
  private static final int MOST_THREADS = 128;
  private static final int IDLE_MILLIS = 30_000;
  private static final int MOST_WAITING_CONNECTIONS = 512;

  private final ServeSettings settings;
  private final Generation generation;
  private final Jobs jobs;
  private final ServerMetrics metrics = new ServerMetrics();
  private final List<Route> routes;
  private final Javalin javalin;

  private AnymodServer(
      ServedModels models, Generation generation, Examples examples, ServeSettings settings) {
    this.settings = settings;
    this.generation = generation;
    this.jobs = new Jobs(settings, job -> generation.run(job, metrics::generated), metrics::ended);
    metrics.gauge("anymod_queue_length", "Requests that wait.", jobs::waiting);
    metrics.gauge("anymod_jobs_running", "Requests that run.", jobs::running);
    metrics.gauge("anymod_live_tensors", "Tensors alive in the model.", generation::liveTensors);
    this.routes = new Endpoints(models, settings, generation, jobs, examples, metrics).routes();
    this.javalin = Javalin.create(this::configure);
    addRoutes();
  }

  /**
   * Opens the newest checkpoints of runs and serves them.
   *
   * @param runs a trained run, or two of which the second draws finer forms of what the first has
   *     drawn
   * @param presets sampling settings that requests can name
   * @param split values that are offered as examples; empty for none
   * @param settings where to listen and how much to take on
   * @return the server, which answers already
   * @throws IllegalArgumentException if the address can be reached from outside and there is no
   *     token
   * @throws IOException if a run is not trained, a file does not fit, or the port is taken
   */
  public static AnymodServer start(
      List<Run> runs, Presets presets, Optional<ValueReader> split, ServeSettings settings)
      throws IOException {
    settings.checkReach();
    ServedModels models = new ServedModels(runs);
    Generation generation = Generation.open(models, presets);
    Examples examples = Examples.of(models, split, settings.examples());
    AnymodServer server = new AnymodServer(models, generation, examples, settings);
    try {
      server.javalin.start();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw new IOException(
          "cannot listen at " + settings.host() + ", port " + settings.port() + ": " + rootOf(e),
          e);
    }
  }

  private static String rootOf(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage();
  }

  private void configure(JavalinConfig config) {
    config.showJavalinBanner = false;
    config.startupWatcherEnabled = false;
    config.useVirtualThreads = false;
    config.http.disableCompression();
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = settings.maxBody();
    config.jetty.multipartConfig.maxFileSize(settings.maxBody(), SizeUnit.BYTES);
    config.jetty.multipartConfig.maxTotalRequestSize(settings.maxBody(), SizeUnit.BYTES);
    config.jetty.multipartConfig.maxInMemoryFileSize(settings.maxBody(), SizeUnit.BYTES);
    config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, 4, IDLE_MILLIS);
    config.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          http.setSendDateHeader(false);
        });
    config.jetty.addConnector(
        (server, http) -> {
          server.setErrorHandler(new ErrorPage());
          ServerConnector connector =
              new ServerConnector(server, new org.eclipse.jetty.server.HttpConnectionFactory(http));
          connector.setHost(settings.host());
          connector.setPort(settings.port());
          connector.setIdleTimeout(IDLE_MILLIS);
          connector.setAcceptQueueSize(MOST_WAITING_CONNECTIONS);
          return connector;
        });
  }

  private void addRoutes() {
    Access access = new Access(settings);
    javalin.before(Page::protect);
    for (Route route : routes) {
      javalin.addHttpHandler(route.method(), route.path(), new Answering(route, access, metrics));
    }
    javalin.exception(
        HttpResponseException.class,
        (e, context) -> {
          Answer.problem(context, new RequestProblem(e.getStatus(), e.getMessage()));
          metrics.answered(context.method().name(), "other", e.getStatus(), 0);
        });
  }

  /**
   * Returns the port it listens at.
   *
   * @return the port, also where a free one was asked for
   */
  public int port() {
    return javalin.port();
  }

  /**
   * Returns where the page is.
   *
   * @return an address for browsers on this machine, or those that know the machine by the host
   */
  public String address() {
    return "http://"
        + (settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host())
        + ":"
        + port()
        + "/";
  }

  /**
   * Returns what it answers.
   *
   * @return method and path of each route, such as {@code GET /api/jobs/{id}}
   */
  public List<String> routes() {
    return routes.stream().map(route -> route.method() + " " + route.path()).toList();
  }

  /**
   * Returns how many tensors are alive in the model, which stays the same between requests.
   *
   * @return number of tensors
   */
  public int liveTensors() {
    return generation.liveTensors();
  }

  /**
   * Refuses new requests, finishes those that were accepted as far as the settings' grace allows,
   * and frees the model.
   */
  @Override
  public void close() {
    boolean idle = jobs.finish();
    javalin.stop();
    // A model that is still at work must not lose its memory; the process is about to end anyway.
    if (idle) {
      generation.close();
    }
  }
}
