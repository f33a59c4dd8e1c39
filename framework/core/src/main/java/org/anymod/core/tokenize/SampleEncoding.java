package org.anymod.core.tokenize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;

/** Encodes the values of several samples in one pass of each tokenizer. */
final class SampleEncoding {
  private final Map<String, Tokenizer> tokenizers;

  SampleEncoding(Map<String, Tokenizer> tokenizers) {
    this.tokenizers = tokenizers;
  }

  /** Adds what is stored of some modalities to samples whose values are read. */
  void encode(List<PreparedSample> samples, List<UsedModality> missing) {
    for (UsedModality modality : missing) {
      String key = modality.key();
      if (!samples.get(0).values().containsKey(key)) {
        continue;
      }
      List<Value> all = new ArrayList<>();
      samples.forEach(sample -> all.addAll(sample.values().get(key)));
      Optional<PartCodes> codes = PartCodes.of(modality, tokenizers.get(key));
      if (codes.isPresent()) {
        packTexts(modality, samples, codes.get().filled(all));
        continue;
      }
      int[][] tokens = tokenizers.get(key).encode(all);
      int row = 0;
      for (PreparedSample sample : samples) {
        int count = sample.values().get(key).size();
        int[][] own = new int[count][];
        System.arraycopy(tokens, row, own, 0, count);
        row += count;
        sample.put(key, StoredTokens.pack(own));
      }
    }
  }

  private static void packTexts(
      UsedModality modality, List<PreparedSample> samples, List<Value> values) {
    int at = 0;
    for (PreparedSample sample : samples) {
      int count = sample.values().get(modality.key()).size();
      List<Value> own = values.subList(at, at + count);
      sample.entries().put(modality.key(), StoredTexts.pack(modality, sample.name(), own));
      at += count;
    }
  }
}
