package org.anymod.core.checkpoint;

import java.util.List;
import java.util.Map;
import org.anymod.torch.StoredType;

/**
 * What a file of model weights holds.
 *
 * @param file the file
 * @param bytes its size
 * @param network the transformer's sizes; null where the file holds no such model
 * @param parameters numbers that are trained, heads counted where they are stored
 * @param headless the same without output heads: what a tied model has
 * @param buffers numbers that follow from the sizes: position tables, and biases of norms without
 *     bias
 * @param types number of tensors by type
 * @param groups tensors by part of the model
 * @param modalities the modalities in the order of the file
 * @param metadata meaning of the metadata by key
 * @param aliases the name in the file by removed name
 * @param tensors all tensors
 */
public record CheckpointInspection(
    String file,
    long bytes,
    Network network,
    long parameters,
    long headless,
    long buffers,
    Map<StoredType, Integer> types,
    List<Group> groups,
    List<Embedded> modalities,
    Map<String, Object> metadata,
    Map<String, String> aliases,
    List<Tensor> tensors) {

  /**
   * Sizes of the transformer.
   *
   * @param size published name of the size, or custom
   * @param dim width
   * @param encoderLayers encoder blocks
   * @param decoderLayers decoder blocks
   * @param hidden width of the feed-forward layers after gating
   * @param gated whether these are gated
   * @param qkNorm whether queries and keys are normalised
   */
  public record Network(
      String size,
      long dim,
      int encoderLayers,
      int decoderLayers,
      long hidden,
      boolean gated,
      boolean qkNorm) {}

  /**
   * A part of the model.
   *
   * @param name its name
   * @param tensors number of tensors
   * @param numbers numbers in them
   * @param bytes size of these
   */
  public record Group(String name, int tensors, long numbers, long bytes) {}

  /**
   * A modality.
   *
   * @param key model key
   * @param input whether the model reads it
   * @param output whether the model predicts it
   * @param content pixels, vectors or tokens
   * @param size numbers in a patch or vector, or rows of the token table
   * @param positions number of positions
   * @param learned whether positions are learned; otherwise they are sines and cosines
   * @param head whether it has an output head of its own
   */
  public record Embedded(
      String key,
      boolean input,
      boolean output,
      String content,
      long size,
      long positions,
      boolean learned,
      boolean head) {}

  /**
   * A tensor.
   *
   * @param name its name
   * @param type how its numbers are stored
   * @param shape its shape
   */
  public record Tensor(String name, StoredType type, long[] shape) {}
}
