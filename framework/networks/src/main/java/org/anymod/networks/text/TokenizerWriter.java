package org.anymod.networks.text;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes vocabularies in the JSON form of the Hugging Face tokenizers library. */
final class TokenizerWriter {
  private TokenizerWriter() {}

  /** The same vocabulary always gives the same bytes: fixed key order, entries by id. */
  static byte[] toJson(List<String> tokens, List<AddedToken> added, int maxWordCharacters) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes, JsonEncoding.UTF8)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField(TokenizerJson.VERSION, TokenizerJson.VERSION_1);
      json.writeNullField(TokenizerJson.TRUNCATION);
      json.writeNullField(TokenizerJson.PADDING);
      writeAdded(json, added);
      writeProcedure(json);
      writeModel(json, tokens, maxWordCharacters);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a byte array takes every write", e);
    }
    return bytes.toByteArray();
  }

  private static void writeAdded(JsonGenerator json, List<AddedToken> added) throws IOException {
    json.writeArrayFieldStart(TokenizerJson.ADDED_TOKENS);
    for (AddedToken token : added) {
      json.writeStartObject();
      json.writeNumberField(TokenizerJson.ID, token.id());
      json.writeStringField(TokenizerJson.CONTENT, token.content());
      json.writeBooleanField(TokenizerJson.SINGLE_WORD, token.singleWord());
      json.writeBooleanField(TokenizerJson.LSTRIP, false);
      json.writeBooleanField(TokenizerJson.RSTRIP, false);
      json.writeBooleanField(TokenizerJson.NORMALIZED, token.normalized());
      json.writeBooleanField(TokenizerJson.SPECIAL, true);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeProcedure(JsonGenerator json) throws IOException {
    json.writeObjectFieldStart(TokenizerJson.NORMALIZER);
    json.writeStringField(TokenizerJson.TYPE, TokenizerJson.BERT_NORMALIZER);
    json.writeBooleanField(TokenizerJson.CLEAN_TEXT, true);
    json.writeBooleanField(TokenizerJson.CHINESE, true);
    json.writeNullField(TokenizerJson.STRIP_ACCENTS);
    json.writeBooleanField(TokenizerJson.LOWERCASE, true);
    json.writeEndObject();
    json.writeObjectFieldStart(TokenizerJson.PRE_TOKENIZER);
    json.writeStringField(TokenizerJson.TYPE, TokenizerJson.BERT_PRE_TOKENIZER);
    json.writeEndObject();
    json.writeNullField(TokenizerJson.POST_PROCESSOR);
    json.writeObjectFieldStart(TokenizerJson.DECODER);
    json.writeStringField(TokenizerJson.TYPE, TokenizerJson.WORD_PIECE);
    json.writeStringField(TokenizerJson.PREFIX, WordPieces.CONTINUATION);
    json.writeBooleanField(TokenizerJson.CLEANUP, true);
    json.writeEndObject();
  }

  private static void writeModel(JsonGenerator json, List<String> tokens, int maxWordCharacters)
      throws IOException {
    json.writeObjectFieldStart(TokenizerJson.MODEL);
    json.writeStringField(TokenizerJson.TYPE, TokenizerJson.WORD_PIECE);
    json.writeStringField(TokenizerJson.UNK_TOKEN, TextTokenizer.UNK);
    json.writeStringField(TokenizerJson.CONTINUING_PREFIX, WordPieces.CONTINUATION);
    json.writeNumberField(TokenizerJson.MAX_WORD, maxWordCharacters);
    json.writeObjectFieldStart(TokenizerJson.VOCAB);
    for (int id = 0; id < tokens.size(); id++) {
      json.writeNumberField(tokens.get(id), id);
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  /**
   * The file is there whole or not at all: written beside its place, forced to disk, then moved.
   */
  static void write(byte[] json, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path draft = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".tmp");
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(json);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(
          draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
