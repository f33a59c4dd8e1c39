package org.anymod.core.tokenize;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.anymod.core.data.TokenContract;
import org.anymod.core.modality.ModalitySet;
import org.anymod.core.modality.UsedModality;
import org.anymod.spi.Kind;
import org.anymod.spi.Tokenizer;

/** What the stored form of each modality must agree with: tokenizer, sizes, value range, crops. */
public final class TokenContracts {
  private TokenContracts() {}

  /**
   * Builds the contracts of a run.
   *
   * @param modalities the modality set
   * @param plan how crops are made
   * @param tokenizers trained tokenizers by model key
   * @param store knows the settings of the tokenizers
   * @return contracts by model key
   */
  public static Map<String, TokenContract> of(
      ModalitySet modalities,
      CroppedValues.CropPlan plan,
      Map<String, Tokenizer> tokenizers,
      TokenizerStore store) {
    Map<String, TokenContract> contracts = new LinkedHashMap<>();
    for (UsedModality modality : modalities.stored()) {
      contracts.put(modality.key(), of(modality, plan, tokenizers.get(modality.key()), store));
    }
    return contracts;
  }

  /**
   * Builds the contract of one modality.
   *
   * @param modality the modality
   * @param plan how crops are made
   * @param tokenizer its trained tokenizer; null where it has none
   * @param store knows the settings of the tokenizers
   * @return the contract
   */
  public static TokenContract of(
      UsedModality modality,
      CroppedValues.CropPlan plan,
      Tokenizer tokenizer,
      TokenizerStore store) {
    String identity =
        tokenizer == null
            ? hash(modality.declaration().kind().toString())
            : store.identity(modality, tokenizer);
    Kind kind = modality.declaration().kind();
    boolean grid = kind instanceof Kind.TokenGrid;
    return new TokenContract(
        TokenContract.VERSION,
        modality.key(),
        kind.getClass().getSimpleName(),
        tokenizer == null ? 1 : tokenizer.vocabulary(),
        grid ? ((Kind.TokenGrid) kind).rows() : 1,
        grid ? ((Kind.TokenGrid) kind).columns() : kind.maxTokens(),
        identity,
        modality.tokenizer().map(use -> use.factory().family()).orElse("none"),
        TokenizerIdentity.summary(modality.modality().value()),
        modality.resolution(),
        plan.count(),
        plan.minScale(),
        plan.flip(),
        plan.seed());
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }
}
