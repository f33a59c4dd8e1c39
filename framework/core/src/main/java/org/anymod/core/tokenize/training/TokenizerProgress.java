package org.anymod.core.tokenize.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.anymod.core.data.DatasetException;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.tokenize.TokenizerStore;
import org.anymod.spi.TrainableTokenizer;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.TensorScope;

/** A tokenizer in training with all that a file must hold for the training to go on. */
final class TokenizerProgress implements AutoCloseable {
  private static final String WEIGHTS = "weights.";
  private static final String OPTIMIZER = "optimizer.";
  private static final String AVERAGE = "average.";

  private final TokenizerStore store;
  private final UsedModality modality;
  private final TrainableTokenizer tokenizer;
  private final Optional<AveragedTokenizer> average;

  /**
   * Opens a tokenizer with fresh weights.
   *
   * @throws IllegalArgumentException if it cannot be trained, or has nothing to average
   */
  TokenizerProgress(TokenizerStore store, UsedModality modality, double ema) {
    this.store = store;
    this.modality = modality;
    if (!(store.create(modality) instanceof TrainableTokenizer trainable)) {
      throw new IllegalArgumentException(
          "tokenizers." + modality.key() + ": this tokenizer cannot be trained; give a file");
    }
    this.tokenizer = trainable;
    try {
      this.average =
          ema > 0 ? Optional.of(new AveragedTokenizer(trainable, ema)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      trainable.close();
      throw new IllegalArgumentException("tokenizers." + modality.key() + ": " + e.getMessage(), e);
    }
  }

  TrainableTokenizer tokenizer() {
    return tokenizer;
  }

  Optional<AveragedTokenizer> average() {
    return average;
  }

  /** Does some work with the weights that count: the averaged ones where there is an average. */
  private void withFinalWeights(Callable<?> work) throws Exception {
    if (average.isPresent()) {
      average.get().during(work);
    } else {
      work.call();
    }
  }

  /** Loads what an earlier session left; returns the steps done, 0 if there is nothing. */
  long resume() throws IOException {
    Optional<Path> file = store.progress(modality);
    if (file.isEmpty()) {
      return 0;
    }
    try (TensorScope scope = TensorScope.on(Device.cpu())) {
      Map<String, NDArray> state = SafeTensors.read(file.get(), scope.manager());
      tokenizer.load(part(state, WEIGHTS));
      tokenizer.loadTrainingState(part(state, OPTIMIZER));
      if (average.isPresent()) {
        average.get().load(part(state, AVERAGE));
      }
    } catch (IllegalArgumentException e) {
      throw new DatasetException(
          file.get()
              + " was left by a training with other settings; restore these or delete it: "
              + e.getMessage(),
          e);
    }
    return Long.parseLong(SafeTensors.header(file.get()).metadata().get("step"));
  }

  private static Map<String, NDArray> part(Map<String, NDArray> state, String prefix) {
    Map<String, NDArray> part = new LinkedHashMap<>();
    state.forEach(
        (name, tensor) -> {
          if (name.startsWith(prefix)) {
            part.put(name.substring(prefix.length()), tensor);
          }
        });
    return part;
  }

  /** Writes what a later session needs: whole or, if that fails, not at all. */
  void save(long done) throws IOException {
    Map<String, NDArray> state = new LinkedHashMap<>();
    tokenizer.state().forEach((name, tensor) -> state.put(WEIGHTS + name, tensor));
    tokenizer.trainingState().forEach((name, tensor) -> state.put(OPTIMIZER + name, tensor));
    average.ifPresent(a -> a.state().forEach((name, tensor) -> state.put(AVERAGE + name, tensor)));
    store.saveProgress(modality, state, done);
  }

  /** Writes the trained tokenizer; what a later session would have needed goes. */
  void finish() throws Exception {
    withFinalWeights(
        () -> {
          store.save(modality, tokenizer);
          return null;
        });
    store.deleteProgress(modality);
  }

  @Override
  public void close() {
    average.ifPresent(AveragedTokenizer::close);
    tokenizer.close();
  }
}
