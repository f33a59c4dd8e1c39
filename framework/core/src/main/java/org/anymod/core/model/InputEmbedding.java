package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Kind;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;
import org.anymod.torch.TransformerKernel;

/** Embeds visible tokens: ids by tables, patches and vectors by projections. */
final class InputEmbedding {
  private final ModelRecipe recipe;
  private final List<ModelModality> modalities;
  private final Parameters parameters;
  private final EmbeddingTables tables;
  private final NDArray config;
  private final NDArray none;

  /**
   * Embedded tokens, zero in slots without a token.
   *
   * @param content what they are, (samples, slots of a sample, dim)
   * @param places where they are: position plus modality, of the same shape
   */
  record Embedded(NDArray content, NDArray places) {}

  InputEmbedding(
      ModelRecipe recipe,
      List<ModelModality> modalities,
      Parameters parameters,
      NDArray config,
      NDManager owner) {
    this.recipe = recipe;
    this.modalities = modalities;
    this.parameters = parameters;
    this.config = config;
    this.none = TransformerKernel.none(owner);
    this.tables = new EmbeddingTables(modalities, parameters, new InputNames(), owner);
  }

  private static final class InputNames implements EmbeddingTables.Names {
    @Override
    public String tokens(ModelModality modality) {
      return ModelWeights.encoderPrefix(modality) + "token_emb.weight";
    }

    @Override
    public String positions(ModelModality modality) {
      return ModelWeights.encoderPrefix(modality) + "pos_emb";
    }

    @Override
    public String modality(ModelModality modality) {
      return ModelWeights.encoderPrefix(modality) + "mod_emb";
    }
  }

  TokenRows rows(Batch batch, TensorScope step) {
    long slots = (long) batch.samples() * batch.inputBudget();
    return TokenRows.of(batch.inputs(), modalities, m -> m.inputWidth() == 0, slots, step);
  }

  private Shape shape(Batch batch) {
    return new Shape(batch.samples(), batch.inputBudget(), recipe.dim());
  }

  Embedded embed(Batch batch, TokenRows rows, NDManager manager) {
    Shape shape = shape(batch);
    if (rows.isEmpty()) {
      return new Embedded(manager.zeros(shape), manager.zeros(shape));
    }
    Embedded tokens = tokens(rows, manager);
    return new Embedded(
        EmbeddingTables.place(tokens.content(), rows, shape, manager),
        EmbeddingTables.place(tokens.places(), rows, shape, manager));
  }

  /** Embedded tokens one after the other, (tokens, dim), those that look up a table first. */
  Embedded tokens(TokenRows rows, NDManager manager) {
    List<NDArray> parts = new ArrayList<>();
    if (rows.tables() > 0) {
      parts.add(tables.tokens(rows, manager));
    }
    for (int i = rows.tables(); i < rows.modalities().size(); i++) {
      parts.add(project(rows, i, manager));
    }
    return new Embedded(
        Kernels.shared().call(manager, "join", parts), tables.positions(rows, manager));
  }

  private String projection(TokenRows rows, int i) {
    ModelModality modality = modalities.get(rows.modalities().get(i));
    boolean pixels = modality.kind() instanceof Kind.PixelPatches;
    return ModelWeights.encoderPrefix(modality) + (pixels ? "proj" : "emb_proj");
  }

  /** Whether a gradient has anywhere to go: both parts of a projection may be frozen. */
  private boolean isTrained(String projection) {
    return parameters.get(projection + ".weight").hasGradient()
        || parameters.getOr(projection + ".bias", none).hasGradient();
  }

  private NDArray project(TokenRows rows, int i, NDManager manager) {
    String name = projection(rows, i);
    NDArray weight = parameters.get(name + ".weight");
    NDArray bias = parameters.getOr(name + ".bias", none);
    NDArray vectors = rows.vectors().get(i - rows.tables());
    return Kernels.shared().call(manager, "linear", vectors, weight, bias, config);
  }

  /**
   * Adds gradients to tables and projections.
   *
   * @param content gradient with respect to the content
   * @param places gradient with respect to the places
   */
  void addGradients(TokenRows rows, NDArray content, NDArray places, TensorScope step) {
    if (rows.isEmpty()) {
      return;
    }
    Kernels kernels = Kernels.shared();
    NDArray tokens = kernels.call(step.manager(), "rows_at", content, rows.slots());
    tables.addTokenGradients(rows, tokens, step);
    long from = rows.tableCount();
    for (int i = rows.tables(); i < rows.modalities().size(); i++) {
      long to = from + rows.counts()[i];
      int projection = i;
      if (isTrained(projection(rows, i))) {
        NDArray output = Autograd.record(() -> project(rows, projection, step.manager()));
        Autograd.backward(output, tokens.get(new NDIndex().addSliceDim(from, to)));
      }
      from = to;
    }
    tables.addPositionGradients(
        rows, kernels.call(step.manager(), "rows_at", places, rows.slots()), step);
  }
}
