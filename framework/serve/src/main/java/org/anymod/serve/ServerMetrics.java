package org.anymod.serve;

import io.javalin.http.Context;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/** What the server has done and how it is, in the text format of Prometheus. */
final class ServerMetrics {
  private static final double NANOS = 1e9;
  private static final Path PROCESS = Path.of("/proc/self/status");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("anymod_http_requests_total")
          .help("Answered HTTP requests.")
          .labelNames("method", "route", "status")
          .register(registry);
  private final Histogram latency = histogram("anymod_http_request_seconds", "Time to answer.");
  private final Histogram waiting = histogram("anymod_job_waiting_seconds", "Time in the queue.");
  private final Histogram running = histogram("anymod_job_running_seconds", "Time of generation.");
  private final Counter jobs =
      Counter.builder()
          .name("anymod_jobs_total")
          .help("Generation requests that have ended.")
          .labelNames("state")
          .register(registry);
  private final Counter tokens =
      Counter.builder()
          .name("anymod_generated_tokens_total")
          .help("Tokens of finished outputs.")
          .register(registry);

  ServerMetrics() {
    gauge("anymod_resident_memory_bytes", "Memory of the process.", ServerMetrics::residentMemory);
  }

  private Histogram histogram(String name, String help) {
    return Histogram.builder()
        .name(name)
        .help(help)
        .classicOnly()
        .classicUpperBounds(0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
        .register(registry);
  }

  /** Adds a number that is asked for at each scrape. */
  void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  void answered(String method, String route, int status, long nanos) {
    requests.labelValues(method, route, Integer.toString(status)).inc();
    latency.observe(nanos / NANOS);
  }

  void ended(Job job) {
    jobs.labelValues(job.state().word()).inc();
    waiting.observe(job.waited().toNanos() / NANOS);
    running.observe(job.running().toNanos() / NANOS);
  }

  void generated(long count) {
    tokens.inc(count);
  }

  void answer(Context context) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    writer.write(bytes, registry.scrape());
    context.contentType(writer.getContentType()).result(bytes.toByteArray());
  }

  /** Resident memory where the system tells it, else what Java has taken for objects. */
  static double residentMemory() {
    try {
      for (String line : Files.readAllLines(PROCESS)) {
        if (line.startsWith("VmRSS:")) {
          return 1024.0 * Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      // Only Linux has such a file.
      return Runtime.getRuntime().totalMemory();
    }
    return Runtime.getRuntime().totalMemory();
  }
}
