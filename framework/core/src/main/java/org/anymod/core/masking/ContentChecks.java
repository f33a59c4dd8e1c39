package org.anymod.core.masking;

import java.util.List;
import org.anymod.spi.Kind;

/** Finds contents that do not suit the modalities of a plan. */
final class ContentChecks {
  private ContentChecks() {}

  static void check(List<MaskedModalitySpec> modalities, Content[] contents) {
    if (contents.length != modalities.size()) {
      throw new IllegalArgumentException(
          "the sample has contents for "
              + contents.length
              + " modalities, the plan has "
              + modalities.size());
    }
    for (int i = 0; i < contents.length; i++) {
      Kind kind = modalities.get(i).declaration().kind();
      if (contents[i] != null && !suits(contents[i], kind)) {
        throw new IllegalArgumentException(
            modalities.get(i).declaration().key()
                + ": the sample has a "
                + contents[i].getClass().getSimpleName()
                + ", which does not suit a modality of kind "
                + kind.getClass().getSimpleName());
      }
    }
  }

  private static boolean suits(Content content, Kind kind) {
    if (content instanceof Content.Sequence) {
      return kind instanceof Kind.TextSequence || kind instanceof Kind.TokenSequence;
    }
    if (content instanceof Content.Vectors) {
      return kind instanceof Kind.EmbeddingSequence;
    }
    return kind instanceof Kind.PixelPatches || kind instanceof Kind.TokenGrid;
  }
}
