package org.anymod.networks.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.anymod.spi.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizerReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TextTokenizer TOKENIZER = Vocabularies.with("a", "##b");

  private static ObjectNode document() throws IOException {
    return (ObjectNode) JSON.readTree(TOKENIZER.toJson());
  }

  private static TextTokenizer parse(JsonNode document) throws IOException, InvalidDataException {
    return TextTokenizer.parse(JSON.writeValueAsBytes(document), "words.json");
  }

  private static void assertRefused(JsonNode document, String... parts) {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> parse(document))
        .withMessageStartingWith("words.json: ")
        .withMessageContainingAll(parts);
  }

  @Test
  void takesTheFormThatNewerLibrariesWriteAndTheOlderOneWithoutModelType() throws Exception {
    ObjectNode document = document();
    assertThat(parse(document).identity()).isEqualTo(TOKENIZER.identity());
    ((ObjectNode) document.get("model")).remove("type");
    ((ObjectNode) document.get("normalizer")).put("strip_accents", true);
    document.remove("padding");
    assertThat(parse(document).identity()).isEqualTo(TOKENIZER.identity());
  }

  @Test
  void doesNotMindTheOrderOfEntries() throws Exception {
    ObjectNode document = document();
    ObjectNode vocab = (ObjectNode) document.at("/model/vocab");
    JsonNode first = vocab.remove("[PAD]");
    vocab.set("[PAD]", first);
    ArrayNode added = (ArrayNode) document.get("added_tokens");
    added.add(added.remove(0));
    assertThat(parse(document).identity()).isEqualTo(TOKENIZER.identity());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "-           | version                   | \"2.0\"",
        "-           | truncation                | {\"max_length\": 512}",
        "-           | padding                   | {\"strategy\": \"BatchLongest\"}",
        "-           | post_processor            | {\"type\": \"BertProcessing\"}",
        "-           | normalizer                | null",
        "-           | added_tokens              | {}",
        "-           | extra                     | 1",
        "normalizer    | type                      | \"NFKC\"",
        "normalizer    | clean_text                | false",
        "normalizer    | handle_chinese_chars      | false",
        "normalizer    | strip_accents             | false",
        "normalizer    | lowercase                 | false",
        "normalizer    | extra                     | 1",
        "pre_tokenizer | type                      | \"Whitespace\"",
        "pre_tokenizer | extra                     | 1",
        "decoder       | type                      | \"BPEDecoder\"",
        "decoder       | prefix                    | \"@@\"",
        "decoder       | cleanup                   | false",
        "model         | type                      | \"BPE\"",
        "model         | unk_token                 | \"<unk>\"",
        "model         | continuing_subword_prefix | \"@@\"",
        "model         | max_input_chars_per_word  | 0",
        "model         | max_input_chars_per_word  | 1e9",
        "model         | merges                    | []",
        "model         | vocab                     | []",
        "model         | vocab                     | {}"
      })
  void refusesWhateverAsksForAnotherProcedure(String parent, String key, String value)
      throws IOException {
    ObjectNode document = document();
    ObjectNode at = parent == null ? document : (ObjectNode) document.get(parent);
    at.set(key, JSON.readTree(value));
    assertRefused(document, parent == null ? key : parent + "." + key);
  }

  @ParameterizedTest
  @CsvSource({
    "lstrip, true",
    "rstrip, true",
    "single_word, 1",
    "normalized, null",
    "special, null",
    "content, \"[pad]\"",
    "id, 13",
    "id, -1",
    "id, 1.5",
    "id, 99999999999",
    "extra, 1"
  })
  void refusesOddAddedTokens(String key, String value) throws IOException {
    ObjectNode document = document();
    ((ObjectNode) document.at("/added_tokens/0")).set(key, JSON.readTree(value));
    assertRefused(document, "added_tokens[0].");
  }

  @Test
  void refusesAnAddedTokenThatIsListedTwice() throws IOException {
    ObjectNode document = document();
    ArrayNode added = (ArrayNode) document.get("added_tokens");
    added.add(added.get(3));
    assertRefused(document, "added_tokens[11]", "\"[EOS]\" is listed twice");
  }

  @Test
  void refusesIdsWithGapsOrTwins() throws IOException {
    ObjectNode gap = document();
    ((ObjectNode) gap.at("/model/vocab")).put("a", 13);
    assertRefused(gap, "model.vocab.a", "found 13", "0 to 12");
    ObjectNode twins = document();
    ((ObjectNode) twins.at("/model/vocab")).put("a", 12);
    assertRefused(twins, "model.vocab", "\"a\"", "\"##b\"", "same id 12");
  }

  @Test
  void refusesVocabulariesWithoutControlTokens() throws IOException {
    ObjectNode document = document();
    ((ObjectNode) document.at("/model/vocab")).remove("[EOS]");
    ((ObjectNode) document.at("/model/vocab")).put("b", 3);
    ((ArrayNode) document.get("added_tokens")).remove(3);
    assertRefused(document, "model.vocab", "no [EOS]");
  }

  @Test
  void refusesEmptyAndEndlessEntries() throws IOException {
    ObjectNode empty = document();
    ((ObjectNode) empty.at("/model/vocab")).put("", 13);
    assertRefused(empty, "model.vocab", "0 characters");
    ObjectNode endless = document();
    ((ObjectNode) endless.at("/model/vocab")).put("a".repeat(1001), 13);
    assertRefused(endless, "model.vocab", "1001 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "12",
        "{",
        "{\"version\": \"1.0\", \"version\": \"1.0\"}",
        "{} {}",
        "{\"a\": [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}"
      })
  void refusesWhatIsNoSuchJson(String text) {
    assertThatExceptionOfType(InvalidDataException.class)
        .isThrownBy(() -> TextTokenizer.parse(text.getBytes(StandardCharsets.UTF_8), "words.json"))
        .withMessageStartingWith("words.json: ");
  }

  @Test
  void refusesAFileCutShortAnywhere() {
    byte[] whole = TOKENIZER.toJson();
    for (int length = 0; length < whole.length - 1; length += 7) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatExceptionOfType(InvalidDataException.class)
          .isThrownBy(() -> TextTokenizer.parse(cut, "words.json"));
    }
  }

  @Test
  void saysWhichFileIsMissing(@TempDir Path folder) {
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> TextTokenizer.read(folder.resolve("none.json")))
        .withMessageContaining("none.json");
  }
}
