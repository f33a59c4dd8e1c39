package org.anymod.host.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.anymod.host.recipe.Samples.Edges;
import org.anymod.host.recipe.Samples.Everything;
import org.anymod.host.recipe.Samples.Pace;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RecipeWriterTest {
  private static final String ALPHABET = "abcXYZ019 _-.:#'\"@{}[],&*!|>%\\\n\t~/=\u00e4\u4e2d";

  @Test
  void writesDefaultsForPeople() {
    String text =
        RecipeWriter.write(Samples.toy("name: toy\ntraining: {steps: 100}\nsizes: [1, 2]\n"));
    assertThat(text)
        .isEqualTo(
            """
            name: toy
            seed: 0
            device: cpu
            flip: true
            sizes: [1, 2]
            tokenizers: {}
            training:
              steps: 100
              batch: 8
              learning_rate: 1.0E-4
              pace: very-fast
            parts: []
            """);
  }

  @Test
  void writesSectionsOfPlugins() {
    PluginSections plugins = () -> Map.of("edges", Edges.class);
    BoundRecipe<Samples.Toy> bound =
        RecipeReader.read(
            Samples.Toy.class,
            "t",
            "name: t\ntraining: {steps: 9}\n",
            List.of("plugins.edges.threshold=4"),
            plugins);
    String text = RecipeWriter.write(bound);
    assertThat(text).endsWith("plugins:\n  edges:\n    threshold: 4\n");
    assertThat(RecipeReader.read(Samples.Toy.class, "t", text, List.of(), plugins))
        .isEqualTo(bound);
  }

  @RepeatedTest(200)
  void whatIsWrittenReadsTheSame() {
    long seed = System.nanoTime();
    Everything all = random(new Random(seed));
    BoundRecipe<Everything> bound = new BoundRecipe<>(all, Map.of());
    String text = RecipeWriter.write(bound);
    assertThat(RecipeReader.read(Everything.class, "t", text, List.of(), PluginSections.none()))
        .as("seed %d:%n%s", seed, text)
        .isEqualTo(bound);
  }

  private static Everything random(Random random) {
    Map<String, Integer> map = new LinkedHashMap<>();
    Map<String, List<Double>> lists = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      map.put(text(random), random.nextInt());
      lists.put(text(random), List.of(random.nextGaussian(), (double) random.nextInt()));
      words.add(text(random));
    }
    return new Everything(
        random.nextInt(),
        random.nextLong(),
        random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20),
        random.nextBoolean(),
        text(random),
        Path.of("data", "x" + random.nextInt(9)),
        Pace.values()[random.nextInt(2)],
        random.nextBoolean() ? Optional.of(text(random)) : Optional.empty(),
        random.nextBoolean() ? OptionalInt.of(random.nextInt()) : OptionalInt.empty(),
        OptionalLong.of(random.nextLong()),
        OptionalDouble.of(random.nextDouble()),
        words,
        map,
        lists,
        Map.of(
            "k",
            List.of(text(random), random.nextInt(), random.nextDouble(), random.nextBoolean())));
  }

  private static String text(Random random) {
    String[] tricky = {
      "yes",
      "null",
      "~",
      "1e-4",
      "0x1F",
      "1:30",
      "-",
      "2026-01-01",
      "<<",
      "",
      " x ",
      "true",
      "007",
      ".inf"
    };
    if (random.nextInt(3) == 0) {
      return tricky[random.nextInt(tricky.length)];
    }
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
