package org.anymod.core.pipeline;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.Progress;
import org.anymod.core.RunFolders;
import org.anymod.core.StopSignal;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.EarlierShards;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.tokenize.CroppedValues.CropPlan;
import org.anymod.core.tokenize.DatasetTokenizer;
import org.anymod.core.tokenize.ImportedTokens;
import org.anymod.core.values.ValueReader;
import org.anymod.spi.Tokenizer;

/** The stages of a run from files to tokens. */
final class RunTokenizing {
  private final Run run;
  private final RunDatasets datasets;
  private final Recipe recipe;
  private final RunFolders folders;
  private final ModalitySet modalities;

  RunTokenizing(Run run, RunDatasets datasets) {
    this.run = run;
    this.datasets = datasets;
    this.recipe = run.recipe();
    this.folders = run.folders();
    this.modalities = run.modalities();
  }

  /** Tokenizes one split, if that is not done; returns whether it came to the end. */
  boolean tokenize(String split, Progress progress, StopSignal stop) throws Exception {
    CropPlan plan = crops(split);
    Map<String, Tokenizer> open = run.tokens().openTokenizers();
    try {
      for (RunDatasets.Part part : datasets.parts(split)) {
        if (!tokenize(part, plan, open, progress, stop)) {
          return false;
        }
      }
      return true;
    } finally {
      open.values().forEach(Tokenizer::close);
    }
  }

  private CropPlan crops(String split) {
    return split.equals(recipe.data().train()) ? run.data().trainingCrops() : CropPlan.CENTER;
  }

  private boolean tokenize(
      RunDatasets.Part part,
      CropPlan plan,
      Map<String, Tokenizer> open,
      Progress progress,
      StopSignal stop)
      throws Exception {
    ValueReader reader = run.data().values(part);
    try (Samples samples = reader.samples()) {
      DatasetTokenizer tokenizer =
          new DatasetTokenizer(
              part.modalities(),
              reader,
              open,
              run.tokens().contracts(plan, open),
              DatasetTokenizer.Settings.of(recipe.data(), plan));
      progress.message("tokenize " + part.title() + ": " + samples.size() + " samples");
      tokenizer.together(run.ranks());
      return run.ranks().asFirst(run.ranks().isFirst() && tokenizer.isDone(part.tokens()))
          || tokenizer.write(part.tokens(), recipe.name() + " " + part.title(), progress, stop);
    }
  }

  /** Takes tokens that were computed elsewhere as the run's own. */
  boolean importTokens(String split, Path from, Progress progress, StopSignal stop)
      throws Exception {
    Path tokens = folders.tokens(split);
    if (Files.exists(tokens)) {
      throw new DatasetException(tokens + " is there already; delete it to import tokens again");
    }
    Map<String, Tokenizer> open = run.tokens().openTokenizers();
    CropPlan plan = crops(split);
    ModalitySet given = modalities.withFeeders(m -> Files.isDirectory(from.resolve(m.source())));
    try (ImportedTokens imported = ImportedTokens.open(from, given, plan.count())) {
      ValueReader reader = run.data().reader(imported.samples());
      imported.checkComplete(reader);
      DatasetTokenizer tokenizer =
          new DatasetTokenizer(
              given,
              reader,
              open,
              run.tokens().contracts(plan, open),
              DatasetTokenizer.Settings.of(recipe.data(), plan),
              Optional.of(imported));
      // Beside the run's own tokens, so that an interrupted import is never taken for them.
      Path unfinished = tokens.resolveSibling(split + ".importing");
      if (!tokenizer.write(unfinished, recipe.name() + " " + split, progress, stop)) {
        return false;
      }
      new EarlierShards(unfinished).markImported();
      Files.move(unfinished, tokens, StandardCopyOption.ATOMIC_MOVE);
      return true;
    } finally {
      open.values().forEach(Tokenizer::close);
    }
  }
}
