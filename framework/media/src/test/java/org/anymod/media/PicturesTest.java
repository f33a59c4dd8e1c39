package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.CRC32;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {
  /** 3 x 2 pixels, colours (10,20,30), (200,100,50), (0,0,255), indices 0 1 2 / 2 1 0 in 2 bits. */
  private static final byte[] PALETTE_PNG =
      base64(
          "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAgMAAADgGo6JAAAACVBMVEUKFB7IZDIAAP8/dCnv"
              + "AAAADElEQVR4nGOQYJgAAADcAKls58AjAAAAAElFTkSuQmCC");

  /** 3 x 2 pixels of 1 bit: 0 1 0 / 1 0 1. */
  private static final byte[] ONE_BIT_PNG =
      base64(
          "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACAQAAAAC1D1u3AAAADElEQVR4nGNwYFgAAAFkAOGR"
              + "Ot8sAAAAAElFTkSuQmCC");

  /** 2 x 1 pixels of gray and alpha: (7, 0), (200, 128). */
  private static final byte[] GRAY_ALPHA_PNG =
      base64(
          "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABCAQAAABeK7cBAAAADUlEQVR4nGNgZzjRAAACMQFQ"
              + "TUpRCgAAAABJRU5ErkJggg==");

  /** 2 x 1 pixels of 16 bits: 65535, 257. */
  private static final byte[] GRAY_16_PNG =
      base64(
          "iVBORw0KGgoAAAANSUhEUgAAAAIAAAABEAAAAACB2fwVAAAADUlEQVR4nGP4/5+REQAHAQIB"
              + "5oYU4AAAAABJRU5ErkJggg==");

  @ParameterizedTest
  @CsvSource({"1,8", "3,8", "1,16", "3,16"})
  void writesAndReadsBackEveryLevel(int channels, int bits) throws InvalidDataException {
    Value.Raster raster = random(channels, 13, 17, bits);
    byte[] png = Pictures.encodePng(raster, bits);
    Value.Raster back = channels == 1 ? Pictures.decodeGray(png) : Pictures.decodeColor(png);
    assertThat(back.data()).containsExactly(raster.data());
    assertThat(back.height()).isEqualTo(13);
    assertThat(back.width()).isEqualTo(17);
  }

  @Test
  void readsJpegCloseToWhatWasWritten() throws InvalidDataException {
    float[] data = new float[3 * 32 * 32];
    for (int i = 0; i < data.length; i++) {
      data[i] = (i % 32) / 31f;
    }
    byte[] jpeg = Pictures.encodeJpeg(new Value.Raster(3, 32, 32, data), 0.95f);
    float[] back = Pictures.decodeColor(jpeg).data();
    for (int i = 0; i < data.length; i++) {
      assertThat(back[i]).isBetween(data[i] - 0.03f, data[i] + 0.03f);
    }
  }

  @Test
  void clipsWhatLiesOutsideTheRange() throws InvalidDataException {
    Value.Raster raster = new Value.Raster(1, 1, 2, new float[] {-0.5f, 1.5f});
    assertThat(Pictures.decodeGray(Pictures.encodePng(raster, 8)).data()).containsExactly(0, 1);
  }

  @Test
  void expandsPalettes() throws InvalidDataException {
    Value.Raster raster = Pictures.decodeColor(PALETTE_PNG);
    assertThat(raster.at(0, 0, 0)).isEqualTo(10 / 255f);
    assertThat(raster.at(1, 0, 1)).isEqualTo(100 / 255f);
    assertThat(raster.at(2, 1, 0)).isEqualTo(1);
  }

  @Test
  void dropsAlphaAndReplicatesGray() throws InvalidDataException {
    float[] expected = {7 / 255f, 200 / 255f, 7 / 255f, 200 / 255f, 7 / 255f, 200 / 255f};
    assertThat(Pictures.decodeColor(GRAY_ALPHA_PNG).data()).containsExactly(expected);
  }

  @Test
  void readsSixteenAndOneBit() throws InvalidDataException {
    assertThat(Pictures.decodeGray(GRAY_16_PNG).data()).containsExactly(1, 257 / 65535f);
    assertThat(Pictures.decodeGray(ONE_BIT_PNG).data()).containsExactly(0, 1, 0, 1, 0, 1);
  }

  @Test
  void takesPaletteIndicesAndGrayValuesAsClasses() throws InvalidDataException {
    assertThat(Pictures.decodeClassMap(PALETTE_PNG).data()).containsExactly(0, 1, 2, 2, 1, 0);
    assertThat(Pictures.decodeClassMap(ONE_BIT_PNG).data()).containsExactly(0, 1, 0, 1, 0, 1);
    int[] all = new int[256];
    Arrays.setAll(all, i -> i);
    Value.ClassMap map = new Value.ClassMap(16, 16, all);
    assertThat(Pictures.decodeClassMap(Pictures.encodePng(map)).data()).containsExactly(all);
  }

  @Test
  void refusesClassMapsThatAreNoIndices() {
    byte[] rgb = Pictures.encodePng(random(3, 4, 4, 8), 8);
    assertThatThrownBy(() -> Pictures.decodeClassMap(rgb))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("3 channels of 8 bits")
        .hasMessageContaining("single channel");
    assertThatThrownBy(() -> Pictures.decodeClassMap(GRAY_16_PNG)).hasMessageContaining("16 bits");
    assertThatThrownBy(() -> Pictures.decodeClassMap(Pictures.encodeJpeg(random(1, 8, 8, 8), 1)))
        .hasMessageContaining("is a JPEG file");
    assertThatThrownBy(() -> Pictures.encodePng(new Value.ClassMap(1, 2, new int[] {0, 256})))
        .hasMessageContaining("class 256 at row 0, column 1");
  }

  @Test
  void readsGrayFromColourOnlyWhereThereIsNone() throws InvalidDataException {
    float[] data = {0.2f, 0.4f, 0.2f, 0.4f, 0.2f, 0.4f};
    byte[] png = Pictures.encodePng(new Value.Raster(3, 1, 2, data), 8);
    assertThat(Pictures.decodeGray(png).data()).containsExactly(51 / 255f, 102 / 255f);
    data[5] = 1;
    byte[] coloured = Pictures.encodePng(new Value.Raster(3, 1, 2, data), 8);
    assertThatThrownBy(() -> Pictures.decodeGray(coloured))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("row 0, column 1");
  }

  @Test
  void refusesHugePicturesByTheirHeader() {
    byte[] png = header(100_000, 100_000);
    assertThatThrownBy(() -> Pictures.decodeColor(png))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("100000 x 100000")
        .hasMessageContaining("16384");
    assertThatThrownBy(() -> Pictures.decodeColor(header(16_384, 16_384)))
        .hasMessageContaining("67108864 in all");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "GIF89a.......", "not a picture"})
  void refusesOtherFiles(String content) {
    assertThatThrownBy(() -> Pictures.decodeColor(content.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining("must be PNG or JPEG");
  }

  @Test
  void refusesFilesThatAreCutOff() {
    Value.Raster raster = random(3, 40, 40, 8);
    for (byte[] file :
        new byte[][] {Pictures.encodePng(raster, 8), Pictures.encodeJpeg(raster, 1)}) {
      for (int tenths = 1; tenths < 10; tenths++) {
        byte[] cut = Arrays.copyOf(file, file.length * tenths / 10);
        assertThatThrownBy(() -> Pictures.decodeColor(cut))
            .isInstanceOf(InvalidDataException.class);
      }
    }
  }

  @Test
  void reportsDamagedFilesInNoOtherWay() {
    Random random = new Random(5);
    Value.Raster raster = random(3, 24, 24, 8);
    byte[][] files = {
      Pictures.encodePng(raster, 8), Pictures.encodeJpeg(raster, 0.8f), PALETTE_PNG, GRAY_16_PNG
    };
    int refused = 0;
    for (int n = 0; n < 2000; n++) {
      byte[] file = files[n % files.length].clone();
      for (int k = 0; k < 3; k++) {
        file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Pictures.decodeColor(file).channels()).isEqualTo(3);
      } catch (InvalidDataException e) {
        assertThat(e).hasMessageNotContaining("null");
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(100);
  }

  private static Value.Raster random(int channels, int height, int width, int bits) {
    Random random = new Random(height * 31L + width);
    float scale = (1 << bits) - 1;
    float[] data = new float[channels * height * width];
    for (int i = 0; i < data.length; i++) {
      data[i] = random.nextInt(1 << bits) / scale;
    }
    return new Value.Raster(channels, height, width, data);
  }

  private static byte[] header(int width, int height) {
    ByteBuffer chunk = ByteBuffer.allocate(17);
    chunk.put("IHDR".getBytes(StandardCharsets.US_ASCII)).putInt(width).putInt(height);
    chunk.put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.array());
    ByteBuffer file = ByteBuffer.allocate(33);
    file.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}).putInt(13);
    file.put(chunk.array()).putInt((int) crc.getValue());
    return file.array();
  }

  private static byte[] base64(String text) {
    return Base64.getDecoder().decode(text);
  }
}
