package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnymodTest {
  @TempDir Path folder;

  @Test
  void helpNamesEveryCommand() {
    CommandRun run = CommandRun.of("--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("doctor", "plugins", "config", "data");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void everyCommandExplainsItself() {
    CommandRun run = CommandRun.of("data", "toyworld", "--help");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Usage: anymod data toyworld", "--output=DIR", "default: 2000");
  }

  @Test
  void missingCommandIsAUserError() {
    assertThat(CommandRun.of().exitCode()).isEqualTo(2);
    CommandRun run = CommandRun.of("plugins");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("anymod: Missing command after 'anymod plugins': list, describe, verify, new");
  }

  @Test
  void misspeltCommandsGetASuggestion() {
    CommandRun run = CommandRun.of("doktor");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'doktor'", "Did you mean", "doctor").doesNotContain("\tat ");
  }

  @Test
  void unknownOptionsPointToTheHelp() {
    CommandRun run = CommandRun.of("data", "verify", folder, "--fast");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("anymod: Unknown option: '--fast'")
        .contains("Try 'anymod data verify --help'");
  }

  @Test
  void mistakesAreOneSentenceWithoutStackTrace() {
    CommandRun run = CommandRun.of("data", "inspect", folder.resolve("nothing"));
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("anymod: ")
        .endsWith("nothing: no such file or folder");
  }

  @Test
  void stackTraceIsShownOnRequest() {
    CommandRun run = CommandRun.of("data", "inspect", folder.resolve("nothing"), "--stacktrace");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("\tat org.anymod.");
  }

  @Test
  void versionNamesProgramAndJava() {
    CommandRun run = CommandRun.of("--version");
    assertThat(run.out()).contains("anymod ", "Java " + System.getProperty("java.version"));
  }
}
