package org.anymod.spi;

import java.util.List;
import java.util.Optional;
import org.pf4j.ExtensionPoint;

/**
 * One kind of data that an any-to-any model reads, writes or both: the contract a plugin implements
 * once for each modality it brings.
 *
 * <p>A modality is one of five {@linkplain Kind kinds} plus numbers, a {@linkplain Codec codec} for
 * its files, a {@linkplain Representation representation} that turns values into model inputs, a
 * {@linkplain Metric metric} and a {@linkplain Renderer way to be looked at}. The host builds the
 * embedding table and the masking schedule from the {@linkplain #declare declarations} of the
 * loaded modalities and knows none of them by name.
 *
 * <p>An implementation is listed in {@code META-INF/services/org.anymod.spi.Modality} of its plugin
 * JAR and has exactly one public constructor, either without parameters or annotated with {@code
 * jakarta.inject.Inject}. The constructor may ask for records annotated with {@link
 * org.anymod.spi.config.ConfigSection}, which the host fills from the recipe. Implementations are
 * immutable and safe for use by several threads.
 */
public interface Modality extends ExtensionPoint {

  /**
   * Returns the base of the model key, for example {@code tok_depth} for the key {@code
   * tok_depth@224}.
   *
   * <p>Lower-case letters, digits and underscores, starting with a letter; unique among all loaded
   * plugins.
   *
   * @return the name
   */
  String name();

  /**
   * Returns the name under which files of this modality lie in a dataset, for example {@code
   * depth}. Several modalities may share one source, as pixels and tokens of the same picture do.
   *
   * @return the folder name, in the same form as {@link #name()}
   */
  String source();

  /**
   * Returns what the values of this modality are: layout, range, labels. The host checks real data
   * against it.
   *
   * @return the specification of the values
   */
  ValueSpec value();

  /**
   * Declares how this modality enters a model under the given key.
   *
   * @param request the key, its resolution and the patch size that the recipe asks for
   * @return the declaration; its key must be the requested one
   * @throws IllegalArgumentException if the request is impossible, for example a resolution that is
   *     no multiple of the patch size; the message says what is allowed
   */
  Declaration declare(DeclarationRequest request);

  /**
   * Returns the reader and writer of this modality's files.
   *
   * @return the codec
   */
  Codec codec();

  /**
   * Returns how values become model inputs and back. Its type must fit the declared {@link Kind}:
   * {@link PixelScaling} for {@link Kind.PixelPatches}, {@link TokenizerFactory} for {@link
   * Kind.TokenGrid} and {@link Kind.TokenSequence}, {@link TextForm} for {@link Kind.TextSequence},
   * {@link VectorForm} for {@link Kind.EmbeddingSequence}.
   *
   * @return the representation
   */
  Representation representation();

  /**
   * Returns the picture or text that shows a value to a person.
   *
   * @return the renderer
   */
  Renderer renderer();

  /**
   * Returns the measure of how wrong a predicted value is.
   *
   * @return the metric
   */
  Metric metric();

  /**
   * Returns the ways in which this modality's values can be computed from those of another.
   *
   * @return the labelers, none by default
   */
  default List<Labeler> labelers() {
    return List.of();
  }

  /**
   * Cuts a region out of a value and brings it to the size of the model input, keeping it aligned
   * with all other modalities of the same sample.
   *
   * <p>The default returns the value unchanged, which is right for values without geometry such as
   * captions.
   *
   * @param value a value that fits {@link #value()}
   * @param crop the region in pixels of the original picture, and whether to mirror it
   * @param size side of the square result in pixels
   * @return the cropped value
   */
  default Value crop(Value value, Crop crop, int size) {
    return value;
  }

  /**
   * Returns whether {@link #crop} changes values: pictures, boxes. Values of text-like modalities
   * that do not follow crops are stored once for all crops of a sample.
   *
   * @return by default false for text-like modalities and true for all others
   */
  default boolean followsCrop() {
    return !(representation() instanceof TextForm);
  }

  /**
   * Returns the name of a modality whose tokenizer this one uses where a run has both at the same
   * resolution, as two kinds of edges do.
   *
   * @return the other modality's name; empty by default: a tokenizer of its own
   */
  default Optional<String> sharedTokenizer() {
    return Optional.empty();
  }

  /**
   * Returns the name of a modality under whose key the samples of this one enter a model that has
   * both, as plain web text enters as captions. Both have the same kind.
   *
   * @return the other modality's name; empty by default: a key of its own
   */
  default Optional<String> feeds() {
    return Optional.empty();
  }

  /**
   * Returns the fields that this modality contributes to a sequence which several plugins share.
   *
   * @return the group; empty by default
   */
  default Optional<FieldGroup> fieldGroup() {
    return Optional.empty();
  }

  /**
   * Returns how a person enters a value by hand. Pictures, class maps and texts need no form: they
   * are drawn and typed.
   *
   * @return the form; empty by default: values come from files
   */
  default Optional<InputForm> inputForm() {
    return Optional.empty();
  }

  /**
   * Returns the name of the loss that the any-to-any model is trained with on this modality's
   * tokens: one that takes logits {@code (count, classes)} and class numbers {@code (count)} of
   * type int64. A run in which no plugin brings it is refused.
   *
   * @return a loss name, {@code cross_entropy} by default
   */
  default String modelLoss() {
    return "cross_entropy";
  }
}
