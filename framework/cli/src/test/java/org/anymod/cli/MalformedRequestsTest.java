package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.anymod.torch.StreamRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are wrong are refused in words, whatever is wrong with them. */
class MalformedRequestsTest {
  private static final int COUNT = 1_000;

  private static final String GOOD =
      "{\"inputs\": {\"caption\": {\"text\": \"a red sphere\"}, \"rgb@32\": {\"example\": 0}},"
          + " \"outputs\": [{\"key\": \"tok_depth@32\", \"steps\": 2}, \"tok_rgb@32\"],"
          + " \"weights\": {\"caption\": 2.5}, \"samples\": 2, \"seed\": 7}";

  /** Each replaces something of the good request so that it becomes wrong. */
  private static final List<String[]> REPLACEMENTS =
      List.of(
          new String[] {"\"inputs\"", "\"input\""},
          new String[] {"{\"text\": \"a red sphere\"}", "\"a red sphere\""},
          new String[] {"{\"text\": \"a red sphere\"}", "{}"},
          new String[] {"{\"text\": \"a red sphere\"}", "{\"text\": 5}"},
          new String[] {"{\"text\": \"a red sphere\"}", "{\"text\": \"a\", \"file\": \"aaaa\"}"},
          new String[] {"{\"text\": \"a red sphere\"}", "{\"boxes\": []}"},
          new String[] {"{\"text\": \"a red sphere\"}", "{\"part\": \"nothing\"}"},
          new String[] {"{\"example\": 0}", "{\"example\": %d}"},
          new String[] {"{\"example\": 0}", "{\"example\": -%d}"},
          new String[] {"{\"example\": 0}", "{\"file\": \"!%d\"}"},
          new String[] {"{\"example\": 0}", "{\"file\": \"AAAA%d\"}"},
          new String[] {"{\"example\": 0}", "{\"example\": 0, \"visible\": [[0, 0, %d, 2]]}"},
          new String[] {"{\"example\": 0}", "{\"example\": 0, \"visible\": [0]}"},
          new String[] {"{\"example\": 0}", "{\"result\": {\"job\": \"n%d\"}}"},
          new String[] {
            "{\"example\": 0}",
            "{\"drawing\": {\"width\": %d, \"height\": 2000000000, \"data\": \"\"}}"
          },
          new String[] {
            "{\"example\": 0}", "{\"drawing\": {\"width\": 4, \"height\": 4, \"data\": \"AA==\"}}"
          },
          new String[] {"\"rgb@32\": ", "\"tok_rgb@32\": "},
          new String[] {"\"rgb@32\": ", "\"rgb@%d\": "},
          new String[] {"\"tok_rgb@32\"]", "\"rgb@32\"]"},
          new String[] {"\"tok_rgb@32\"]", "\"tok_depth@32\"]"},
          new String[] {"\"tok_rgb@32\"]", "\"caption\"]"},
          new String[] {"\"tok_rgb@32\"]", "%d]"},
          new String[] {"\"steps\": 2", "\"steps\": 0"},
          new String[] {"\"steps\": 2", "\"steps\": 2.5"},
          new String[] {"\"steps\": 2", "\"steps\": 1e300"},
          new String[] {"\"steps\": 2", "\"step\": %d"},
          new String[] {"\"steps\": 2", "\"top_p\": %d.5"},
          new String[] {"\"steps\": 2", "\"temperature\": -%d"},
          new String[] {"\"steps\": 2", "\"scheme\": \"best\""},
          new String[] {"\"caption\": 2.5", "\"tok_depth@32\": %d"},
          new String[] {"\"caption\": 2.5", "\"caption\": 1e%d"},
          new String[] {"\"caption\": 2.5", "\"caption\": null"},
          new String[] {"\"samples\": 2", "\"samples\": %d000"},
          new String[] {"\"samples\": 2", "\"samples\": 0"},
          new String[] {"\"samples\": 2", "\"samples\": \"2\""},
          new String[] {"\"seed\": 7", "\"seed\": -%d"},
          new String[] {"\"seed\": 7", "\"seed\": 7, \"seed\": 8"},
          new String[] {"\"seed\": 7", "\"preset\": \"none %d\""});

  private static ServedRun.Served served;
  private static ServeClient client;

  @BeforeAll
  static void serve() throws IOException {
    served = ServedRun.shared().serve(ServedRun.settings(Optional.empty(), 32));
    client = served.client();
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static void refused(ServeClient.Reply reply, String sent) throws IOException {
    assertThat(reply.status()).as(sent).isBetween(400, 499);
    JsonNode problem = reply.json();
    assertThat(problem.get("status").asInt()).isEqualTo(reply.status());
    assertThat(problem.get("reason").asText()).as(sent).isNotBlank().doesNotContain("Exception");
  }

  @Test
  void aThousandWrongRequestsAreRefusedWithAReason() throws Exception {
    assertThat(client.post("/api/generate", GOOD).status()).isEqualTo(202);
    StreamRandom random = StreamRandom.at(11, "malformed requests");
    for (int i = 0; i < COUNT; i++) {
      switch (i % 5) {
        case 0, 1, 2 -> replaced(i, random);
        case 3 -> cut(random);
        default -> noise(i, random);
      }
    }
    assertThat(client.get("/readyz").status()).isEqualTo(200);
    assertThat(client.post("/api/generate", GOOD).status()).isEqualTo(202);
  }

  private static void replaced(int i, StreamRandom random) throws Exception {
    String[] change = REPLACEMENTS.get(i % REPLACEMENTS.size());
    String to = change[1].replace("%d", Integer.toString(100 + random.nextInt(900)));
    String sent = GOOD.replace(change[0], to);
    assertThat(sent).isNotEqualTo(GOOD);
    refused(client.post("/api/generate", sent), sent);
  }

  /** A good request that ends too early, or has a byte that JSON does not allow. */
  private static void cut(StreamRandom random) throws Exception {
    int at = random.nextInt(GOOD.length() - 1);
    String sent =
        random.nextInt(2) == 0
            ? GOOD.substring(0, at)
            : GOOD.substring(0, at) + '\u0001' + GOOD.substring(at + 1);
    refused(client.post("/api/generate", sent), sent);
  }

  /** Bytes, types and addresses without sense. */
  private static void noise(int i, StreamRandom random) throws Exception {
    byte[] bytes = new byte[1 + random.nextInt(400)];
    for (int b = 0; b < bytes.length; b++) {
      bytes[b] = (byte) random.nextInt(256);
    }
    String[] types = {"application/json", "multipart/form-data; boundary=x", "image/png", "/"};
    String type = types[i / 5 % types.length];
    String[] places = {"/api/generate", "/api/preview"};
    String place = places[i / 20 % places.length];
    refused(client.post(place, type, BodyPublishers.ofByteArray(bytes)), place + " " + type);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/jobs/0",
        "/api/jobs/x/events",
        "/api/jobs/%F0%9F/results/a",
        "/api/nothing",
        "/api/examples/0/nothing",
        "/api/examples/99999999999/caption",
        "/api/examples/-1/caption",
        "/assets/none",
        "/api/examples/0/caption?as=music",
        "/api/examples/0/caption?as=picture",
        "/api/jobs/1/results/caption?sample=99",
        "/%00",
        "/api/generate"
      })
  void wrongAddressesAreRefused(String path) throws Exception {
    refused(client.get(path), path);
  }

  @Test
  void tooLargeABodyIsRefusedAnnouncedOrNot() throws Exception {
    byte[] large = new byte[(1 << 20) + 1];
    ServeClient.Reply announced =
        client.post("/api/generate", "application/json", BodyPublishers.ofByteArray(large));
    assertThat(announced.status()).isEqualTo(413);
    ServeClient.Reply streamed =
        client.post(
            "/api/generate",
            "application/json",
            BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large)));
    refused(streamed, "streamed");
    assertThat(streamed.status()).isEqualTo(413);
  }

  @Test
  void aPictureThatClaimsToBeHugeIsRefused() throws Exception {
    byte[] png = Files.readAllBytes(ServedRun.shared().file("rgb"));
    // Width and height in the header become 2^31 - 1.
    for (int i = 16; i < 24; i++) {
      png[i] = (byte) (i % 4 == 0 ? 0x7F : 0xFF);
    }
    String sent =
        "{\"key\": \"rgb@32\", \"input\": {\"file\": \"%s\"}}"
            .formatted(Base64.getEncoder().encodeToString(png));
    refused(client.post("/api/preview", sent), "a huge picture");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nno header\r\n\r\n",
        "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n"
      })
  void whatIsNoHttpIsRefused(String sent) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), served.server().port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 4").contains("\"reason\":\"").doesNotContain("Jetty");
    }
  }
}
