package org.anymod.core.tokenize;

import ai.djl.ndarray.NDArray;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.anymod.spi.Tokenizer;

/**
 * Identity of a tokenizer: a hash of its tensors, so that tokens made with other weights are
 * recognised.
 */
public final class TokenizerIdentity {
  private TokenizerIdentity() {}

  /**
   * Computes the identity.
   *
   * @param tokenizer the tokenizer
   * @return SHA-256 over names, shapes and numbers in code point order of the names, 64 hexadecimal
   *     digits
   */
  public static String of(Tokenizer tokenizer) {
    MessageDigest digest = sha256();
    for (Map.Entry<String, NDArray> entry : new TreeMap<>(tokenizer.state()).entrySet()) {
      digest.update(entry.getKey().getBytes(StandardCharsets.UTF_8));
      digest.update(entry.getValue().getShape().toString().getBytes(StandardCharsets.UTF_8));
      digest.update(entry.getValue().toByteBuffer(false));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }
}
