package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.torch.Autograd;
import org.anymod.torch.Kernels;
import org.anymod.torch.Parameters;
import org.anymod.torch.TensorScope;

/**
 * Embeds what the decoder starts from: the mask token for places of grids, the id before for
 * sequences.
 */
final class QueryEmbedding {
  private static final String MASK_TOKEN = "mask_token";

  private final ModelRecipe recipe;
  private final List<ModelModality> modalities;
  private final Parameters parameters;
  private final EmbeddingTables tables;

  QueryEmbedding(
      ModelRecipe recipe, List<ModelModality> modalities, Parameters parameters, NDManager owner) {
    this.recipe = recipe;
    this.modalities = modalities;
    this.parameters = parameters;
    this.tables = new EmbeddingTables(modalities, parameters, new TargetNames(recipe), owner);
  }

  private record TargetNames(ModelRecipe recipe) implements EmbeddingTables.Names {
    @Override
    public String tokens(ModelModality modality) {
      return ModelWeights.decoderPrefix(modality) + "token_emb.weight";
    }

    @Override
    public String positions(ModelModality modality) {
      return ModelWeights.decoderPrefix(modality) + "pos_emb";
    }

    @Override
    public String modality(ModelModality modality) {
      boolean shared = SharedTensors.isEmbeddingShared(recipe, modality);
      return (shared ? ModelWeights.encoderPrefix(modality) : ModelWeights.decoderPrefix(modality))
          + "mod_emb";
    }
  }

  TokenRows rows(Batch batch, TensorScope step) {
    long slots = (long) batch.samples() * batch.targetBudget();
    return TokenRows.of(batch.targets(), modalities, ModelModality::isSequence, slots, step);
  }

  /** Queries in their slots, (samples, slots of a sample, dim), zero where there is none. */
  NDArray embed(Batch batch, TokenRows rows, TensorScope step) {
    NDManager manager = step.manager();
    Shape shape = new Shape(batch.samples(), batch.targetBudget(), recipe.dim());
    if (rows.isEmpty()) {
      return manager.zeros(shape);
    }
    List<NDArray> parts = new ArrayList<>();
    if (rows.tables() > 0) {
      parts.add(tables.tokens(rows, manager));
    }
    Kernels kernels = Kernels.shared();
    if (rows.otherCount() > 0) {
      NDArray count = step.host().create(rows.otherCount());
      parts.add(kernels.call(manager, "repeat_row", parameters.get(MASK_TOKEN), count));
    }
    NDArray queries = kernels.call(manager, "join", parts).add(tables.positions(rows, manager));
    return EmbeddingTables.place(queries, rows, shape, manager);
  }

  /** Tables that embed the ids of a sequence: tokens, positions and the modality. */
  List<NDArray> sequenceTables(int modality) {
    EmbeddingTables.Names names = new TargetNames(recipe);
    ModelModality sequence = modalities.get(modality);
    return List.of(
        parameters.get(names.tokens(sequence)),
        parameters.get(names.positions(sequence)),
        parameters.get(names.modality(sequence)));
  }

  /** Number of ids of a sequence that have a position of their own. */
  int maxLength(int modality) {
    return modalities.get(modality).maxLength();
  }

  /** Adds the gradient with respect to the queries to tables and mask token. */
  void addGradients(TokenRows rows, NDArray gradient, TensorScope step) {
    NDManager manager = step.manager();
    Kernels kernels = Kernels.shared();
    NDArray queries = kernels.call(manager, "rows_at", gradient, rows.slots());
    tables.addTokenGradients(rows, queries, step);
    tables.addPositionGradients(rows, queries, step);
    NDArray maskToken = parameters.get(MASK_TOKEN);
    if (rows.otherCount() > 0 && maskToken.hasGradient()) {
      kernels.call(
          manager,
          "add_offset_gradients",
          List.of(Autograd.gradient(maskToken, manager)),
          step.host().create(new long[] {rows.otherCount()}),
          queries.get(new NDIndex().addSliceDim(rows.tableCount(), rows.slots().size())));
    }
  }
}
