package com.example.sound;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anymod.media.Resampling;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Codec;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;

/**
 * WAV files (RIFF, PCM of 16 bits, one or two channels, {@value Spectrum#RATE} Hz) as spectrograms.
 * What a file loses is the phase: the sound that is written has the same loudness in each band.
 */
final class WavCodec implements Codec {
  private static final int PCM = 1;
  private static final int SAMPLE_BYTES = 2;
  private static final int MAX_SECONDS = 600;
  private static final int FORMAT_BYTES = 16;
  private static final int HEAD_BYTES = 44;

  /** What the chunk {@code fmt} says. */
  private record Format(int channels) {}

  @Override
  public List<String> extensions() {
    return List.of("wav");
  }

  @Override
  public Value decode(byte[] bytes) throws InvalidDataException {
    ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < 12 || !name(file, 0).equals("RIFF") || !name(file, 8).equals("WAVE")) {
      throw new InvalidDataException(
          "is no WAV file of " + bytes.length + " bytes, must begin with RIFF and WAVE");
    }
    Format format = null;
    long at = 12;
    while (at + 8 <= bytes.length) {
      String name = name(file, (int) at);
      long size = Integer.toUnsignedLong(file.getInt((int) at + 4));
      int from = (int) at + 8;
      if (size > bytes.length - from) {
        throw new InvalidDataException(
            "chunk '" + name + "' claims " + size + " bytes, " + (bytes.length - from) + " follow");
      }
      if (name.equals("fmt ")) {
        format = format(file, from, (int) size);
      } else if (name.equals("data")) {
        return spectrum(file, from, (int) size, format);
      }
      // Chunks begin at even places.
      at = from + size + (size & 1);
    }
    throw new InvalidDataException("has no chunk 'data' with samples");
  }

  private static String name(ByteBuffer file, int at) {
    byte[] name = new byte[4];
    file.get(at, name);
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static Format format(ByteBuffer file, int from, int size) throws InvalidDataException {
    if (size < FORMAT_BYTES) {
      throw new InvalidDataException(
          "chunk 'fmt ' has " + size + " bytes, at least " + FORMAT_BYTES + " are needed");
    }
    int encoding = Short.toUnsignedInt(file.getShort(from));
    int channels = Short.toUnsignedInt(file.getShort(from + 2));
    int rate = file.getInt(from + 4);
    int bits = Short.toUnsignedInt(file.getShort(from + 14));
    if (encoding != PCM
        || bits != 8 * SAMPLE_BYTES
        || channels < 1
        || channels > 2
        || rate != Spectrum.RATE) {
      throw new InvalidDataException(
          "has encoding "
              + encoding
              + ", "
              + bits
              + " bits, "
              + channels
              + " channels and "
              + rate
              + " Hz; allowed are PCM (1), 16 bits, 1 or 2 channels and "
              + Spectrum.RATE
              + " Hz");
    }
    return new Format(channels);
  }

  private static Value spectrum(ByteBuffer file, int from, int size, Format format)
      throws InvalidDataException {
    if (format == null) {
      throw new InvalidDataException("has samples before the chunk 'fmt ' that says what they are");
    }
    int count = size / (SAMPLE_BYTES * format.channels());
    if (count < Spectrum.WINDOW || count > MAX_SECONDS * Spectrum.RATE) {
      throw new InvalidDataException(
          "has "
              + count
              + " samples, allowed are "
              + Spectrum.WINDOW
              + " to "
              + MAX_SECONDS * Spectrum.RATE);
    }
    float[] samples = new float[count];
    for (int i = 0; i < count * format.channels(); i++) {
      float sample = file.getShort(from + i * SAMPLE_BYTES) / 32768f;
      samples[i / format.channels()] += sample / format.channels();
    }
    return Spectrum.of(samples);
  }

  @Override
  public byte[] encode(Value value) {
    Value.Raster raster =
        Resampling.BILINEAR.resize(ValueTypes.raster(value), Spectrum.BANDS, Spectrum.FRAMES);
    float[] samples = Spectrum.samples(raster);
    int size = samples.length * SAMPLE_BYTES;
    ByteBuffer file = ByteBuffer.allocate(HEAD_BYTES + size).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(HEAD_BYTES - 8 + size).put(ascii("WAVE"));
    file.put(ascii("fmt ")).putInt(FORMAT_BYTES).putShort((short) PCM).putShort((short) 1);
    file.putInt(Spectrum.RATE).putInt(Spectrum.RATE * SAMPLE_BYTES);
    file.putShort((short) SAMPLE_BYTES).putShort((short) (8 * SAMPLE_BYTES));
    file.put(ascii("data")).putInt(size);
    for (float sample : samples) {
      file.putShort((short) Math.max(-32768, Math.min(32767, Math.round(sample * 32768))));
    }
    return file.array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
