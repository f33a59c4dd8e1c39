package org.anymod.core.transfer;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.anymod.torch.Parameters;

/**
 * Which weights of an any-to-any or encoder-only model stay as they are in fine-tuning, as rules
 * over the names of tensors. Rules are combined with {@code or}.
 */
public final class Freezing {
  private static final String ENCODER_EMBEDDINGS = "encoder_embeddings.";
  private static final String DECODER_EMBEDDINGS = "decoder_embeddings.";

  private Freezing() {}

  /**
   * Freezes nothing: everything is trained.
   *
   * @return the rule
   */
  public static Predicate<String> nothing() {
    return name -> false;
  }

  /**
   * Freezes the encoder's blocks and norm.
   *
   * @param embeddings whether the embeddings of all inputs are frozen too
   * @return the rule
   */
  public static Predicate<String> encoder(boolean embeddings) {
    return name -> isEncoder(name) || (embeddings && name.startsWith(ENCODER_EMBEDDINGS));
  }

  /**
   * Freezes the decoder's blocks and norm; the projection of the context and the mask token are not
   * among them.
   *
   * @param embeddings whether the embeddings of all outputs are frozen too, heads included
   * @return the rule
   */
  public static Predicate<String> decoder(boolean embeddings) {
    return name -> isDecoder(name) || (embeddings && name.startsWith(DECODER_EMBEDDINGS));
  }

  /**
   * Freezes what modalities share: blocks and norms of both stacks. Embeddings, the projection of
   * the context and the mask token are trained.
   *
   * @return the rule
   */
  public static Predicate<String> sharedParameters() {
    return encoder(false).or(decoder(false));
  }

  /**
   * Freezes the encoder's blocks and norm and the embeddings of the given inputs.
   *
   * @param keys model keys whose embeddings are frozen
   * @return the rule
   */
  public static Predicate<String> encoderWithEmbeddings(Set<String> keys) {
    return encoder(false).or(embeddings(ENCODER_EMBEDDINGS, keys));
  }

  /**
   * Freezes the decoder's blocks and norm and the embeddings of the given outputs.
   *
   * @param keys model keys whose embeddings are frozen
   * @return the rule
   */
  public static Predicate<String> decoderWithEmbeddings(Set<String> keys) {
    return decoder(false).or(embeddings(DECODER_EMBEDDINGS, keys));
  }

  /**
   * Freezes all but low-rank tensors.
   *
   * @return the rule
   */
  public static Predicate<String> allButLowRank() {
    return name -> !LowRankNames.isLowRank(name);
  }

  /**
   * Freezes all but the output head.
   *
   * @return the rule
   */
  public static Predicate<String> allButHead() {
    return name -> !name.startsWith(Head.PREFIX);
  }

  /**
   * Reads keys that are written with hyphens between them, so that none can have one itself.
   *
   * @param text such as {@code first@64-second}
   * @return the keys
   */
  public static Set<String> keys(String text) {
    return new LinkedHashSet<>(Arrays.asList(text.split("-")));
  }

  /**
   * Applies a rule to a model. A tensor that has several names is frozen if one of them is.
   *
   * @param rule what is frozen; all other weights are trained
   * @param parameters tensors of the model
   * @param names all names of these tensors, as the model's checkpoint has them
   */
  public static void apply(
      Predicate<String> rule, Parameters parameters, Map<String, NDArray> names) {
    Set<NDArray> frozen = Collections.newSetFromMap(new IdentityHashMap<>());
    names.forEach(
        (name, tensor) -> {
          if (rule.test(name)) {
            frozen.add(tensor);
          }
        });
    parameters.freeze(name -> rule.test(name) || frozen.contains(parameters.get(name)));
  }

  private static Predicate<String> embeddings(String prefix, Set<String> keys) {
    return name -> keys.stream().anyMatch(key -> name.startsWith(prefix + key + "."));
  }

  private static boolean isEncoder(String name) {
    return name.startsWith("encoder.") || name.startsWith("encoder_norm.");
  }

  private static boolean isDecoder(String name) {
    return name.startsWith("decoder.") || name.startsWith("decoder_norm.");
  }
}
