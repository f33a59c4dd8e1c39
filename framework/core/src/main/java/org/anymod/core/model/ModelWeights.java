package org.anymod.core.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.function.Consumer;
import org.anymod.core.recipe.ModelRecipe;
import org.anymod.spi.Kind;
import org.anymod.torch.InitialValues;
import org.anymod.torch.Parameters;

/**
 * Creates the tensors of a model from its modalities, with the names of published checkpoints. Each
 * initial value is a function of the seed and the tensor's name, so adding a modality changes no
 * other tensor.
 */
final class ModelWeights {
  private static final double EMBEDDING_DEVIATION = 0.02;

  /**
   * Entries of position tables have a root mean square of 0.71. Beside them, tokens drawn with the
   * published deviation are hardly told apart at first.
   */
  private static final double ALIGNED_DEVIATION = 0.5;

  private final ModelRecipe recipe;
  private final InitialValues init;
  private final TensorSink sink;

  private ModelWeights(ModelRecipe recipe, long seed, TensorSink sink) {
    this.recipe = recipe;
    this.init = new InitialValues(seed);
    this.sink = sink;
  }

  static Parameters create(
      ModelRecipe recipe, List<ModelModality> modalities, long seed, NDManager manager) {
    Parameters parameters = new Parameters(manager);
    describe(recipe, modalities, seed, TensorSink.into(parameters));
    return parameters;
  }

  /** Hands over all tensors of a model. */
  static void describe(
      ModelRecipe recipe, List<ModelModality> modalities, long seed, TensorSink sink) {
    ModelWeights weights = new ModelWeights(recipe, seed, sink);
    weights.normal("mask_token", new Shape(1, 1, recipe.dim()));
    if (recipe.registerTokens() > 0) {
      weights.normal("register_tokens", new Shape(1, recipe.registerTokens(), recipe.dim()));
    }
    modalities.forEach(weights::encoderEmbedding);
    modalities.forEach(weights::decoderEmbedding);
    for (int i = 0; i < recipe.encoderLayers(); i++) {
      weights.encoderBlock("encoder." + i + ".");
    }
    weights.norm("encoder_norm");
    weights.contextProjection();
    for (int i = 0; i < recipe.decoderLayers(); i++) {
      weights.decoderBlock("decoder." + i + ".");
    }
    weights.norm("decoder_norm");
  }

  /** Only what reads one modality: its embedding, the encoder's blocks and, if asked, the norm. */
  static Parameters createEncoder(
      ModelRecipe recipe, ModelModality modality, boolean norm, long seed, NDManager manager) {
    Parameters parameters = new Parameters(manager);
    ModelWeights weights = new ModelWeights(recipe, seed, TensorSink.into(parameters));
    weights.encoderEmbedding(modality);
    for (int i = 0; i < recipe.encoderLayers(); i++) {
      weights.encoderBlock("encoder." + i + ".");
    }
    if (norm) {
      weights.norm("encoder_norm");
    }
    return parameters;
  }

  private void encoderEmbedding(ModelModality modality) {
    if (!modality.declaration().isInput()) {
      return;
    }
    String prefix = encoderPrefix(modality);
    int dim = recipe.dim();
    normal(prefix + "mod_emb", new Shape(1, 1, dim));
    positions(prefix, modality);
    if (modality.kind() instanceof Kind.PixelPatches pixels) {
      matrix(prefix + "proj", dim, pixels.channels() * pixels.patch() * pixels.patch(), 1, false);
    } else if (modality.kind() instanceof Kind.EmbeddingSequence vectors) {
      matrix(prefix + "emb_proj", dim, vectors.dim(), 1, true);
    } else {
      String table = prefix + "token_emb.weight";
      double deviation = aligned() ? ALIGNED_DEVIATION : EMBEDDING_DEVIATION;
      normal(table, new Shape(modality.vocabulary(), dim), deviation);
    }
  }

  private void decoderEmbedding(ModelModality modality) {
    if (!modality.declaration().isOutput()) {
      return;
    }
    String prefix = decoderPrefix(modality);
    int dim = recipe.dim();
    if (!SharedTensors.isEmbeddingShared(recipe, modality)) {
      normal(prefix + "mod_emb", new Shape(1, 1, dim));
    }
    positions(prefix, modality);
    String table = prefix + "token_emb.weight";
    if (recipe.tiedHeads()) {
      // One tensor is both: drawn as the linear layer that it also is.
      matrix(prefix + "token_emb", modality.vocabulary(), dim, 1, false);
    } else {
      normal(table, new Shape(modality.vocabulary(), dim));
      matrix(prefix + "to_logits", modality.vocabulary(), dim, 1, false);
    }
  }

  private void positions(String prefix, ModelModality modality) {
    String name = prefix + "pos_emb";
    int dim = recipe.dim();
    Kind kind = modality.kind();
    if (isLearned(modality)) {
      normal(name, new Shape(1, modality.positions(), dim));
    } else if (kind instanceof Kind.PixelPatches pixels) {
      grid(name, pixels.rows(), pixels.columns());
    } else if (kind instanceof Kind.TokenGrid grid) {
      grid(name, grid.rows(), grid.columns());
    } else {
      int count = modality.positions();
      sink.buffer(name, new Shape(1, count, dim), () -> PositionTables.line(count, dim));
    }
  }

  private boolean isLearned(ModelModality modality) {
    return recipe.learnedPositions()
        || modality.kind() instanceof Kind.TokenGrid grid
            && grid.positions() == Kind.Positions.LEARNED;
  }

  private void grid(String name, int rows, int columns) {
    sink.buffer(
        name,
        new Shape(1, (long) rows * columns, recipe.dim()),
        () -> PositionTables.grid(rows, columns, recipe.dim()));
  }

  private void encoderBlock(String prefix) {
    norm(prefix + "norm1");
    selfAttention(prefix + "attn.");
    norm(prefix + "norm2");
    feedForward(prefix + "mlp.");
  }

  private void decoderBlock(String prefix) {
    norm(prefix + "norm1");
    selfAttention(prefix + "self_attn.");
    norm(prefix + "query_norm");
    norm(prefix + "context_norm");
    int dim = recipe.dim();
    crossAttention(prefix + "cross_attn.");
    matrix(prefix + "cross_attn.proj", dim, dim, 1, recipe.hasProjBias());
    queryKeyNorms(prefix + "cross_attn.");
    norm(prefix + "norm2");
    feedForward(prefix + "mlp.");
  }

  private void crossAttention(String prefix) {
    int dim = recipe.dim();
    matrix(prefix + "q", dim, dim, 1, recipe.hasQkvBias(), this::align);
    matrix(prefix + "kv", 2 * dim, dim, 2, recipe.hasQkvBias(), this::align);
  }

  private void align(float[] values) {
    if (aligned()) {
      PositionAlignment.alignHeads(values, recipe.dim(), recipe.heads());
    }
  }

  private boolean aligned() {
    return recipe.init().equals("aligned");
  }

  /** The projection of the encoder's output, to which positions are added. */
  private void contextProjection() {
    int dim = recipe.dim();
    matrix(
        "decoder_proj_context",
        dim,
        dim,
        1,
        true,
        values -> {
          if (aligned()) {
            PositionAlignment.clearPositions(values, dim, recipe.heads());
          }
        });
  }

  private void selfAttention(String prefix) {
    int dim = recipe.dim();
    matrix(prefix + "qkv", 3 * dim, dim, 3, recipe.hasQkvBias());
    matrix(prefix + "proj", dim, dim, 1, recipe.hasProjBias());
    queryKeyNorms(prefix);
  }

  private void queryKeyNorms(String prefix) {
    if (recipe.qkNorm()) {
      int width = recipe.dim() / recipe.heads();
      norm(prefix + "q_norm", width);
      norm(prefix + "k_norm", width);
    }
  }

  private void feedForward(String prefix) {
    int dim = recipe.dim();
    int hidden = recipe.hidden();
    matrix(prefix + "fc1", hidden, dim, 1, recipe.hasMlpBias());
    if (recipe.gated()) {
      matrix(prefix + "fc3", hidden, dim, 1, recipe.hasMlpBias());
    }
    matrix(prefix + "fc2", dim, hidden, 1, recipe.hasMlpBias());
  }

  private void norm(String name) {
    norm(name, recipe.dim());
  }

  private void norm(String name, int width) {
    Shape shape = new Shape(width);
    sink.weight(name + ".weight", shape, () -> InitialValues.constant(width, 1));
    if (recipe.hasNormBias()) {
      sink.weight(name + ".bias", shape, () -> InitialValues.constant(width, 0));
    } else {
      // Published checkpoints carry the absent bias as zeros.
      sink.buffer(name + ".bias", shape, () -> InitialValues.constant(width, 0));
    }
  }

  private void matrix(String name, int out, int in, int packed, boolean bias) {
    matrix(name, out, in, packed, bias, values -> {});
  }

  private void matrix(
      String name, int out, int in, int packed, boolean bias, Consumer<float[]> change) {
    String weight = name + ".weight";
    sink.weight(
        weight,
        new Shape(out, in),
        () -> {
          float[] values = init.xavier(weight, out, in, packed);
          change.accept(values);
          return values;
        });
    if (bias) {
      sink.weight(name + ".bias", new Shape(out), () -> InitialValues.constant(out, 0));
    }
  }

  private void normal(String name, Shape shape) {
    normal(name, shape, EMBEDDING_DEVIATION);
  }

  private void normal(String name, Shape shape, double deviation) {
    sink.weight(name, shape, () -> init.normal(name, shape.size(), deviation));
  }

  static String encoderPrefix(ModelModality modality) {
    return "encoder_embeddings." + modality.key() + ".";
  }

  static String decoderPrefix(ModelModality modality) {
    return "decoder_embeddings." + modality.key() + ".";
  }
}
