package org.anymod.core.tokenize;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.anymod.core.modality.TokenizerUse;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.ValueSpec;

/**
 * Identity of a tokenizer: a hash of all that decides which tokens a value gets. Two tokenizers
 * with the same identity give the same tokens; those with equal weights but other settings, another
 * range of values or another grid have another identity.
 */
public final class TokenizerIdentity {
  private final MessageDigest digest;

  private TokenizerIdentity() {
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }

  /**
   * Computes the identity.
   *
   * @param modality what is tokenized
   * @param recipe its settings, which count where the tokenizer does not tell its traits
   * @param tokenizer the tokenizer
   * @return SHA-256 over family, values, grid, resolution, traits, and the names, shapes and
   *     numbers of the tensors, 64 hexadecimal digits
   */
  public static String of(UsedModality modality, TokenizerRecipe recipe, Tokenizer tokenizer) {
    TokenizerIdentity identity = new TokenizerIdentity();
    TokenizerUse use = modality.tokenizer().orElseThrow();
    identity.add("family", use.factory().family());
    identity.add("values", summary(use.value()));
    identity.add("kind", use.declaration().kind().toString());
    identity.add("resolution", Integer.toString(use.resolution()));
    identity.add("vocabulary", Integer.toString(tokenizer.vocabulary()));
    Map<String, String> traits = tokenizer.traits();
    new TreeMap<>(traits).forEach((name, trait) -> identity.add("trait " + name, trait));
    if (traits.isEmpty()) {
      new TreeMap<>(recipe.settings())
          .forEach((name, value) -> identity.add("setting " + name, String.valueOf(value)));
    }
    for (Map.Entry<String, NDArray> entry : new TreeMap<>(tokenizer.state()).entrySet()) {
      NDArray tensor = entry.getValue();
      identity.add("tensor " + entry.getKey(), tensor.getShape() + " " + tensor.getDataType());
      identity.digest.update(tensor.toByteBuffer(false));
    }
    return HexFormat.of().formatHex(identity.digest.digest());
  }

  /** Values in words. A structured document is checked by its plugin and has no short form. */
  static String summary(ValueSpec spec) {
    return spec instanceof Record ? spec.toString() : "structured";
  }

  /** A name and a text with their lengths, so that no two lists of them look the same. */
  private void add(String name, String text) {
    for (String part : new String[] {name, text}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
  }
}
