package org.anymod.core.checkpoint;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A name of a tensor, taken apart.
 *
 * @param room which part of the model it belongs to
 * @param owner model key of a modality, number of a block, or empty
 * @param part what it is there, such as {@code token_emb.weight}
 */
record TensorName(Room room, String owner, String part) {
  static final String TABLE = "token_emb.weight";
  static final String HEAD = "to_logits.weight";
  static final String MODALITY = "mod_emb";
  static final String POSITIONS = "pos_emb";

  private static final Pattern EMBEDDING =
      Pattern.compile(
          "(encoder|decoder)_embeddings\\.(.+)\\.(mod_emb|pos_emb|token_emb\\.weight|to_logits\\.weight"
              + "|proj\\.weight|emb_proj(\\.\\d+)?\\.(weight|bias))");
  private static final Pattern BLOCK = Pattern.compile("(encoder|decoder)\\.(\\d{1,6})\\.(.+)");
  private static final Pattern NORM_BIAS = Pattern.compile("(.*[._])?norm\\d?\\.bias");

  /** Parts of a model. */
  enum Room {
    ENCODER_EMBEDDINGS,
    ENCODER,
    DECODER_EMBEDDINGS,
    DECODER,
    OTHER;

    boolean isEmbeddings() {
      return this == ENCODER_EMBEDDINGS || this == DECODER_EMBEDDINGS;
    }
  }

  static TensorName of(String name) {
    Matcher embedding = EMBEDDING.matcher(name);
    if (embedding.matches()) {
      Room room =
          embedding.group(1).equals("encoder") ? Room.ENCODER_EMBEDDINGS : Room.DECODER_EMBEDDINGS;
      return new TensorName(room, embedding.group(2), embedding.group(3));
    }
    Matcher block = BLOCK.matcher(name);
    if (block.matches()) {
      Room room = block.group(1).equals("encoder") ? Room.ENCODER : Room.DECODER;
      return new TensorName(room, block.group(2), block.group(3));
    }
    return new TensorName(Room.OTHER, "", name);
  }

  /** The modality it embeds; empty for all other tensors. */
  Optional<String> modality() {
    return room.isEmbeddings() ? Optional.of(owner) : Optional.empty();
  }

  /** Everything before the part: what belongs to one modality on one side, or to one block. */
  String family() {
    return switch (room) {
      case ENCODER_EMBEDDINGS -> "encoder_embeddings." + owner;
      case DECODER_EMBEDDINGS -> "decoder_embeddings." + owner;
      case ENCODER -> "encoder." + owner;
      case DECODER -> "decoder." + owner;
      case OTHER -> "";
    };
  }

  static boolean isNormBias(String name) {
    return NORM_BIAS.matcher(name).matches();
  }
}
