package org.anymod.core.pipeline;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.anymod.core.Progress;
import org.anymod.core.data.DatasetException;
import org.anymod.core.data.Samples;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.values.ValueReader;
import org.anymod.networks.text.TextTokenizer;
import org.anymod.networks.text.WordPieceTrainer;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.TextForm;
import org.anymod.torch.StreamRandom;

/** The WordPiece vocabulary of a run, trained on the text forms of its own training data. */
final class RunVocabulary {
  private final Run run;

  RunVocabulary(Run run) {
    this.run = run;
  }

  /** Reads the vocabulary, after its training if it is not there. */
  TextTokenizer readOrTrain(Progress progress) throws IOException {
    Path file = run.recipe().text().file().orElse(run.folders().vocabulary());
    if (run.ranks().asFirst(!Files.isRegularFile(file))) {
      if (run.recipe().text().file().isPresent()) {
        throw new DatasetException(file + ": no such file, named by text.file");
      }
      if (run.ranks().isFirst()) {
        Files.createDirectories(file.toAbsolutePath().getParent());
        train(progress).write(file);
      }
      run.ranks().barrier();
    }
    try {
      return TextTokenizer.read(file);
    } catch (InvalidDataException e) {
      throw new DatasetException(e.getMessage(), e);
    }
  }

  private TextTokenizer train(Progress progress) throws IOException {
    List<UsedModality> textual =
        run.modalities().stored().stream()
            .filter(m -> m.modality().representation() instanceof TextForm)
            .toList();
    Set<String> words = new LinkedHashSet<>(run.recipe().text().words());
    int bins = 0;
    for (UsedModality modality : textual) {
      TextForm form = (TextForm) modality.modality().representation();
      words.addAll(form.words());
      bins = Math.max(bins, form.coordinateBins());
    }
    WordPieceTrainer trainer =
        new WordPieceTrainer(
            new WordPieceTrainer.Settings(
                run.recipe().text().vocabulary(),
                run.recipe().text().sentinels(),
                bins,
                List.copyOf(words)));
    return trainer.train(texts(textual, progress));
  }

  private List<String> texts(List<UsedModality> textual, Progress progress) throws IOException {
    List<String> texts = new ArrayList<>();
    if (textual.isEmpty()) {
      return texts;
    }
    ValueReader reader = run.data().values(run.recipe().data().train());
    try (Samples samples = reader.samples()) {
      progress.start("vocabulary", samples.size(), "sample");
      for (int i = 0; i < samples.size(); i++) {
        ValueReader.Sample sample = reader.sample(i);
        for (UsedModality modality : textual) {
          TextForm form = (TextForm) modality.modality().representation();
          // Coordinate words are in the vocabulary anyway; only forms without them teach it words.
          if (form.coordinateBins() == 0 && reader.has(modality.source(), i)) {
            texts.addAll(
                form.write(
                    sample.value(modality.source()),
                    StreamRandom.at(run.recipe().seed(), "vocabulary " + modality.key(), i)));
          }
        }
        progress.advance(i + 1, "");
      }
      progress.finish();
    }
    return texts;
  }
}
