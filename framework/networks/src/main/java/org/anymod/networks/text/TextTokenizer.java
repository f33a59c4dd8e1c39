package org.anymod.networks.text;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.anymod.spi.InvalidDataException;

/**
 * Turns text into WordPiece ids and back: the vocabulary that all text-like modalities of a model
 * share. Immutable and safe for use by several threads.
 *
 * <p>Encoding (arXiv 2406.09406, appendix D): special words such as sentinels and {@code v0=12} are
 * cut out of the raw text; the rest is normalised as uncased BERT does; class words are cut out of
 * that; what remains is split into words and each word into the longest pieces known. A word with
 * an unknown character becomes {@code [UNK]} as a whole.
 *
 * <p>Reads and writes the JSON form of the Hugging Face tokenizers library, as far as it describes
 * this procedure.
 */
public final class TextTokenizer {
  static final String PAD = "[PAD]";
  static final String UNK = "[UNK]";
  static final String SOS = "[SOS]";
  static final String EOS = "[EOS]";
  static final List<String> CONTROL = List.of(PAD, UNK, SOS, EOS);

  private final List<String> tokens;
  private final List<AddedToken> added;
  private final int maxWordCharacters;
  private final Map<String, Integer> ids;
  private final Sentinels sentinels;
  private final AddedTokens specials;
  private final WordPieces pieces;
  private final String[] spaced;
  private final String identity;

  TextTokenizer(List<String> tokens, List<AddedToken> added, int maxWordCharacters) {
    this.tokens = List.copyOf(tokens);
    this.added = List.copyOf(added);
    this.maxWordCharacters = maxWordCharacters;
    this.ids = new HashMap<>(tokens.size() * 2);
    for (int id = 0; id < tokens.size(); id++) {
      ids.put(tokens.get(id), id);
    }
    this.sentinels = Sentinels.of(tokens);
    this.specials = new AddedTokens(this.added);
    this.pieces = new WordPieces(this.tokens, idOf(UNK), maxWordCharacters);
    this.spaced = this.tokens.stream().map(WordPieces::following).toArray(String[]::new);
    this.identity = VocabularyDigest.of(this.tokens, this.added, maxWordCharacters);
    idOf(PAD);
    idOf(SOS);
    idOf(EOS);
  }

  /**
   * Reads a vocabulary file.
   *
   * @param file a JSON file of the Hugging Face tokenizers library
   * @return the tokenizer
   * @throws IOException if the file cannot be read
   * @throws InvalidDataException if it is no such file or asks for a procedure other than this
   *     class's; the message names the file, the key, what was found and what is allowed
   */
  public static TextTokenizer read(Path file) throws IOException, InvalidDataException {
    return TokenizerReader.read(file);
  }

  /**
   * Reads a vocabulary.
   *
   * @param json content of a JSON file of the Hugging Face tokenizers library, UTF-8
   * @param name what to call it in messages
   * @return the tokenizer
   * @throws InvalidDataException as {@link #read} does
   */
  public static TextTokenizer parse(byte[] json, String name) throws InvalidDataException {
    return TokenizerReader.parse(json, name);
  }

  /**
   * Writes the vocabulary file: first under a temporary name in the same folder, then moved to its
   * place at once.
   *
   * @param file where to write; replaced if it exists
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    TokenizerWriter.write(toJson(), file);
  }

  /**
   * Returns the content of the vocabulary file.
   *
   * @return JSON in UTF-8; the same vocabulary always gives the same bytes
   */
  public byte[] toJson() {
    return TokenizerWriter.toJson(tokens, added, maxWordCharacters);
  }

  /**
   * Encodes a text. Adds no special tokens of its own.
   *
   * @param text any characters
   * @return ids, each 0 to {@code size() - 1}; none for empty text
   */
  public int[] encode(String text) {
    IdBuffer out = new IdBuffer();
    specials.split(text, pieces.appendingTo(out));
    return out.toArray();
  }

  /**
   * Decodes ids: words joined by spaces, continued pieces glued, no space before {@code . , ? !}.
   * Special tokens are kept and written as they are.
   *
   * @param ids ids, each 0 to {@code size() - 1}
   * @return the text
   * @throws IllegalArgumentException if an id is outside the vocabulary
   */
  public String decode(int[] ids) {
    StringBuilder out = new StringBuilder(ids.length * 6);
    for (int i = 0; i < ids.length; i++) {
      String token = tokenOf(ids[i]);
      out.append(i == 0 ? token : spaced[ids[i]]);
    }
    return out.toString();
  }

  /**
   * Returns the number of different ids.
   *
   * @return vocabulary size
   */
  public int size() {
    return tokens.size();
  }

  /**
   * Returns the id of a vocabulary entry.
   *
   * @param token the entry exactly as the vocabulary spells it, such as {@code [S_1]}, {@code
   *     v0=12} or {@code ##ing}
   * @return its id
   * @throws IllegalArgumentException if there is no such entry
   */
  public int idOf(String token) {
    return find(token)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the vocabulary of " + size() + " entries has no \"" + token + "\""));
  }

  /**
   * Looks up a vocabulary entry.
   *
   * @param token the entry exactly as the vocabulary spells it
   * @return its id, empty if there is no such entry
   */
  public OptionalInt find(String token) {
    Integer id = ids.get(token);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /**
   * Returns a vocabulary entry.
   *
   * @param id 0 to {@code size() - 1}
   * @return the entry
   * @throws IllegalArgumentException if the id is outside the vocabulary
   */
  public String tokenOf(int id) {
    if (id < 0 || id >= tokens.size()) {
      throw new IllegalArgumentException(
          "id " + id + " is outside the vocabulary, 0 to " + (tokens.size() - 1));
    }
    return tokens.get(id);
  }

  /**
   * Returns the id that fills unused places.
   *
   * @return the id of {@code [PAD]}
   */
  public int pad() {
    return ids.get(PAD);
  }

  /**
   * Returns the id of words that cannot be written with the vocabulary.
   *
   * @return the id of {@code [UNK]}
   */
  public int unk() {
    return ids.get(UNK);
  }

  /**
   * Returns the id that marks the start of a sequence.
   *
   * @return the id of {@code [SOS]}
   */
  public int sos() {
    return ids.get(SOS);
  }

  /**
   * Returns the id that marks the end of a sequence.
   *
   * @return the id of {@code [EOS]}
   */
  public int eos() {
    return ids.get(EOS);
  }

  /**
   * Returns the id of a sentinel, which stands for a missing span.
   *
   * @param k number of the sentinel, 0 to {@code sentinels() - 1}; masking begins with 1
   * @return the id of {@code [S_k]}
   * @throws IllegalArgumentException if the vocabulary has no such sentinel
   */
  public int sentinel(int k) {
    return sentinels.id(k);
  }

  /**
   * Returns the number of sentinels.
   *
   * @return how many of {@code [S_0], [S_1], ...} the vocabulary has without a gap
   */
  public int sentinels() {
    return sentinels.count();
  }

  /**
   * Returns whether an id is a sentinel.
   *
   * @param id any number
   * @return true if it is the id of some {@code [S_k]}
   */
  public boolean isSentinel(int id) {
    return sentinels.numberOf(id) >= 0;
  }

  /**
   * Returns the number of a sentinel.
   *
   * @param id the id of a sentinel
   * @return the number k of {@code [S_k]}
   * @throws IllegalArgumentException if the id is no sentinel
   */
  public int sentinelNumber(int id) {
    int number = sentinels.numberOf(id);
    if (number < 0) {
      throw new IllegalArgumentException(
          "id " + id + " is not a sentinel [S_0] to [S_" + (sentinels() - 1) + "]");
    }
    return number;
  }

  /**
   * Returns how many ids at the beginning of the vocabulary are control tokens: {@code [PAD] [UNK]
   * [SOS] [EOS]} and the sentinels. Codes of other vocabularies are shifted by this number where
   * they share the control tokens.
   *
   * @return one more than the largest id of a control token
   */
  public int controlTokens() {
    int largest = Math.max(Math.max(pad(), unk()), Math.max(sos(), eos()));
    return 1 + Math.max(largest, sentinels.largestId());
  }

  /**
   * Returns a fingerprint of everything that encoding depends on.
   *
   * @return SHA-256 of the vocabulary in a canonical form, 64 hexadecimal digits
   */
  public String identity() {
    return identity;
  }

  @Override
  public String toString() {
    return "TextTokenizer[" + size() + " entries, " + identity.substring(0, 12) + "]";
  }
}
