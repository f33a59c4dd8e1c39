package org.anymod.host.recipe;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.anymod.spi.config.ConfigSection;
import org.anymod.spi.config.Setting;

/** Records of settings for tests. */
final class Samples {
  private Samples() {}

  enum Pace {
    SLOW,
    VERY_FAST
  }

  record Training(
      @Setting(value = "Optimiser steps", min = 1, max = 1000) int steps,
      @Setting(value = "Samples", defaultValue = "8", min = 1) int batch,
      @Setting(value = "Rate", defaultValue = "1e-4", min = 0, max = 1) double learningRate,
      @Setting(value = "Pace", defaultValue = "very-fast") Pace pace) {
    Training {
      if (batch > steps) {
        throw new IllegalArgumentException(
            "batch is " + batch + ", must be at most steps = " + steps);
      }
    }
  }

  record Tokenizer(
      @Setting(value = "Steps", defaultValue = "5") int steps,
      @Setting("Vocabulary") OptionalInt vocabulary,
      @Setting("Settings") Map<String, Object> settings) {}

  record Toy(
      @Setting("Name") String name,
      @Setting(value = "Seed", defaultValue = "0") long seed,
      @Setting(
              value = "Device",
              defaultValue = "cpu",
              allowed = {"cpu", "gpu"})
          String device,
      @Setting(value = "Flag", defaultValue = "true") boolean flip,
      @Setting("Folder") Optional<Path> folder,
      @Setting(value = "Sizes", min = 1, max = 64) List<Integer> sizes,
      @Setting("Tokenizers") Map<String, Tokenizer> tokenizers,
      @Setting("Training") Training training,
      @Setting("Parts") List<Tokenizer> parts) {}

  record Everything(
      int whole,
      long big,
      double real,
      boolean flag,
      String text,
      Path path,
      Pace pace,
      Optional<String> maybe,
      OptionalInt maybeInt,
      OptionalLong maybeLong,
      OptionalDouble maybeDouble,
      List<String> list,
      Map<String, Integer> map,
      Map<String, List<Double>> lists,
      Object free) {}

  @ConfigSection("edges")
  record Edges(@Setting(value = "Threshold", defaultValue = "3", min = 0, max = 9) int threshold) {}

  @ConfigSection("needy")
  record Needy(@Setting("Required") String token) {}

  static BoundRecipe<Toy> toy(String text, String... overrides) {
    return RecipeReader.read(
        Toy.class, "toy.yaml", text, List.of(overrides), PluginSections.none());
  }

  static List<String> problems(String text, String... overrides) {
    try {
      toy(text, overrides);
    } catch (RecipeException e) {
      return e.lines();
    }
    throw new AssertionError("no problem was found");
  }
}
