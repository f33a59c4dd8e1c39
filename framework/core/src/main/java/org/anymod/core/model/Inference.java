package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.anymod.torch.Kernels;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;

/**
 * The parts of a model that sampling runs one by one, so that what does not change is computed
 * once: embeddings of tokens, the encoder, and a decoder whose rows fall into groups with contexts
 * of different lengths.
 */
public final class Inference {
  private final InputEmbedding inputs;
  private final QueryEmbedding queries;
  private final Transformer transformer;
  private final OutputHeads heads;
  private final NDArray none;

  Inference(
      InputEmbedding inputs,
      QueryEmbedding queries,
      Transformer transformer,
      OutputHeads heads,
      NDManager owner) {
    this.inputs = inputs;
    this.queries = queries;
    this.transformer = transformer;
    this.heads = heads;
    this.none = TransformerKernel.none(owner);
  }

  /**
   * Embedded visible tokens.
   *
   * @param content what they are, (tokens, dim)
   * @param places where they are: position plus modality, of the same shape
   */
  public record Tokens(NDArray content, NDArray places) {

    /** Frees both tensors. */
    public void close() {
      content.close();
      places.close();
    }
  }

  /**
   * Embeds the visible tokens of one modality.
   *
   * @param batch shows tokens of that modality alone, at least one
   * @param scope owner of the result
   * @return the tokens of all samples, in the order in which they were shown
   */
  public Tokens embed(Batch batch, TensorScope scope) {
    InputEmbedding.Embedded tokens = inputs.tokens(inputs.rows(batch, scope), scope.manager());
    return new Tokens(tokens.content(), tokens.places());
  }

  /**
   * Puts tokens one after the other and a token of zeros behind them.
   *
   * @param parts the tokens; may be none
   * @param scope owner of the result
   * @return all tokens
   */
  public Tokens join(List<Tokens> parts, TensorScope scope) {
    NDArray zero = scope.manager().zeros(new Shape(1, transformer.dim()));
    return new Tokens(
        join(parts.stream().map(Tokens::content), zero, scope),
        join(parts.stream().map(Tokens::places), zero, scope));
  }

  private static NDArray join(Stream<NDArray> parts, NDArray last, TensorScope scope) {
    List<NDArray> all = Stream.concat(parts, Stream.of(last)).toList();
    return Kernels.shared().call(scope.manager(), "join", all);
  }

  /**
   * Runs the encoder.
   *
   * @param tokens where the rows are taken from
   * @param slots for each slot of each row the token in it; behind the length of a row any
   * @param lengths tokens of each row; 0 is allowed
   * @param scope owner of the result
   * @return the context, in which register tokens come first; (batch, 0, dim) if there is nothing
   */
  public AnyToAnyModel.Context encode(
      Tokens tokens, long[] slots, long[] lengths, TensorScope scope) {
    NDManager manager = scope.manager();
    int budget = slots.length / lengths.length;
    Shape shape = new Shape(lengths.length, budget, transformer.dim());
    if (budget == 0 && !transformer.hasRegisters()) {
      return new AnyToAnyModel.Context(manager.zeros(shape), none);
    }
    NDArray index = manager.create(slots);
    Kernels kernels = Kernels.shared();
    NDArray content = kernels.call(manager, "rows_at", tokens.content(), index).reshape(shape);
    NDArray places = kernels.call(manager, "rows_at", tokens.places(), index).reshape(shape);
    boolean full = Arrays.stream(lengths).allMatch(length -> length == budget);
    NDArray mask = full ? none : transformer.paddingMask(lengths, budget, scope);
    NDArray encoded =
        transformer
            .encoder()
            .infer(transformer.withRegisters(content.add(places), manager), List.of(mask), manager);
    return new AnyToAnyModel.Context(transformer.unrecordedContext(encoded, places, scope), mask);
  }

  /**
   * Runs the decoder over the targets of a batch.
   *
   * @param batch targets; its samples are the rows of the first context, then those of the next
   * @param contexts what {@link #encode} gave for them
   * @param scope owner of the result
   * @return output of every slot, (batch * budget, dim)
   */
  public NDArray decode(Batch batch, List<AnyToAnyModel.Context> contexts, TensorScope scope) {
    NDManager manager = scope.manager();
    BlockStack decoder = transformer.decoder();
    NDArray output =
        Kernels.shared()
            .call(
                manager,
                "decode_groups",
                queries.embed(batch, queries.rows(batch, scope), scope),
                contexts.stream().map(AnyToAnyModel.Context::context).toList(),
                contexts.stream().map(AnyToAnyModel.Context::mask).toList(),
                targetMask(batch, manager),
                decoder.weights(manager),
                decoder.unrecordedConfig());
    return transformer.decoded(output, manager);
  }

  /** No mask where every target attends to all of its sample. */
  private NDArray targetMask(Batch batch, NDManager manager) {
    boolean all =
        !transformer.isCausal()
            && batch.isOneGrid()
            && batch.targetTokens() == batch.samples() * batch.targetBudget();
    return all ? none : transformer.targetMask(batch, manager);
  }

  /**
   * Prepares the decoding of sequences id by id: keys and values of the contexts are computed once.
   *
   * @param modality index of the modality
   * @param contexts what {@link #encode} gave for the rows
   * @param capacity most ids that will be fed to a row
   * @param owner scope in which the caches live
   * @return the caches; to be closed
   */
  public DecoderCache open(
      int modality, List<AnyToAnyModel.Context> contexts, int capacity, TensorScope owner) {
    DecoderCache.Lengths lengths = new DecoderCache.Lengths(capacity, queries.maxLength(modality));
    return DecoderCache.open(
        transformer, queries.sequenceTables(modality), contexts, lengths, owner);
  }

  /**
   * Computes logits of some slots with the head of one modality.
   *
   * @param decoded decoder output, (slots, dim)
   * @param slots slots to take
   * @param modality index of the modality
   * @param scope owner of the result
   * @return logits in the order of the slots, (slots, vocabulary)
   */
  public NDArray logits(NDArray decoded, long[] slots, int modality, TensorScope scope) {
    NDArray config = transformer.decoder().unrecordedConfig();
    return heads.unrecordedLogits(decoded, slots, modality, config, scope.manager());
  }
}
