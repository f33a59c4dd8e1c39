package org.anymod.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Set;

/**
 * How a modality enters a model under one key: the numbers from which the host builds embeddings,
 * masks and heads.
 *
 * @param key the model key: a modality name, optionally followed by {@code @} and a resolution, as
 *     in {@code tok_depth@224}
 * @param kind kind and sizes
 * @param roles whether the model may read it, predict it or both; pixel patches and embedding
 *     sequences are input only
 */
public record Declaration(String key, Kind kind, Set<Role> roles) {

  /** What a model may do with a modality. */
  public enum Role {
    /** The model may condition on it. */
    INPUT,
    /** The model may predict it. */
    OUTPUT
  }

  /** Checks that key, kind and roles are present and do not contradict each other. */
  public Declaration {
    Checks.present("key", key);
    Checks.present("kind", kind);
    Checks.present("roles", roles);
    roles = Set.copyOf(roles);
    if (roles.isEmpty()) {
      throw new IllegalArgumentException(
          key + ": roles are empty, must contain INPUT, OUTPUT or both");
    }
    boolean inputOnly = kind instanceof Kind.PixelPatches || kind instanceof Kind.EmbeddingSequence;
    if (inputOnly && roles.contains(Role.OUTPUT)) {
      throw new IllegalArgumentException(
          key
              + ": "
              + kind.getClass().getSimpleName()
              + " can only be an input, but roles are "
              + roles);
    }
  }

  /**
   * Declares a modality that the model may read and predict.
   *
   * @param key the model key
   * @param kind kind and sizes
   * @return the declaration
   */
  public static Declaration inputAndOutput(String key, Kind kind) {
    return new Declaration(key, kind, Set.of(Role.INPUT, Role.OUTPUT));
  }

  /**
   * Declares a modality that the model only reads.
   *
   * @param key the model key
   * @param kind kind and sizes
   * @return the declaration
   */
  public static Declaration inputOnly(String key, Kind kind) {
    return new Declaration(key, kind, Set.of(Role.INPUT));
  }

  /**
   * Returns whether the model may condition on this modality.
   *
   * @return true if the roles contain {@link Role#INPUT}
   */
  public boolean isInput() {
    return roles.contains(Role.INPUT);
  }

  /**
   * Returns whether the model may predict this modality.
   *
   * @return true if the roles contain {@link Role#OUTPUT}
   */
  public boolean isOutput() {
    return roles.contains(Role.OUTPUT);
  }

  /**
   * Returns the number that tags tokens of this modality inside a batch.
   *
   * @return the last 15 bits of the SHA-256 of the key's UTF-8 bytes, 0 to 32767
   */
  public int id() {
    return idOf(key);
  }

  /**
   * Returns the number that tags tokens of the modality with the given key inside a batch.
   *
   * @param key a model key
   * @return the last 15 bits of the SHA-256 of the key's UTF-8 bytes, 0 to 32767
   */
  public static int idOf(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
      return ((digest[30] & 0x7F) << 8) | (digest[31] & 0xFF);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform provides SHA-256", e);
    }
  }
}
