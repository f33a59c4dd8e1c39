package org.anymod.networks.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.anymod.spi.InvalidDataException;

/**
 * Reads vocabularies in the JSON form of the Hugging Face tokenizers library. Whatever would ask
 * for another procedure than {@link TextTokenizer}'s is refused by name instead of being passed
 * over.
 */
final class TokenizerReader {
  static final int MAX_BYTES = 64 << 20;
  static final int MAX_ENTRIES = 1 << 20;
  static final int MAX_TOKEN_CHARACTERS = 1000;
  static final int MAX_WORD_CHARACTERS = 10_000;

  private static final ObjectMapper JSON = mapper();

  private final JsonChecks checks;

  private TokenizerReader(String name) {
    checks = new JsonChecks(name);
  }

  static TextTokenizer read(Path file) throws IOException, InvalidDataException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    return parse(bytes, file.toString());
  }

  static TextTokenizer parse(byte[] json, String name) throws InvalidDataException {
    if (json.length > MAX_BYTES) {
      throw new InvalidDataException(
          name + ": larger than the " + MAX_BYTES + " bytes that a vocabulary may have");
    }
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new InvalidDataException(
          name + ": no JSON of a tokenizer: " + e.getOriginalMessage() + where(e), e);
    } catch (IOException e) {
      throw new InvalidDataException(name + ": no JSON of a tokenizer: " + e.getMessage(), e);
    }
    return new TokenizerReader(name).tokenizer(root);
  }

  private static String where(JsonProcessingException e) {
    return e.getLocation() == null ? "" : " at line " + e.getLocation().getLineNr();
  }

  private static ObjectMapper mapper() {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(16)
            .maxNameLength(MAX_TOKEN_CHARACTERS * 4)
            .maxStringLength(MAX_TOKEN_CHARACTERS * 4)
            .maxNumberLength(20)
            .build();
    // A fresh entry name for each vocabulary entry would only fill the table that shares names.
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(limits)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();
    return JsonMapper.builder(factory)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
        .build();
  }

  private TextTokenizer tokenizer(JsonNode root) throws InvalidDataException {
    checks.object(root, "");
    checks.onlyKeys(
        root,
        "",
        TokenizerJson.VERSION,
        TokenizerJson.TRUNCATION,
        TokenizerJson.PADDING,
        TokenizerJson.ADDED_TOKENS,
        TokenizerJson.NORMALIZER,
        TokenizerJson.PRE_TOKENIZER,
        TokenizerJson.POST_PROCESSOR,
        TokenizerJson.DECODER,
        TokenizerJson.MODEL);
    checks.text(root, "", TokenizerJson.VERSION, TokenizerJson.VERSION_1);
    checks.absent(root, "", TokenizerJson.TRUNCATION);
    checks.absent(root, "", TokenizerJson.PADDING);
    checks.absent(root, "", TokenizerJson.POST_PROCESSOR);
    checkNormalizer(checks.child(root, "", TokenizerJson.NORMALIZER));
    checkPreTokenizer(checks.child(root, "", TokenizerJson.PRE_TOKENIZER));
    checkDecoder(checks.child(root, "", TokenizerJson.DECODER));
    JsonNode model = checks.child(root, "", TokenizerJson.MODEL);
    int maxWord = checkModel(model);
    List<String> tokens = tokens(checks.child(model, TokenizerJson.MODEL, TokenizerJson.VOCAB));
    List<AddedToken> added = added(checks.list(root, TokenizerJson.ADDED_TOKENS), tokens);
    for (String needed : TextTokenizer.CONTROL) {
      if (!tokens.contains(needed)) {
        throw checks.fault("model.vocab", "has no " + needed + ", which every vocabulary needs");
      }
    }
    return new TextTokenizer(tokens, added, maxWord);
  }

  private void checkNormalizer(JsonNode node) throws InvalidDataException {
    String at = TokenizerJson.NORMALIZER;
    checks.text(node, at, TokenizerJson.TYPE, TokenizerJson.BERT_NORMALIZER);
    checks.onlyKeys(
        node,
        at,
        TokenizerJson.TYPE,
        TokenizerJson.CLEAN_TEXT,
        TokenizerJson.CHINESE,
        TokenizerJson.STRIP_ACCENTS,
        TokenizerJson.LOWERCASE);
    checks.flag(node, at, TokenizerJson.CLEAN_TEXT, true);
    checks.flag(node, at, TokenizerJson.CHINESE, true);
    checks.flag(node, at, TokenizerJson.LOWERCASE, true);
    // Null means "as lowercase says".
    if (!checks.isAbsent(node, TokenizerJson.STRIP_ACCENTS)) {
      checks.flag(node, at, TokenizerJson.STRIP_ACCENTS, true);
    }
  }

  private void checkPreTokenizer(JsonNode node) throws InvalidDataException {
    String at = TokenizerJson.PRE_TOKENIZER;
    checks.text(node, at, TokenizerJson.TYPE, TokenizerJson.BERT_PRE_TOKENIZER);
    checks.onlyKeys(node, at, TokenizerJson.TYPE);
  }

  private void checkDecoder(JsonNode node) throws InvalidDataException {
    String at = TokenizerJson.DECODER;
    checks.text(node, at, TokenizerJson.TYPE, TokenizerJson.WORD_PIECE);
    checks.onlyKeys(node, at, TokenizerJson.TYPE, TokenizerJson.PREFIX, TokenizerJson.CLEANUP);
    checks.text(node, at, TokenizerJson.PREFIX, WordPieces.CONTINUATION);
    checks.flag(node, at, TokenizerJson.CLEANUP, true);
  }

  private int checkModel(JsonNode node) throws InvalidDataException {
    String at = TokenizerJson.MODEL;
    // Older files leave the type out.
    if (!checks.isAbsent(node, TokenizerJson.TYPE)) {
      checks.text(node, at, TokenizerJson.TYPE, TokenizerJson.WORD_PIECE);
    }
    checks.onlyKeys(
        node,
        at,
        TokenizerJson.TYPE,
        TokenizerJson.UNK_TOKEN,
        TokenizerJson.CONTINUING_PREFIX,
        TokenizerJson.MAX_WORD,
        TokenizerJson.VOCAB);
    checks.text(node, at, TokenizerJson.UNK_TOKEN, TextTokenizer.UNK);
    checks.text(node, at, TokenizerJson.CONTINUING_PREFIX, WordPieces.CONTINUATION);
    return checks.number(node, at, TokenizerJson.MAX_WORD, 1, MAX_WORD_CHARACTERS);
  }

  private List<String> tokens(JsonNode vocab) throws InvalidDataException {
    String at = "model.vocab";
    if (vocab.isEmpty() || vocab.size() > MAX_ENTRIES) {
      throw checks.fault(at, "has " + vocab.size() + " entries, allowed 1 to " + MAX_ENTRIES);
    }
    String[] tokens = new String[vocab.size()];
    for (Map.Entry<String, JsonNode> entry : vocab.properties()) {
      String token = entry.getKey();
      if (token.isEmpty() || token.length() > MAX_TOKEN_CHARACTERS) {
        throw checks.fault(
            at,
            "an entry has " + token.length() + " characters, allowed 1 to " + MAX_TOKEN_CHARACTERS);
      }
      int id = checks.number(vocab, at, token, 0, tokens.length - 1);
      if (tokens[id] != null) {
        throw checks.fault(
            at, "\"" + tokens[id] + "\" and \"" + token + "\" have the same id " + id);
      }
      tokens[id] = token;
    }
    return Arrays.asList(tokens);
  }

  private List<AddedToken> added(JsonNode list, List<String> tokens) throws InvalidDataException {
    if (list.size() > tokens.size()) {
      throw checks.fault(
          TokenizerJson.ADDED_TOKENS,
          "has " + list.size() + " entries, but the vocabulary only " + tokens.size());
    }
    boolean[] seen = new boolean[tokens.size()];
    List<AddedToken> added = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      String at = TokenizerJson.ADDED_TOKENS + "[" + i + "]";
      AddedToken token = addedToken(list.get(i), at, tokens);
      if (seen[token.id()]) {
        throw checks.fault(at, "\"" + token.content() + "\" is listed twice");
      }
      seen[token.id()] = true;
      added.add(token);
    }
    added.sort(Comparator.comparingInt(AddedToken::id));
    return added;
  }

  private AddedToken addedToken(JsonNode node, String at, List<String> tokens)
      throws InvalidDataException {
    checks.object(node, at);
    checks.onlyKeys(
        node,
        at,
        TokenizerJson.ID,
        TokenizerJson.CONTENT,
        TokenizerJson.SINGLE_WORD,
        TokenizerJson.LSTRIP,
        TokenizerJson.RSTRIP,
        TokenizerJson.NORMALIZED,
        TokenizerJson.SPECIAL);
    int id = checks.number(node, at, TokenizerJson.ID, 0, tokens.size() - 1);
    // An id of its own would be an entry that pieces of words can never be; files in use have none.
    checks.text(node, at, TokenizerJson.CONTENT, tokens.get(id));
    checks.flag(node, at, TokenizerJson.LSTRIP, false);
    checks.flag(node, at, TokenizerJson.RSTRIP, false);
    // Whether a token counts as special plays no part: decoding keeps all of them.
    checks.flag(node, at, TokenizerJson.SPECIAL);
    return new AddedToken(
        id,
        tokens.get(id),
        checks.flag(node, at, TokenizerJson.SINGLE_WORD),
        checks.flag(node, at, TokenizerJson.NORMALIZED));
  }
}
