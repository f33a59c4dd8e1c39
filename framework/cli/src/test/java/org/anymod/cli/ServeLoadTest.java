package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** More clients than a server takes on. */
class ServeLoadTest {
  private static final int CLIENTS = 200;
  private static final int QUEUE = 32;
  private static final int ROUNDS = 3;

  private static final String REQUEST =
      "{\"inputs\": {\"rgb@32\": {\"example\": %d}}, \"outputs\": [\"tok_depth@32\"], \"seed\": %d}";

  @Test
  void everyOneOfManyClientsIsAnsweredAndMemoryStaysFlat() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (ServedRun.Served served =
        ServedRun.shared().serve(ServedRun.settings(Optional.empty(), QUEUE))) {
      round(served.client(), clients);
      int tensors = served.server().liveTensors();
      for (int i = 1; i < ROUNDS; i++) {
        Map<Integer, Integer> answers = round(served.client(), clients);
        assertThat(answers.keySet()).isSubsetOf(200, 429);
        assertThat(answers.get(200)).isGreaterThanOrEqualTo(QUEUE);
        assertThat(answers.values().stream().mapToInt(n -> n).sum()).isEqualTo(CLIENTS);
        assertThat(served.server().liveTensors()).isEqualTo(tensors);
      }
      assertThat(served.client().get("/readyz").status()).isEqualTo(200);
      assertThat(served.client().get("/metrics").text())
          .contains("anymod_queue_length 0.0")
          .contains("anymod_jobs_running 0.0")
          .doesNotContain("state=\"failed\"", "status=\"500\"");
    } finally {
      clients.shutdownNow();
    }
  }

  /** All clients ask at the same time; returns how many got which answer. */
  private static Map<Integer, Integer> round(ServeClient client, ExecutorService clients)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(CLIENTS);
    List<Callable<Integer>> requests = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String request = REQUEST.formatted(i % 3, i);
      requests.add(
          () -> {
            start.await();
            return answer(client, request);
          });
    }
    Map<Integer, Integer> answers = new TreeMap<>();
    for (Future<Integer> answer : clients.invokeAll(requests)) {
      answers.merge(answer.get(), 1, Integer::sum);
    }
    return answers;
  }

  /** Returns 200 where the result was fetched, else the status of the refusal. */
  private static int answer(ServeClient client, String request) throws Exception {
    ServeClient.Reply reply = client.post("/api/generate", request);
    if (reply.status() != 202) {
      assertThat(reply.header("Retry-After")).matches("[1-9]\\d?");
      assertThat(reply.json().get("reason").asText()).contains("waiting already");
      return reply.status();
    }
    String id = reply.json().get("id").asText();
    assertThat(client.ended(id).get("state").asText()).isEqualTo("done");
    return client.get("/api/jobs/" + id + "/results/tok_depth@32").status();
  }
}
