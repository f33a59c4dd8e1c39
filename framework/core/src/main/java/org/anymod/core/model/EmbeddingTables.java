package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Function;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;

/**
 * Token, position and modality embeddings of one side of the model. Looking up costs what the
 * tokens cost and so do the gradients, which are added to the looked-up rows only: neither depends
 * on how many modalities there are or on how long their tables are.
 */
final class EmbeddingTables {
  /** Names of the tensors of a modality. */
  interface Names {
    String tokens(ModelModality modality);

    String positions(ModelModality modality);

    String modality(ModelModality modality);
  }

  private final List<ModelModality> modalities;
  private final Parameters parameters;
  private final Names names;
  private final NDArray none;

  EmbeddingTables(
      List<ModelModality> modalities, Parameters parameters, Names names, NDManager owner) {
    this.modalities = modalities;
    this.parameters = parameters;
    this.names = names;
    this.none = TransformerKernel.none(owner);
  }

  private List<String> tokenTables(TokenRows rows) {
    return rows.modalities().subList(0, rows.tables()).stream()
        .map(m -> names.tokens(modalities.get(m)))
        .toList();
  }

  private List<String> ofAll(TokenRows rows, Function<ModelModality, String> name) {
    return rows.modalities().stream().map(modalities::get).map(name).toList();
  }

  private List<NDArray> get(List<String> tensors) {
    return tensors.stream().map(parameters::get).toList();
  }

  /** Rows of the token tables, (tokens with a table, dim); there must be some. */
  NDArray tokens(TokenRows rows, NDManager manager) {
    return Kernels.shared()
        .call(manager, "table_rows", get(tokenTables(rows)), rows.ids(), rows.kernelCounts());
  }

  /** Position plus modality embedding of all tokens, (tokens, dim). */
  NDArray positions(TokenRows rows, NDManager manager) {
    return Kernels.shared()
        .call(
            manager,
            "table_rows_with_offsets",
            get(positionTables(rows)),
            get(modalityEmbeddings(rows)),
            rows.positions(),
            rows.kernelCounts());
  }

  private List<String> positionTables(TokenRows rows) {
    return ofAll(rows, names::positions);
  }

  private List<String> modalityEmbeddings(TokenRows rows) {
    return ofAll(rows, names::modality);
  }

  /** Writes rows (tokens, dim) to their slots, (samples, slots of a sample, dim). */
  static NDArray place(NDArray values, TokenRows rows, Shape shape, NDManager manager) {
    return Kernels.shared()
        .call(manager, "place", values, rows.slots(), rows.size())
        .reshape(shape);
  }

  /** Adds gradients of {@link #tokens}; rows of tokens without a table may follow. */
  void addTokenGradients(TokenRows rows, NDArray gradients, TensorScope step) {
    if (rows.tables() > 0) {
      Kernels.shared()
          .call(
              step.manager(),
              "add_table_gradients",
              gradients(tokenTables(rows), step),
              rows.ids(),
              rows.kernelCounts(),
              gradients);
    }
  }

  /** Adds gradients of {@link #positions}. */
  void addPositionGradients(TokenRows rows, NDArray gradients, TensorScope step) {
    Kernels kernels = Kernels.shared();
    kernels.call(
        step.manager(),
        "add_table_gradients",
        gradients(positionTables(rows), step),
        rows.positions(),
        rows.kernelCounts(),
        gradients);
    kernels.call(
        step.manager(),
        "add_offset_gradients",
        gradients(modalityEmbeddings(rows), step),
        rows.kernelCounts(),
        gradients);
  }

  /** Gradients of trained tensors, and a tensor without elements for each that is not trained. */
  private List<NDArray> gradients(List<String> tensors, TensorScope step) {
    return tensors.stream().map(parameters::get).map(tensor -> gradient(tensor, step)).toList();
  }

  private NDArray gradient(NDArray tensor, TensorScope step) {
    return tensor.hasGradient() ? Autograd.gradient(tensor, step.manager()) : none;
  }
}
