package org.anymod.networks.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * The fingerprint of a vocabulary: SHA-256 over every entry with its length, the added tokens with
 * their flags, and limits.
 */
final class VocabularyDigest {
  private final MessageDigest digest;

  private VocabularyDigest() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }

  static String of(List<String> tokens, List<AddedToken> added, int maxWordCharacters) {
    VocabularyDigest result = new VocabularyDigest();
    result.number(tokens.size());
    for (String token : tokens) {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      result.number(bytes.length);
      result.digest.update(bytes);
    }
    result.number(added.size());
    for (AddedToken token : added) {
      result.number(token.id());
      result.number((token.singleWord() ? 1 : 0) | (token.normalized() ? 2 : 0));
    }
    result.number(maxWordCharacters);
    return HexFormat.of().formatHex(result.digest.digest());
  }

  private void number(int value) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
  }
}
