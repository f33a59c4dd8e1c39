package org.anymod.serve;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.anymod.media.Json;

/**
 * Tells clients of a job's events as they happen, as Server-Sent Events. Each stream holds a
 * thread, so there are only so many; a client that finds no room asks for the job now and then
 * instead.
 */
final class EventStream {
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
  private static final int RETRY_SECONDS = 2;

  private final Semaphore room;

  EventStream(int most) {
    room = new Semaphore(most);
  }

  /**
   * Tells all events of a job, from the first, until it ends.
   *
   * @throws RequestProblem with status 429 if there are too many streams
   */
  void send(Context context, Job job) throws InterruptedException {
    if (!room.tryAcquire()) {
      throw RequestProblem.later(
          429, "too many clients listen already; ask for the job instead", RETRY_SECONDS);
    }
    try {
      context.contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store");
      write(context.res().getOutputStream(), job);
    } catch (IOException e) {
      // The client has gone, which is no failure of the server.
      return;
    } finally {
      room.release();
    }
  }

  private static void write(OutputStream out, Job job) throws IOException, InterruptedException {
    int told = 0;
    out.flush();
    while (true) {
      List<Job.Event> events = job.await(told, SIGN_OF_LIFE);
      for (Job.Event event : events) {
        out.write(text(told++, event));
        if (event.name().equals("end")) {
          out.flush();
          return;
        }
      }
      if (events.isEmpty()) {
        out.write(":\n\n".getBytes(StandardCharsets.US_ASCII));
      }
      out.flush();
    }
  }

  private static byte[] text(int number, Job.Event event) {
    String data = new String(Json.write(event.data()), StandardCharsets.UTF_8);
    String text = "id: " + number + "\nevent: " + event.name() + "\ndata: " + data + "\n\n";
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
