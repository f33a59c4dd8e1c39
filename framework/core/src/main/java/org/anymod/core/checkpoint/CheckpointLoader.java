package org.anymod.core.checkpoint;

import java.io.IOException;
import java.util.List;
import org.anymod.core.data.DatasetException;
import org.anymod.core.model.AnyToAnyModel;

/**
 * Reads weights into a model by name, straight from the file into the model's tensors: beside those
 * it takes a few megabytes. Numbers of other types are converted.
 */
public final class CheckpointLoader {
  private CheckpointLoader() {}

  /**
   * Loads all weights of a model. The file may lack what follows from the model's sizes, and
   * further names of tensors that the model shares.
   *
   * @param file the file
   * @param model the model to overwrite
   * @return what was done
   * @throws IOException if weights are missing, unexpected or of another shape, naming all of them,
   *     and the model is as before then; or if the file cannot be read
   */
  public static LoadReport load(CheckpointFile file, AnyToAnyModel model) throws IOException {
    return load(file, Match.of(file, model));
  }

  /**
   * Loads all weights of a model from a file that may have more modalities than the model. Where
   * nothing is shown of them, the file's own model computes the same.
   *
   * @param file the file
   * @param model the model to overwrite
   * @return what was done, further modalities left out
   * @throws IOException as for {@link #load(CheckpointFile, AnyToAnyModel)}
   */
  public static LoadReport loadFromLarger(CheckpointFile file, AnyToAnyModel model)
      throws IOException {
    return load(file, Match.of(file, model).withoutFurtherModalities(model));
  }

  private static LoadReport load(CheckpointFile file, Match match) throws IOException {
    LoadReport report = report(file, match);
    if (!report.fits()) {
      throw new DatasetException(
          report.text().replaceFirst("\\d+ tensors loaded", "does not fit the model of the recipe")
              + hint(match));
    }
    fill(file, match);
    return report;
  }

  /**
   * Loads the weights that fit and leaves all others of the model as they are.
   *
   * @param file the file
   * @param model the model to overwrite
   * @return what was loaded and what was not
   * @throws IOException if tensors that the model shares differ in the file, or it cannot be read
   */
  public static LoadReport loadWhatFits(CheckpointFile file, AnyToAnyModel model)
      throws IOException {
    Match match = Match.of(file, model);
    if (!match.conflicting().isEmpty()) {
      throw new DatasetException(
          file.path() + ": " + String.join("; ", match.conflicting()) + hint(match));
    }
    fill(file, match);
    return report(file, match);
  }

  private static void fill(CheckpointFile file, Match match) throws IOException {
    for (Match.Pair pair : match.fitting()) {
      file.fill(pair.name(), pair.tensor().tensor());
    }
  }

  private static LoadReport report(CheckpointFile file, Match match) {
    return new LoadReport(
        file.path(),
        match.fitting().size(),
        names(match, false),
        names(match, true),
        match.unexpected(),
        match.reshaped().stream()
            .map(
                pair ->
                    new LoadReport.Reshaped(
                        pair.name(),
                        file.entry(pair.name()).shape(),
                        pair.tensor().tensor().getShape()))
            .toList(),
        match.conflicting());
  }

  private static List<String> names(Match match, boolean trained) {
    return match.absent().stream()
        .filter(tensor -> tensor.trained() == trained)
        .map(ModelTensor::name)
        .toList();
  }

  /** What to do next, where that is known. */
  private static String hint(Match match) {
    if (!match.conflicting().isEmpty()) {
      return "\n  a model with separate heads needs model.tied_heads: false";
    }
    boolean heads =
        match.absent().stream()
            .anyMatch(t -> t.trained() && TensorName.of(t.name()).part().equals(TensorName.HEAD));
    if (heads) {
      return "\n  separate heads are added by anymod checkpoint convert --heads untied";
    }
    boolean embeddings =
        match.absent().stream()
            .anyMatch(t -> t.trained() && TensorName.of(t.name()).modality().isPresent());
    return embeddings ? "\n  new modalities are added by anymod checkpoint extend" : "";
  }
}
