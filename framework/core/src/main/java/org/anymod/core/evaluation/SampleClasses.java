package org.anymod.core.evaluation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.anymod.core.data.DatasetException;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.NeighborRecipe;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;

/** The class of each sample: from a file, or read off the values of one of its modalities. */
final class SampleClasses {
  private static final long MAX_BYTES = 1L << 30;

  private final NeighborRecipe recipe;
  private final Map<String, String> byName;
  private final Optional<UsedModality> modality;

  private SampleClasses(
      NeighborRecipe recipe, Map<String, String> byName, Optional<UsedModality> modality) {
    this.recipe = recipe;
    this.byName = byName;
    this.modality = modality;
  }

  /**
   * Finds where classes come from.
   *
   * @throws IOException if the file of classes cannot be read
   * @throws IllegalArgumentException if the run does not have the source, or it cannot say a class
   */
  static SampleClasses of(Run run) throws IOException {
    NeighborRecipe recipe = run.recipe().evaluation().neighbors();
    if (recipe.file().isPresent()) {
      return new SampleClasses(recipe, read(recipe.file().get()), Optional.empty());
    }
    String source = recipe.labels().orElseThrow();
    List<UsedModality> all = run.modalities().stored();
    UsedModality modality =
        all.stream()
            .filter(m -> m.source().equals(source))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "evaluation.neighbors.labels: '"
                            + source
                            + "' is no source of this run; there are "
                            + all.stream()
                                .map(UsedModality::source)
                                .distinct()
                                .collect(Collectors.joining(", "))));
    check(modality, recipe);
    return new SampleClasses(recipe, Map.of(), Optional.of(modality));
  }

  private static void check(UsedModality modality, NeighborRecipe recipe) {
    ValueSpec spec = modality.modality().value();
    boolean document = spec instanceof ValueSpec.StructuredSpec;
    if (spec instanceof ValueSpec.RasterSpec || spec instanceof ValueSpec.VectorsSpec) {
      throw new IllegalArgumentException(
          "evaluation.neighbors.labels: values of '"
              + modality.source()
              + "' are numbers, must be class maps, texts or flat documents");
    } else if (document != recipe.field().isPresent()) {
      throw new IllegalArgumentException(
          "evaluation.neighbors.field "
              + (document ? "is missing, must name a field of '" : "is given, but not used by '")
              + modality.source()
              + "'");
    }
  }

  private static Map<String, String> read(Path file) throws IOException {
    if (Files.isRegularFile(file) && Files.size(file) > MAX_BYTES) {
      throw new DatasetException(
          file + ": has " + Files.size(file) + " bytes, at most " + MAX_BYTES + " are allowed");
    }
    Map<String, String> classes = new HashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
      number++;
      int at = line.indexOf('\t') >= 0 ? line.indexOf('\t') : line.indexOf(',');
      if (!line.isBlank() && at < 1) {
        throw new DatasetException(
            file + ", line " + number + ": found '" + line + "', must be 'name,class'");
      } else if (!line.isBlank()) {
        classes.put(line.substring(0, at).strip(), line.substring(at + 1).strip());
      }
    }
    return classes;
  }

  /**
   * Returns the class of a sample.
   *
   * @return the class; empty if the sample has none
   * @throws IOException if its values cannot be read
   */
  Optional<String> of(ValueReader reader, int index) throws IOException {
    if (modality.isEmpty()) {
      return Optional.ofNullable(byName.get(reader.samples().name(index)));
    }
    String source = modality.get().source();
    if (!reader.has(source, index)) {
      return Optional.empty();
    }
    Value value = reader.sample(index).value(source);
    if (value instanceof Value.ClassMap map) {
      return mostFrequent(map, (ValueSpec.ClassMapSpec) modality.get().modality().value());
    } else if (value instanceof Value.Structured document) {
      return document.tree() instanceof Map<?, ?> fields
          ? Optional.ofNullable(fields.get(recipe.field().orElseThrow())).map(Object::toString)
          : Optional.empty();
    }
    return Optional.of(((Value.Text) value).text().strip().toLowerCase(Locale.ROOT));
  }

  /** The class with most places, of equal ones the first. */
  private Optional<String> mostFrequent(Value.ClassMap map, ValueSpec.ClassMapSpec spec) {
    int[] counts = new int[spec.labels().size()];
    for (int number : map.data()) {
      counts[number]++;
    }
    int best = -1;
    for (int i = 0; i < counts.length; i++) {
      boolean counted =
          counts[i] > 0
              && i != spec.ignored().orElse(-1)
              && !recipe.except().contains(spec.labels().get(i));
      if (counted && (best < 0 || counts[i] > counts[best])) {
        best = i;
      }
    }
    return best < 0 ? Optional.empty() : Optional.of(spec.labels().get(best));
  }
}
