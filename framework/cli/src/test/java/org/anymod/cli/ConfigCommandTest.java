package org.anymod.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  @TempDir Path folder;
  private Path plugins;
  private Path recipe;

  @BeforeEach
  void makeRecipe() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    recipe = folder.resolve("run.yaml");
    Files.writeString(
        recipe,
        """
        name: small
        output: runs/small
        modalities:
          strange@64: {}
        data: {root: data}
        masking:
          mixture: [{}]
        """);
  }

  @Test
  void validateReportsEveryMistakeWithItsPlace() throws IOException {
    Files.writeString(recipe, "name: small\noutptu: runs\ntraining: {batch: 0}\n");
    CommandRun run = CommandRun.of("config", "validate", recipe, "--plugins", plugins);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains("run.yaml:2:1: outptu: unknown key", "did you mean 'output'?")
        .contains("run.yaml:3:19: training.batch")
        .doesNotContain("\tat ");
  }

  @Test
  void validateKnowsWhichModalitiesThePluginsBring() {
    CommandRun run = CommandRun.of("config", "validate", recipe, "--plugins", plugins);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out())
        .contains("modalities.strange@64: no plugin brings the modality 'strange'; known: none")
        .contains("1 mistake");
  }

  @Test
  void showAppliesOverridesAndFillsInDefaults() throws IOException {
    CommandRun run =
        CommandRun.of(
            "config",
            "show",
            recipe,
            "--plugins",
            plugins,
            "--set",
            "training.steps=7",
            "--format",
            "json");
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode root = new ObjectMapper().readTree(run.out());
    assertThat(root.path("training").path("steps").asInt()).isEqualTo(7);
    assertThat(root.path("training").path("batch").isInt()).isTrue();
  }

  @Test
  void shownRecipeIsARecipeAgain() throws IOException {
    CommandRun first = CommandRun.of("config", "show", recipe, "--plugins", plugins);
    Files.writeString(recipe, first.out());
    CommandRun second = CommandRun.of("config", "show", recipe, "--plugins", plugins);
    assertThat(second.out()).isEqualTo(first.out()).contains("steps:");
  }

  @Test
  void keysListsSettingsWithTheirDefaults() {
    CommandRun run = CommandRun.of("config", "keys", "--plugins", plugins);
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("training.batch\n", "default 64", "name (required)");
  }

  @Test
  void badOverrideIsNamed() {
    CommandRun run =
        CommandRun.of("config", "show", recipe, "--plugins", plugins, "--set", "training.stepz=7");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--set", "training.stepz", "did you mean 'steps'?");
  }
}
