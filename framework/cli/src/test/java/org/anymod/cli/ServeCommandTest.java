package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code anymod serve} as a process of its own. */
@DisabledOnOs(OS.WINDOWS)
class ServeCommandTest {
  private static final String SECRET = "a-secret-of-the-test";

  @TempDir Path folder;

  @Test
  void finishesWhatItHasAcceptedWhenItIsToldToEnd() throws Exception {
    Process process = start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String address = new ObjectMapper().readTree(document(out)).get("address").asText();
      int port = Integer.parseInt(address.replaceAll(".*:(\\d+)/", "$1"));
      assertThat(new ServeClient(port, Optional.empty()).get("/api/model").status()).isEqualTo(401);
      ServeClient client = new ServeClient(port, Optional.of(SECRET));
      for (int i = 0; i < 4; i++) {
        String request = "{\"outputs\": [\"tok_rgb@32\"], \"samples\": 4, \"seed\": " + i + "}";
        assertThat(client.post("/api/generate", request).status()).isEqualTo(202);
      }
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(128 + 15);
      assertThat(folder.resolve("err.txt"))
          .content()
          .contains("stopping at the next safe point")
          .doesNotContain("gave up waiting", "internal error");
    } finally {
      process.destroyForcibly();
    }
  }

  /** Reads what is printed before the server waits for its end. */
  private static String document(BufferedReader out) throws IOException {
    StringBuilder text = new StringBuilder();
    String line = out.readLine();
    while (line != null) {
      text.append(line);
      line = line.equals("}") ? null : out.readLine();
    }
    return text.toString();
  }

  private Process start() throws Exception {
    TinyRun tiny = ServedRun.shared().tiny();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Anymod.class.getName(),
                "serve",
                tiny.recipe().toString(),
                "--plugins",
                tiny.plugins().toString(),
                "--port",
                "0",
                "--format",
                "json"));
    builder.environment().put("ANYMOD_TOKEN", SECRET);
    return builder.redirectError(folder.resolve("err.txt").toFile()).start();
  }
}
