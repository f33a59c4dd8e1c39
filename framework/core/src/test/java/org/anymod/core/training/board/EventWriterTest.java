package org.anymod.core.training.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads event files back with a decoder of its own, made from the formats' definitions. */
class EventWriterTest {
  @TempDir Path folder;

  /** CRC-32C bit by bit: reflected, polynomial 0x1EDC6F41. */
  private static int crc(byte[] bytes) {
    int crc = -1;
    for (byte b : bytes) {
      crc ^= b & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) != 0 ? crc >>> 1 ^ 0x82F63B78 : crc >>> 1;
      }
    }
    return ~crc;
  }

  private static int unmask(int masked) {
    int rotated = masked - 0xa282ead8;
    return rotated >>> 17 | rotated << 15;
  }

  /** A field of a message: a number for varints and fixed widths, bytes otherwise. */
  private record Field(int number, long value, byte[] bytes) {}

  private static List<byte[]> records(byte[] file) {
    ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (buffer.hasRemaining()) {
      byte[] length = Arrays.copyOfRange(file, buffer.position(), buffer.position() + 8);
      byte[] record = new byte[Math.toIntExact(buffer.getLong())];
      assertThat(unmask(buffer.getInt())).isEqualTo(crc(length));
      buffer.get(record);
      assertThat(unmask(buffer.getInt())).isEqualTo(crc(record));
      records.add(record);
    }
    return records;
  }

  private static long varint(ByteBuffer buffer) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = buffer.get();
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }

  private static List<Field> fields(byte[] message) {
    ByteBuffer buffer = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    List<Field> fields = new ArrayList<>();
    while (buffer.hasRemaining()) {
      long tag = varint(buffer);
      int number = (int) (tag >>> 3);
      switch ((int) (tag & 7)) {
        case 0 -> fields.add(new Field(number, varint(buffer), null));
        case 1 -> fields.add(new Field(number, buffer.getLong(), null));
        case 5 -> fields.add(new Field(number, buffer.getInt(), null));
        case 2 -> {
          byte[] bytes = new byte[(int) varint(buffer)];
          buffer.get(bytes);
          fields.add(new Field(number, 0, bytes));
        }
        default -> throw new IllegalStateException("wire type of tag " + tag);
      }
    }
    return fields;
  }

  private static Field field(List<Field> fields, int number) {
    List<Field> found = fields.stream().filter(f -> f.number() == number).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private List<List<Field>> events() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.toList();
      assertThat(found).hasSize(1);
      assertThat(found.get(0).getFileName().toString()).contains("tfevents");
      return records(Files.readAllBytes(found.get(0))).stream()
          .map(EventWriterTest::fields)
          .toList();
    }
  }

  private static String text(Field field) {
    return new String(field.bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void checksumHasThePublishedValues() {
    byte[] ascending = new byte[32];
    byte[] descending = new byte[32];
    for (int i = 0; i < 32; i++) {
      ascending[i] = (byte) i;
      descending[i] = (byte) (31 - i);
    }
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xFF);
    // RFC 3720, appendix B.4, and the usual check value.
    Map<byte[], Integer> known = new LinkedHashMap<>();
    known.put(new byte[32], 0x8A9136AA);
    known.put(ones, 0x62A8AB43);
    known.put(ascending, 0x46DD794E);
    known.put(descending, 0x113FDB5C);
    known.put("123456789".getBytes(StandardCharsets.US_ASCII), 0xE3069283);
    known.forEach(
        (bytes, sum) -> {
          assertThat(crc(bytes)).isEqualTo(sum);
          assertThat(unmask(RecordFrame.maskedSum(bytes, 0, bytes.length))).isEqualTo(sum);
        });
  }

  @Test
  void beginsWithTheVersionOfTheFormat() throws IOException {
    EventWriter.open(folder, 0).close();
    assertThat(events()).hasSize(1);
    List<Field> first = events().get(0);
    assertThat(text(field(first, 3))).isEqualTo("brain.Event:2");
    double seconds = Double.longBitsToDouble(field(first, 1).value());
    assertThat(seconds).isBetween(1.6e9, 1e11);
  }

  @Test
  void holdsEveryFigureUnderItsTag() throws IOException {
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put("loss", 2.5);
    figures.put("loss/größe@8", -1e-7);
    try (EventWriter writer = EventWriter.open(folder, 0)) {
      writer.add(1, "train/", figures);
      writer.add(300_000_000_000L, "train/", Map.of("loss", Double.NaN));
    }
    List<List<Field>> events = events();
    assertThat(events).hasSize(3);
    assertThat(field(events.get(1), 2).value()).isOne();
    List<Field> values = fields(field(events.get(1), 5).bytes());
    assertThat(values).hasSize(2).allMatch(f -> f.number() == 1);
    List<Field> first = fields(values.get(0).bytes());
    assertThat(text(field(first, 1))).isEqualTo("train/loss");
    assertThat(Float.intBitsToFloat((int) field(first, 2).value())).isEqualTo(2.5f);
    List<Field> second = fields(values.get(1).bytes());
    assertThat(text(field(second, 1))).isEqualTo("train/loss/größe@8");
    assertThat(Float.intBitsToFloat((int) field(second, 2).value())).isEqualTo(-1e-7f);
    assertThat(field(events.get(2), 2).value()).isEqualTo(300_000_000_000L);
  }

  @Test
  void aResumedSessionSaysFromWhichStep() throws IOException {
    EventWriter.open(folder, 41).close();
    List<Field> second = events().get(1);
    assertThat(field(second, 2).value()).isEqualTo(42);
    List<Field> session = fields(field(second, 7).bytes());
    assertThat(field(session, 1).value()).isOne();
  }
}
