package org.anymod.core.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  private final ModelRecipe recipe;
  private final InitialValues init;
  private final Parameters parameters;

  private ModelWeights(ModelRecipe recipe, long seed, NDManager manager) {
    this.recipe = recipe;
    this.init = new InitialValues(seed);
    this.parameters = new Parameters(manager);
  }

  static Parameters create(
      ModelRecipe recipe, List<ModelModality> modalities, long seed, NDManager manager) {
    ModelWeights weights = new ModelWeights(recipe, seed, manager);
    weights.normal("mask_token", new Shape(1, 1, recipe.dim()));
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
    return weights.parameters;
  }

  /** Only what reads one modality: its embedding, the encoder's blocks and, if asked, the norm. */
  static Parameters createEncoder(
      ModelRecipe recipe, ModelModality modality, boolean norm, long seed, NDManager manager) {
    ModelWeights weights = new ModelWeights(recipe, seed, manager);
    weights.encoderEmbedding(modality);
    for (int i = 0; i < recipe.encoderLayers(); i++) {
      weights.encoderBlock("encoder." + i + ".");
    }
    if (norm) {
      weights.norm("encoder_norm");
    }
    return weights.parameters;
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
      normal(prefix + "token_emb.weight", new Shape(modality.vocabulary(), dim));
    }
  }

  private void decoderEmbedding(ModelModality modality) {
    if (!modality.declaration().isOutput()) {
      return;
    }
    String prefix = decoderPrefix(modality);
    int dim = recipe.dim();
    if (!modality.declaration().isInput()) {
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
    if (kind instanceof Kind.PixelPatches pixels) {
      grid(name, pixels.rows(), pixels.columns());
    } else if (kind instanceof Kind.TokenGrid grid) {
      if (grid.positions() == Kind.Positions.LEARNED) {
        normal(name, new Shape(1, grid.maxTokens(), dim));
      } else {
        grid(name, grid.rows(), grid.columns());
      }
    } else {
      int count = ModelModality.SEQUENCE_POSITIONS;
      parameters.buffer(name, new Shape(1, count, dim), PositionTables.line(count, dim));
    }
  }

  private void grid(String name, int rows, int columns) {
    parameters.buffer(
        name,
        new Shape(1, (long) rows * columns, recipe.dim()),
        PositionTables.grid(rows, columns, recipe.dim()));
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
    matrix(prefix + "cross_attn.proj", dim, dim, 1, recipe.bias());
    queryKeyNorms(prefix + "cross_attn.");
    norm(prefix + "norm2");
    feedForward(prefix + "mlp.");
  }

  private void crossAttention(String prefix) {
    int dim = recipe.dim();
    String query = prefix + "q.weight";
    String keyAndValue = prefix + "kv.weight";
    float[] q = init.xavier(query, dim, dim, 1);
    float[] kv = init.xavier(keyAndValue, 2L * dim, dim, 2);
    if (aligned()) {
      PositionAlignment.alignHeads(q, dim, recipe.heads());
      PositionAlignment.alignHeads(kv, dim, recipe.heads());
    }
    parameters.weight(query, new Shape(dim, dim), q);
    bias(prefix + "q", dim);
    parameters.weight(keyAndValue, new Shape(2L * dim, dim), kv);
    bias(prefix + "kv", 2 * dim);
  }

  private boolean aligned() {
    return recipe.init().equals("aligned");
  }

  private void bias(String name, int out) {
    if (recipe.bias()) {
      parameters.weight(name + ".bias", new Shape(out), InitialValues.constant(out, 0));
    }
  }

  /** The projection of the encoder's output, to which positions are added. */
  private void contextProjection() {
    int dim = recipe.dim();
    String name = "decoder_proj_context.weight";
    float[] values = init.xavier(name, dim, dim, 1);
    if (aligned()) {
      PositionAlignment.clearPositions(values, dim, recipe.heads());
    }
    parameters.weight(name, new Shape(dim, dim), values);
    parameters.weight("decoder_proj_context.bias", new Shape(dim), InitialValues.constant(dim, 0));
  }

  private void selfAttention(String prefix) {
    int dim = recipe.dim();
    matrix(prefix + "qkv", 3 * dim, dim, 3, recipe.bias());
    matrix(prefix + "proj", dim, dim, 1, recipe.bias());
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
    int hidden = (int) (dim * recipe.mlpRatio());
    if (recipe.gated()) {
      hidden = (int) (2.0 * hidden / 3);
      matrix(prefix + "fc1", hidden, dim, 1, recipe.bias());
      matrix(prefix + "fc3", hidden, dim, 1, recipe.bias());
    } else {
      matrix(prefix + "fc1", hidden, dim, 1, recipe.bias());
    }
    matrix(prefix + "fc2", dim, hidden, 1, recipe.bias());
  }

  private void norm(String name) {
    norm(name, recipe.dim());
  }

  private void norm(String name, int width) {
    parameters.weight(name + ".weight", new Shape(width), InitialValues.constant(width, 1));
    if (recipe.bias()) {
      parameters.weight(name + ".bias", new Shape(width), InitialValues.constant(width, 0));
    } else {
      // Published checkpoints carry the absent bias as zeros.
      parameters.buffer(name + ".bias", new Shape(width), InitialValues.constant(width, 0));
    }
  }

  private void matrix(String name, int out, int in, int packed, boolean bias) {
    String weight = name + ".weight";
    parameters.weight(weight, new Shape(out, in), init.xavier(weight, out, in, packed));
    if (bias) {
      parameters.weight(name + ".bias", new Shape(out), InitialValues.constant(out, 0));
    }
  }

  private void normal(String name, Shape shape) {
    parameters.weight(name, shape, init.normal(name, shape.size(), EMBEDDING_DEVIATION));
  }

  static String encoderPrefix(ModelModality modality) {
    return "encoder_embeddings." + modality.key() + ".";
  }

  static String decoderPrefix(ModelModality modality) {
    return "decoder_embeddings." + modality.key() + ".";
  }

  /** Tensors as a checkpoint holds them: shared ones under each of their names. */
  static Map<String, NDArray> checkpoint(
      ModelRecipe recipe, Parameters parameters, List<ModelModality> modalities) {
    Map<String, NDArray> state = new LinkedHashMap<>(parameters.all());
    aliases(recipe, modalities).forEach((alias, name) -> state.put(alias, parameters.get(name)));
    return state;
  }

  /** Names in a checkpoint that are other names of tensors the model has once, with these. */
  static Map<String, String> aliases(ModelRecipe recipe, List<ModelModality> modalities) {
    Map<String, String> aliases = new LinkedHashMap<>();
    for (ModelModality modality : modalities) {
      if (modality.declaration().isOutput()) {
        String prefix = decoderPrefix(modality);
        if (modality.declaration().isInput()) {
          aliases.put(prefix + "mod_emb", encoderPrefix(modality) + "mod_emb");
        }
        if (recipe.tiedHeads()) {
          aliases.put(prefix + "to_logits.weight", prefix + "token_emb.weight");
        }
      }
    }
    return aliases;
  }
}
