package org.anymod.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.anymod.core.Progress;
import org.anymod.core.generation.Given;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.Predictor;
import org.anymod.core.pipeline.Run;
import org.anymod.core.training.TextCodes;
import org.anymod.spi.Crop;
import org.anymod.spi.Value;

/** Lets the model of a run answer requests, and counts the tokens that it makes. */
final class Generation implements AutoCloseable {
  private final Predictor predictor;
  private final TokenCount tokens;

  private Generation(Predictor predictor, TokenCount tokens) {
    this.predictor = predictor;
    this.tokens = tokens;
  }

  static Generation open(Run run) throws IOException {
    Predictor predictor = Predictor.open(run);
    return new Generation(
        predictor, new TokenCount(new TextCodes(run.vocabulary(Progress.silent()))));
  }

  /** Runs a request; its outputs go to the job as they finish. */
  synchronized void run(Job job, LongConsumer generated) {
    GenerateRequest request = job.request();
    Map<String, Value> row = new LinkedHashMap<>();
    for (UsedModality m : request.inputs()) {
      Value v = ((Given.Whole) request.request().inputs().get(m.key())).value();
      int[] s = v instanceof Value.Raster r ? new int[] {r.height(), r.width()} : new int[] {1, 1};
      row.put(m.key(), m.modality().crop(v, Crop.centerSquare(s[0], s[1]), m.resolution()));
    }
    List<Map<String, Value>> rows = java.util.Collections.nCopies(request.samples(), row);
    List<Map<String, Value>> drawn =
        predictor.predict(rows, request.outputKeys(), request.request().seed(), 0);
    for (UsedModality m : request.outputs()) {
      List<ShownValue> shown = new ArrayList<>();
      for (Map<String, Value> values : drawn) {
        shown.add(ShownValue.of(m, values.get(m.key())));
        generated.accept(tokens.of(m, values.get(m.key())));
      }
      job.finished(m.key(), shown);
    }
  }

  @Override
  public void close() {
    predictor.close();
  }
}
