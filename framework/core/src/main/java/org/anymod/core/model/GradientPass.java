package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import org.anymod.torch.Autograd;
import org.anymod.torch.TensorScope;

/**
 * Losses and gradients of one batch.
 *
 * <p>The engine's record covers what lies between embedded tokens and heads; gradients of
 * embeddings and heads are added by hand, because the engine would make a gradient as large as each
 * table. With recomputation the record covers one block at a time (Chen et al., 2016).
 */
final class GradientPass {
  private final InputEmbedding inputs;
  private final QueryEmbedding queries;
  private final Transformer transformer;
  private final OutputHeads heads;
  private final Batch batch;
  private final TrainingPass pass;
  private final TensorScope step;
  private final GradientStage.Listener listener;

  private final DropPath.Factors encoderDrop;
  private final DropPath.Factors decoderDrop;
  private TokenRows targetRows;
  private NDArray weights;
  private NDArray targetMask;
  private NDArray contextMask;

  GradientPass(
      InputEmbedding inputs,
      QueryEmbedding queries,
      Transformer transformer,
      OutputHeads heads,
      Batch batch,
      TrainingPass pass,
      GradientStage.Listener listener,
      TensorScope step) {
    this.inputs = inputs;
    this.queries = queries;
    this.transformer = transformer;
    this.heads = heads;
    this.batch = batch;
    this.pass = pass;
    this.listener = listener;
    this.step = step;
    int samples = batch.samples();
    this.encoderDrop = transformer.encoderDropPath().draw(pass, samples);
    this.decoderDrop = transformer.decoderDropPath().draw(pass, samples);
  }

  ModelLosses run(LossWeights weighting) {
    NDManager manager = step.manager();
    TokenRows inputRows = inputs.rows(batch, step);
    targetRows = queries.rows(batch, step);
    weights = heads.weights(targetRows, weighting, manager);
    targetMask = transformer.targetMask(batch, manager);
    contextMask = transformer.paddingMask(batch, step);
    InputEmbedding.Embedded embedded =
        Autograd.pause(() -> inputs.embed(batch, inputRows, manager));
    NDArray tokens = leaf(Autograd.pause(() -> embedded.content().add(embedded.places())));
    NDArray places = leaf(embedded.places());
    NDArray first = leaf(Autograd.pause(() -> queries.embed(batch, targetRows, step)));

    ModelLosses losses =
        pass.recompute()
            ? recomputing(tokens, places, first)
            : listener == GradientStage.Listener.NONE
                ? keeping(tokens, places, first)
                : keepingInTwo(tokens, places, first);
    listener.complete(GradientStage.ENCODER);
    NDArray tokenGradient = Autograd.gradient(tokens, manager);
    NDArray placeGradient = Autograd.gradient(places, manager);
    NDArray queryGradient = Autograd.gradient(first, manager);
    Autograd.pause(
        () -> {
          // Places enter twice: in the tokens, and again in the context.
          NDArray both = tokenGradient.add(placeGradient);
          inputs.addGradients(inputRows, tokenGradient, both, step);
          queries.addGradients(targetRows, queryGradient, step);
          return both;
        });
    return losses;
  }

  private NDArray leaf(NDArray value) {
    return Autograd.leaf(value, step.manager());
  }

  private ModelLosses keeping(NDArray tokens, NDArray places, NDArray first) {
    NDManager manager = step.manager();
    NDArray decoded =
        Autograd.record(
            () -> {
              NDArray input = transformer.withRegisters(tokens, manager);
              NDArray encoded =
                  transformer.encoder().forward(input, List.of(contextMask), encoderDrop, manager);
              NDArray context = transformer.context(encoded, places, step);
              NDArray output =
                  transformer.decoder().forward(first, others(context), decoderDrop, manager);
              return transformer.decoded(output, manager);
            });
    return backward(decoded);
  }

  /** With a cut between the stacks, so that the decoder's gradients are complete earlier. */
  private ModelLosses keepingInTwo(NDArray tokens, NDArray places, NDArray first) {
    NDManager manager = step.manager();
    NDArray context =
        Autograd.record(
            () -> {
              NDArray input = transformer.withRegisters(tokens, manager);
              NDArray encoded =
                  transformer.encoder().forward(input, List.of(contextMask), encoderDrop, manager);
              return transformer.context(encoded, places, step);
            });
    NDArray contextLeaf = leaf(context);
    ModelLosses losses =
        backward(
            Autograd.record(
                () -> {
                  NDArray output =
                      transformer
                          .decoder()
                          .forward(first, others(contextLeaf), decoderDrop, manager);
                  return transformer.decoded(output, manager);
                }));
    listener.complete(GradientStage.DECODER);
    Autograd.backward(context, Autograd.gradient(contextLeaf, manager));
    return losses;
  }

  private ModelLosses recomputing(NDArray tokens, NDArray places, NDArray first) {
    NDManager manager = step.manager();
    NDArray input = Autograd.record(() -> transformer.withRegisters(tokens, manager));
    List<NDArray> encoderKept =
        transformer.encoder().forwardKeepingInputs(input, List.of(contextMask), encoderDrop, step);
    NDArray encoded = encoderKept.get(encoderKept.size() - 1);
    NDArray context = Autograd.record(() -> transformer.context(encoded, places, step));
    NDArray contextLeaf = leaf(context);
    List<NDArray> decoderKept =
        transformer.decoder().forwardKeepingInputs(first, others(contextLeaf), decoderDrop, step);
    NDArray output = decoderKept.get(decoderKept.size() - 1);

    ModelLosses losses = backward(Autograd.record(() -> transformer.decoded(output, manager)));
    NDArray queryGradient =
        transformer
            .decoder()
            .backward(
                decoderKept,
                others(contextLeaf),
                decoderDrop,
                Autograd.gradient(output, manager),
                step);
    listener.complete(GradientStage.DECODER);
    Autograd.backward(context, Autograd.gradient(contextLeaf, manager));
    NDArray inputGradient =
        transformer
            .encoder()
            .backward(
                encoderKept,
                List.of(contextMask),
                encoderDrop,
                Autograd.gradient(encoded, manager),
                step);
    // Without registers the input is the leaf itself, which then just takes the gradient.
    Autograd.backward(input, inputGradient);
    Autograd.backward(first, queryGradient);
    return losses;
  }

  private List<NDArray> others(NDArray context) {
    return List.of(context, targetMask, contextMask);
  }

  /** From the losses back to what the decoder gave, and on along its record. */
  private ModelLosses backward(NDArray decoded) {
    OutputHeads.WithGradient result =
        heads.lossesAndGradients(decoded, targetRows, weights, pass.scale(), step);
    listener.complete(GradientStage.HEADS);
    Autograd.backward(decoded, result.gradient());
    return result.losses();
  }
}
