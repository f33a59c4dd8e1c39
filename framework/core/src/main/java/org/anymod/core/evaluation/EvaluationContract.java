package org.anymod.core.evaluation;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.anymod.core.Progress;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Run;
import org.anymod.core.recipe.EvaluationRecipe;
import org.anymod.core.recipe.Recipe;
import org.anymod.spi.Value;

/**
 * Identity of everything that a measured pair depends on beside its own question: weights,
 * tokenizers, vocabulary, settings, and the values of the samples themselves.
 */
final class EvaluationContract {
  private EvaluationContract() {}

  /**
   * Computes the identity.
   *
   * @param run the run
   * @param truths values of all samples that are measured
   * @return a SHA-256 sum in hexadecimal
   * @throws IOException if a file cannot be read
   */
  static String of(Run run, AlignedValues truths) throws IOException {
    MessageDigest digest = sha256();
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      copy(run.model().weights().orElseThrow(), out);
      for (UsedModality modality : run.modalities().tokenized()) {
        copy(run.tokenizers().weights(modality), out);
      }
      write(out, run.vocabulary(Progress.silent()).identity());
      settings(run, out);
      for (int i = 0; i < truths.count(); i++) {
        TreeMap<Integer, Value> values = new TreeMap<>();
        truths.of(i).forEach((key, value) -> values.put(run.modalities().indexOf(key), value));
        write(out, "sample " + i);
        out.write(StoredValues.write(values));
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void settings(Run run, OutputStream out) throws IOException {
    Recipe recipe = run.recipe();
    EvaluationRecipe evaluation = recipe.evaluation();
    for (UsedModality modality : run.modalities().all()) {
      write(
          out,
          modality.key()
              + modality.declaration().kind()
              + modality.resolution()
              + modality.modality().metric().name());
    }
    write(out, recipe.seed() + recipe.device() + recipe.precision());
    write(out, new TreeMap<>(recipe.sampling()).toString());
    write(out, recipe.data().train() + recipe.data().validation() + evaluation.shown());
    write(out, evaluation.batch() + " " + evaluation.sequenceBatch());
    write(out, evaluation.ensemble() + " " + evaluation.sequenceEnsemble());
    write(out, "prompts " + evaluation.prompts());
    write(out, evaluation.ensembleSizes().toString());
    write(out, evaluation.neighbors().toString());
    write(out, new TreeMap<>(evaluation.frechet()).toString());
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }

  private static void copy(Path file, OutputStream out) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      in.transferTo(out);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }
}
