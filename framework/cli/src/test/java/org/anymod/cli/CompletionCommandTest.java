package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionCommandTest {
  @TempDir Path folder;

  @Test
  void bashCompletesCommandsAndOptions() throws Exception {
    Path bash = Path.of("/bin/bash");
    assumeThat(bash).as("this machine has no bash").exists();
    CommandRun run = CommandRun.of("completion", "bash");
    assertThat(run.exitCode()).as(run.err()).isZero();
    Path script = Files.writeString(folder.resolve("completion"), run.out());
    assertThat(completions(script, "anymod", "tokeni")).contains("tokenize", "tokenizer");
    assertThat(completions(script, "anymod", "plugins", "")).contains("list", "verify", "describe");
    assertThat(completions(script, "anymod", "train", "--")).contains("--set", "--format");
  }

  @Test
  void anUnknownShellIsRefused() {
    CommandRun run = CommandRun.of("completion", "cobol");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("cobol", "BASH", "ZSH");
  }

  /** What bash offers when Tab is pressed behind the last of some words. */
  private String completions(Path script, String... words)
      throws IOException, InterruptedException {
    String line = String.join(" ", words);
    String ask =
        """
        source '%s'
        COMP_WORDS=(%s)
        COMP_CWORD=%d
        COMP_LINE='%s'
        COMP_POINT=%d
        $(complete -p anymod | sed 's/.*-F \\([^ ]*\\).*/\\1/')
        printf '%%s\\n' "${COMPREPLY[@]}"
        """
            .formatted(script, quoted(words), words.length - 1, line, line.length());
    Process bash = new ProcessBuilder("/bin/bash", "-c", ask).redirectErrorStream(true).start();
    String output = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(output).isZero();
    return output;
  }

  private static String quoted(String... words) {
    return "'" + String.join("' '", words) + "'";
  }
}
