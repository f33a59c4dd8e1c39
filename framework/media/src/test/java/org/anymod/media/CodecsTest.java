package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec.ClassMapSpec;
import org.anymod.spi.ValueSpec.StructuredSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
  private static final Codec TEXT = new TextCodec("caption");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a dog",
        "a dog\n",
        "two\nlines",
        " padded ",
        "\"quoted\"",
        "\"A dog\" he said, \"and a cat\"",
        "{not json",
        "{\"caption\": \"x\"}",
        "[\"x\"]",
        "[]",
        "[S_1] a dog",
        "[sound] of rain",
        "東京 😀"
      })
  void textSurvivesItsFile(String text) throws InvalidDataException {
    Value value = new Value.Text(text);
    assertThat(TEXT.decode(TEXT.encode(value))).isEqualTo(value);
  }

  @Test
  void randomTextSurvivesItsFile() throws InvalidDataException {
    String pool = "ab \n\r\"[]{}\\,:é1";
    for (int seed = 0; seed < 2000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int i = random.nextInt(7); i > 0; i--) {
        text.append(pool.charAt(random.nextInt(pool.length())));
      }
      Value value = new Value.Text(text.toString());
      assertThat(TEXT.decode(TEXT.encode(value))).as("seed %d", seed).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a dog\" | a dog",
        "{\"score\": 1, \"caption\": \"a dog\"} | a dog",
        "[\"a dog\", \"a cat\"] | a dog",
        "[{\"caption\": \"a dog\"}, {\"caption\": \"a cat\"}] | a dog",
        "a dog | a dog",
      })
  void textIsReadFromEveryForm(String file, String expected) throws Exception {
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    assertThat(TEXT.decode(bytes)).isEqualTo(new Value.Text(expected));
    assertThat(TEXT.decode(gzip(bytes))).isEqualTo(new Value.Text(expected));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"text\": \"a\"} | must have 'caption'",
        "{\"caption\": 3} | the text is 3",
        "{\"caption\": | line 1",
        "[[1]] | must be a JSON string",
        "[] | at least one text",
      })
  void textFilesOfWrongFormAreRefused(String file, String message) {
    assertThatThrownBy(() -> TEXT.decode(file.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void textBytesThatAreNoTextAreRefused() throws IOException {
    assertThatThrownBy(() -> TEXT.decode(new byte[] {'a', (byte) 0xFF}))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("UTF-8");
    assertThatThrownBy(() -> TEXT.decode(new byte[(1 << 20) + 1])).hasMessageContaining("longer");
    byte[] bomb = gzip(new byte[50 << 20]);
    assertThatThrownBy(() -> TEXT.decode(bomb)).hasMessageContaining("longer");
    assertThatThrownBy(() -> TEXT.decode(new byte[] {0x1F, (byte) 0x8B, 0}))
        .hasMessageContaining("gzip");
  }

  @Test
  void classMapsOutsideTheLabelsAreRefused() throws InvalidDataException {
    Codec codec = new ClassMapCodec(new ClassMapSpec(List.of("a", "b"), OptionalInt.empty()));
    Value.ClassMap good = new Value.ClassMap(1, 3, new int[] {0, 1, 1});
    assertThat(((Value.ClassMap) codec.decode(codec.encode(good))).data()).containsExactly(0, 1, 1);
    byte[] bad = Pictures.encodePng(new Value.ClassMap(2, 2, new int[] {0, 1, 0, 2}));
    assertThatThrownBy(() -> codec.decode(bad))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("class 2 at row 1, column 1 is outside 0 to 1");
  }

  @Test
  void imagesKeepTheBitsOfTheirCodec() throws InvalidDataException {
    Value.Raster fine = new Value.Raster(1, 1, 2, new float[] {257 / 65535f, 300 / 65535f});
    Codec deep = ImageCodec.gray(16);
    assertThat(((Value.Raster) deep.decode(deep.encode(fine))).data()).containsExactly(fine.data());
    assertThatThrownBy(() -> ImageCodec.gray(12)).hasMessage("bits is 12, must be 8 or 16");
    assertThat(ImageCodec.color().extensions()).containsExactly("png", "jpg", "jpeg");
  }

  @Test
  void documentsThatDoNotFitAreRefused() throws InvalidDataException {
    StructuredSpec onlyLists =
        tree -> tree instanceof List ? Optional.empty() : Optional.of("must be a list");
    Codec codec = new JsonCodec(onlyLists);
    Value value = new Value.Structured(List.of(Map.of("a", 1L)));
    assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    assertThatThrownBy(() -> codec.decode("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("must be a list");
    assertThatThrownBy(() -> codec.decode("3".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("must be an object or a list");
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(out)) {
      stream.write(bytes);
    }
    return out.toByteArray();
  }
}
