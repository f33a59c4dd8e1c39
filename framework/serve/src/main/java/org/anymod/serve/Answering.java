package org.anymod.serve;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.anymod.core.generation.RequestException;
import org.anymod.spi.InvalidDataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers the requests to a route: checks who asks, and turns every failure into a reason. */
final class Answering implements Handler {
  private static final Logger LOG = LoggerFactory.getLogger(Answering.class);

  private final Route route;
  private final Access access;
  private final ServerMetrics metrics;

  Answering(Route route, Access access, ServerMetrics metrics) {
    this.route = route;
    this.access = access;
    this.metrics = metrics;
  }

  @Override
  public void handle(Context context) {
    long start = System.nanoTime();
    try {
      access.checkOrigin(context);
      if (!route.open()) {
        access.checkToken(context);
      }
      route.handler().handle(context);
    } catch (RequestProblem e) {
      Answer.problem(context, e);
    } catch (InvalidDataException | RequestException e) {
      Answer.problem(context, RequestProblem.mistake(e.getMessage()));
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("{} {} broke off: {}", route.method(), route.path(), e.toString());
      Answer.problem(
          context, new RequestProblem(500, "a file cannot be read, see the server's log"));
    } catch (Exception e) {
      LOG.error("{} {} failed", route.method(), route.path(), e);
      Answer.problem(context, new RequestProblem(500, "internal error, see the server's log"));
    } finally {
      int status = context.statusCode();
      metrics.answered(route.method().name(), route.path(), status, System.nanoTime() - start);
    }
  }
}
