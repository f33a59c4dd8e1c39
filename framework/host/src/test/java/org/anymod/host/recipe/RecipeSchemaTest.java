package org.anymod.host.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class RecipeSchemaTest {

  @Test
  void listsSettingsWithTypeDefaultAndRange() {
    List<RecipeSchema.Entry> entries =
        RecipeSchema.of(Samples.Toy.class, () -> Map.of("edges", Samples.Edges.class));
    assertThat(entries)
        .extracting(RecipeSchema.Entry::key)
        .containsExactly(
            "name",
            "seed",
            "device",
            "flip",
            "folder",
            "sizes",
            "tokenizers.<name>.steps",
            "tokenizers.<name>.vocabulary",
            "tokenizers.<name>.settings",
            "training.steps",
            "training.batch",
            "training.learning_rate",
            "training.pace",
            "parts[].steps",
            "parts[].vocabulary",
            "parts[].settings",
            "plugins.edges.threshold");
    assertThat(entries)
        .contains(
            new RecipeSchema.Entry(
                "training.steps",
                "int",
                Optional.empty(),
                true,
                "a whole number from 1 to 1000",
                "Optimiser steps"),
            new RecipeSchema.Entry(
                "device", "text", Optional.of("cpu"), false, "cpu, gpu", "Device"),
            new RecipeSchema.Entry(
                "folder", "optional path", Optional.empty(), false, "a path", "Folder"));
  }

  record BadDefault(@Setting(value = "x", defaultValue = "12", max = 10) int size) {}

  @Test
  void refusesDefaultOutOfRange() {
    assertThatThrownBy(() -> RecipeSchema.of(BadDefault.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("BadDefault", "'12'", "size", "at most 10");
  }
}
