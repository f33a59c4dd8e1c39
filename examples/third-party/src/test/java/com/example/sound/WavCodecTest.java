package com.example.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class WavCodecTest {
  private static final WavCodec WAV = new WavCodec();
  private static final Value.Raster SILENCE = new Value.Raster(1, 64, 64, new float[64 * 64]);

  @Test
  void aToneLandsOnItsBandAndNoOther() throws InvalidDataException {
    for (int band : new int[] {0, 1, 20, 62, 63}) {
      float[] data = new float[64 * 64];
      Arrays.fill(data, (63 - band) * 64, (64 - band) * 64, 0.5f);
      Value.Raster tone = new Value.Raster(1, 64, 64, data);
      Value.Raster back = (Value.Raster) WAV.decode(WAV.encode(tone));
      for (int i = 0; i < data.length; i++) {
        assertThat(back.data()[i])
            .as("band %d, element %d", band, i)
            .isCloseTo(data[i], within(0.02f));
      }
    }
  }

  @Test
  void aSineOfKnownPitchIsMeasured() {
    float[] samples = new float[Spectrum.LENGTH];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = (float) (Math.sin(2 * Math.PI * 21 * 31.25 * n / Spectrum.RATE) / 64);
    }
    Value.Raster found = Spectrum.of(samples);
    assertThat(found.at(0, 63 - 10, 30)).isCloseTo(0.5f, within(1e-3f));
    assertThat(found.at(0, 63 - 12, 30)).isLessThan(1e-2f);
  }

  @Test
  void writesAFileThatSaysWhatItIs() {
    byte[] file = WAV.encode(SILENCE);
    assertThat(file).hasSize(44 + 2 * Spectrum.LENGTH).startsWith('R', 'I', 'F', 'F');
    ByteBuffer head = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(head.getInt(4)).isEqualTo(file.length - 8);
    assertThat(head.getInt(24)).isEqualTo(8000);
  }

  @Test
  void picturesOfOtherSizesCanBeHeardToo() throws InvalidDataException {
    Value.Raster small = new Value.Raster(1, 32, 32, new float[32 * 32]);
    assertThat(((Value.Raster) WAV.decode(WAV.encode(small))).height()).isEqualTo(64);
  }

  @Test
  void namesWhatIsWrongWithAFile() {
    refused(new byte[3], "is no WAV file of 3 bytes");
    byte[] file = WAV.encode(SILENCE);
    refused(Arrays.copyOf(file, 1000), "chunk 'data' claims 16640 bytes, 956 follow");
    refused(changed(file, 22, (byte) 9), "9 channels");
    refused(
        changed(file, 24, (byte) 0x44), "allowed are PCM (1), 16 bits, 1 or 2 channels and 8000");
    refused(changed(file, 36, (byte) 'x'), "has no chunk 'data'");
    refused(changed(file, 43, (byte) 0xFF), "claims");
  }

  private static byte[] changed(byte[] file, int at, byte value) {
    byte[] copy = file.clone();
    copy[at] = value;
    return copy;
  }

  private static void refused(byte[] file, String message) {
    assertThatThrownBy(() -> WAV.decode(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(message);
  }
}
