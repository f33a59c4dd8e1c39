package org.anymod.core.tokenize;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.RunFolders;
import org.anymod.core.data.DatasetException;
import org.anymod.core.modality.TokenizerUse;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.spi.Loss;
import org.anymod.spi.Tokenizer;
import org.anymod.torch.SafeTensors;
import org.anymod.torch.TensorScope;

/** Creates the tokenizers of a run and keeps their weights in its folder. */
public final class TokenizerStore {
  private static final String WEIGHTS = "model.safetensors";

  private final Recipe recipe;
  private final RunFolders folders;
  private final Device device;
  private final Collection<? extends Loss> losses;

  /**
   * Creates a store.
   *
   * @param recipe the recipe
   * @param device where tokenizers compute
   * @param losses losses that tokenizers may ask for
   */
  public TokenizerStore(Recipe recipe, Device device, Collection<? extends Loss> losses) {
    this.recipe = recipe;
    this.folders = new RunFolders(recipe.output());
    this.device = device;
    this.losses = losses;
  }

  /**
   * Returns the settings of a tokenizer.
   *
   * @param modality a modality with a tokenizer
   * @return the settings
   * @throws IllegalArgumentException if the recipe has none
   */
  public TokenizerRecipe settings(UsedModality modality) {
    String key = use(modality).key();
    TokenizerRecipe settings = recipe.tokenizers().get(key);
    if (settings == null) {
      throw new IllegalArgumentException(
          "tokenizers: nothing for '"
              + key
              + "', which needs a tokenizer; add an entry of this name");
    }
    return settings;
  }

  private static TokenizerUse use(UsedModality modality) {
    return modality
        .tokenizer()
        .orElseThrow(
            () -> new IllegalArgumentException("'" + modality.key() + "' has no tokenizer"));
  }

  private Path folder(UsedModality modality) {
    return folders.tokenizer(use(modality).key());
  }

  /**
   * Creates a tokenizer with fresh weights.
   *
   * @param modality a modality with a tokenizer
   * @return the tokenizer; closing it frees its tensors
   */
  public Tokenizer create(UsedModality modality) {
    TokenizerUse use = use(modality);
    try (TensorScope scope = TensorScope.on(device)) {
      return use.factory()
          .create(
              new RunTokenizerContext(
                  use, settings(modality), recipe.seed(), scope.manager(), losses));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tokenizers." + use.key() + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the file that holds a tokenizer's weights.
   *
   * @param modality a modality with a tokenizer
   * @return the recipe's own file, or the one that training writes
   */
  public Path weights(UsedModality modality) {
    return settings(modality).file().orElse(folder(modality).resolve(WEIGHTS));
  }

  /**
   * Returns whether a tokenizer is trained.
   *
   * @param modality a modality with a tokenizer
   * @return true if its weights are there
   */
  public boolean isTrained(UsedModality modality) {
    return Files.isRegularFile(weights(modality));
  }

  /**
   * Loads a trained tokenizer.
   *
   * @param modality a modality with a tokenizer
   * @return the tokenizer; closing it frees its tensors
   * @throws IOException if there are no weights or they do not fit
   */
  public Tokenizer load(UsedModality modality) throws IOException {
    Path file = weights(modality);
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(
          file
              + ": no such file; train the tokenizer of '"
              + modality.key()
              + "' first (anymod tokenizer train)");
    }
    Tokenizer tokenizer = create(modality);
    try (TensorScope scope = TensorScope.on(device)) {
      tokenizer.load(SafeTensors.read(file, scope.manager()));
      return tokenizer;
    } catch (IOException e) {
      tokenizer.close();
      throw e;
    } catch (IllegalArgumentException e) {
      tokenizer.close();
      throw new DatasetException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Returns the identity of a tokenizer of this run.
   *
   * @param modality its modality
   * @param tokenizer the tokenizer
   * @return 64 hexadecimal digits, as {@link TokenizerIdentity#of} computes them
   */
  public String identity(UsedModality modality, Tokenizer tokenizer) {
    return TokenizerIdentity.of(modality, settings(modality), tokenizer);
  }

  /**
   * Saves a tokenizer's weights.
   *
   * @param modality its modality
   * @param tokenizer the tokenizer
   * @throws IOException if writing fails
   */
  public void save(UsedModality modality, Tokenizer tokenizer) throws IOException {
    Path folder = folder(modality);
    Files.createDirectories(folder);
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("key", use(modality).key());
    metadata.put("family", use(modality).factory().family());
    metadata.put("identity", identity(modality, tokenizer));
    SafeTensors.write(folder.resolve(WEIGHTS), tokenizer.state(), metadata);
  }

  /**
   * Saves the state of an unfinished training.
   *
   * @param modality its modality
   * @param state weights and optimiser state by name
   * @param step steps done
   * @throws IOException if writing fails
   */
  void saveProgress(UsedModality modality, Map<String, NDArray> state, long step)
      throws IOException {
    Files.createDirectories(folder(modality));
    SafeTensors.write(progressFile(modality), state, Map.of("step", Long.toString(step)));
  }

  /** The state of an unfinished training: {@code step} in the metadata. */
  Optional<Path> progress(UsedModality modality) {
    return Optional.of(progressFile(modality)).filter(Files::isRegularFile);
  }

  void deleteProgress(UsedModality modality) throws IOException {
    Files.deleteIfExists(progressFile(modality));
  }

  private Path progressFile(UsedModality modality) {
    return folder(modality).resolve("training.safetensors");
  }
}
