package org.anymod.core.tokenize;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anymod.core.RunFolders;
import org.anymod.core.data.DatasetException;
import org.anymod.core.modality.TokenizerUse;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.Recipe;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.spi.ComputeType;
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
                  use,
                  settings(modality),
                  recipe.seed(),
                  scope::manager,
                  precision(modality),
                  losses));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tokenizers." + use.key() + ": " + e.getMessage(), e);
    }
  }

  /** Type to compute in: of the tokenizer, else of the whole recipe, else of the device. */
  private ComputeType precision(UsedModality modality) {
    String own = settings(modality).precision();
    return switch (own.equals("auto") ? recipe.precision() : own) {
      case "float32" -> ComputeType.FLOAT32;
      case "bfloat16" -> ComputeType.BFLOAT16;
      default -> device.isGpu() ? ComputeType.BFLOAT16 : ComputeType.FLOAT32;
    };
  }

  /**
   * Checks that a tokenizer can be trained on all sizes that the recipe names.
   *
   * @param modality a modality with a tokenizer
   * @throws IllegalArgumentException if its family trains at one resolution only, or a size does
   *     not suit it; the message names key, size and what is allowed
   */
  public void checkSizes(UsedModality modality) {
    TokenizerRecipe settings = settings(modality);
    TokenizerUse use = use(modality);
    List<Integer> sizes = settings.resolutions().sizes(use.resolution());
    if (settings.file().isPresent() || sizes.equals(List.of(use.resolution()))) {
      return;
    }
    String key = "tokenizers." + use.key();
    // Parts come in one size.
    OptionalInt step =
        modality.coded().isPresent() ? OptionalInt.empty() : sizeStep(use, modality, key);
    if (step.isEmpty()) {
      throw new IllegalArgumentException(
          key
              + ".resolutions: tokenizers of the family "
              + use.factory().family()
              + " are trained at one resolution, here "
              + use.resolution()
              + "; leave resolutions out");
    }
    for (int size : sizes) {
      if (size % step.getAsInt() != 0) {
        throw new IllegalArgumentException(
            key
                + ".resolutions: "
                + size
                + " pixels are no multiple of "
                + step.getAsInt()
                + ", which this tokenizer needs");
      }
    }
  }

  private OptionalInt sizeStep(TokenizerUse use, UsedModality modality, String key) {
    try {
      return use.factory()
          .resolutionStep(
              new RunTokenizerContext(
                  use,
                  settings(modality),
                  recipe.seed(),
                  () -> {
                    throw new IllegalStateException("nothing is computed while sizes are checked");
                  },
                  precision(modality),
                  losses));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
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
   * @throws IOException if writing fails; what was there before is there still
   */
  public void saveProgress(UsedModality modality, Map<String, NDArray> state, long step)
      throws IOException {
    Files.createDirectories(folder(modality));
    SafeTensors.write(progressFile(modality), state, Map.of("step", Long.toString(step)));
  }

  /**
   * Finds the state of an unfinished training.
   *
   * @param modality its modality
   * @return the file, with {@code step} in its metadata; empty if there is none
   */
  public Optional<Path> progress(UsedModality modality) {
    return Optional.of(progressFile(modality)).filter(Files::isRegularFile);
  }

  /**
   * Deletes the state of an unfinished training, if there is one.
   *
   * @param modality its modality
   * @throws IOException if it cannot be deleted
   */
  public void deleteProgress(UsedModality modality) throws IOException {
    Files.deleteIfExists(progressFile(modality));
  }

  private Path progressFile(UsedModality modality) {
    return folder(modality).resolve("training.safetensors");
  }
}
