package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.anymod.cli.report.HtmlReport;
import org.anymod.cli.results.TokenizerReport;
import org.anymod.cli.results.TokenizerStudy;
import org.anymod.core.data.DatasetException;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.spi.Tokenizer;

/** Writes the report of a run's tokenizers. */
final class TokenizerReporting {
  private static final int SAMPLES = 64;

  private TokenizerReporting() {}

  /** Measures all trained tokenizers and returns the page, which lies beside them. */
  static Path write(Run run) throws IOException {
    TokenizerReport report = new TokenizerReport(run.recipe().name());
    for (UsedModality modality : run.modalities().tokenized()) {
      if (run.tokenizers().isTrained(modality)) {
        try (Tokenizer tokenizer = run.tokenizers().load(modality)) {
          report.add(
              withSkill(TokenizerStudy.of(run, modality, tokenizer, SAMPLES), run),
              Stages.tokenizerLog(run, modality).read(),
              run.folders().logs());
        }
      }
    }
    Path folder = run.folders().vocabulary().getParent();
    return HtmlReport.write(report.page(), report.data(), folder);
  }

  private static TokenizerStudy withSkill(TokenizerStudy study, Run run) throws IOException {
    try {
      return study.besideConstant(run);
    } catch (DatasetException e) {
      // Trained tokenizers are shown where the training data is gone, too.
      return study;
    }
  }
}
