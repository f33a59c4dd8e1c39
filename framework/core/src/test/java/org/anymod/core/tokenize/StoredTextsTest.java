package org.anymod.core.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.anymod.core.data.Entry;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.pipeline.TextModalities;
import org.anymod.spi.Declaration;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class StoredTextsTest {
  private static UsedModality used(Modality modality) {
    Kind kind = new Kind.TextSequence(16, 16);
    Declaration declaration = Declaration.inputAndOutput(modality.name(), kind);
    return new UsedModality(modality, declaration, 8, Optional.empty(), modality.name());
  }

  private static Value document(Object... elements) {
    return new Value.Structured(List.of(elements));
  }

  @Test
  void keepsOneJsonDocumentForEachCrop() throws Exception {
    UsedModality dots = used(TextModalities.documentsOfCrops());
    List<Value> crops =
        List.of(document(Map.of("x", 1L)), document(), document(Map.of("x", 2L), "a \"b\" [,]"));
    Entry entry = StoredTexts.pack(dots, "s1", crops);
    assertThat(entry.fileName()).isEqualTo("s1.json");
    assertThat(new String(entry.bytes(), StandardCharsets.UTF_8))
        .isEqualTo("[[{\"x\":1}],[],[{\"x\":2},\"a \\\"b\\\" [,]\"]]");
    for (int i = 0; i < crops.size(); i++) {
      assertThat(StoredTexts.crop(dots, entry.bytes(), i)).isEqualTo(crops.get(i));
    }
    assertThatThrownBy(() -> StoredTexts.crop(dots, entry.bytes(), 3))
        .hasMessage("has 3 crops, crop 3 is not in it");
  }

  @Test
  void keepsOtherFilesInBase64() throws Exception {
    UsedModality phrases = used(TextModalities.phrasesOfCrops());
    List<Value> crops = List.of(new Value.Text("left \u00e9"), new Value.Text(""));
    Entry entry = StoredTexts.pack(phrases, "s1", crops);
    assertThat(entry.fileName()).isEqualTo("s1.json");
    assertThat(StoredTexts.crop(phrases, entry.bytes(), 0)).isEqualTo(crops.get(0));
    assertThat(StoredTexts.crop(phrases, entry.bytes(), 1)).isEqualTo(crops.get(1));
  }

  @Test
  void keepsTheFileItselfWhereCropsDoNotMatter() throws Exception {
    UsedModality phrases = used(TextModalities.phrases());
    Value text = new Value.Text("the left half");
    Entry entry = StoredTexts.pack(phrases, "s1", List.of(text));
    assertThat(entry.fileName()).isEqualTo("s1.txt");
    assertThat(StoredTexts.crop(phrases, entry.bytes(), 7)).isEqualTo(text);
  }

  @Test
  void damagedFilesAreReportedAsSuch() {
    UsedModality dots = used(TextModalities.documentsOfCrops());
    UsedModality phrases = used(TextModalities.phrasesOfCrops());
    byte[] json =
        StoredTexts.pack(dots, "s", List.of(document(Map.of("x", 1L)), document(3L, "b"))).bytes();
    byte[] text =
        StoredTexts.pack(phrases, "s", List.of(new Value.Text("a"), new Value.Text("bcd"))).bytes();
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = (i % 2 == 0 ? json : text).clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      byte[] damaged = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
      try {
        StoredTexts.crop(i % 2 == 0 ? dots : phrases, damaged, random.nextInt(3));
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
