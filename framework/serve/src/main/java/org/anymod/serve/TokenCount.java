package org.anymod.serve;

import java.util.List;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.training.TextCodes;
import org.anymod.spi.Kind;
import org.anymod.spi.Value;
import org.anymod.torch.StreamRandom;

/** How many tokens of the model a value stands for. */
final class TokenCount {
  private final TextCodes text;

  TokenCount(TextCodes text) {
    this.text = text;
  }

  long of(UsedModality modality, Value value) {
    Kind kind = modality.declaration().kind();
    if (!(kind instanceof Kind.TextSequence)) {
      return kind.maxTokens();
    }
    List<int[]> chunks = text.write(modality, value, StreamRandom.at(0, "token count"));
    return Math.min(kind.maxTokens(), 1 + chunks.stream().mapToLong(chunk -> chunk.length).sum());
  }
}
