package org.anymod.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SafeTensorsTest {
  @TempDir Path folder;

  private final TensorScope scope = TensorScope.on(Device.cpu());

  @AfterEach
  void close() {
    scope.close();
  }

  private Path write(String header, byte[] data) throws IOException {
    return write(header.getBytes(StandardCharsets.UTF_8), data);
  }

  private Path write(byte[] header, byte[] data) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header).put(data);
    Path file = folder.resolve("x.safetensors");
    Files.write(file, bytes.array());
    return file;
  }

  private static byte[] shorts(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      bytes.putShort((short) value);
    }
    return bytes.array();
  }

  @Test
  void readsBackTheSameBits() throws IOException {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    tensors.put(
        "a", scope.manager().create(new float[] {1, -0f, Float.MIN_VALUE, 3e38f}, new Shape(2, 2)));
    tensors.put("b.c", scope.manager().create(new long[] {Long.MIN_VALUE, 7}));
    tensors.put("scalar", scope.manager().create(2.5f));
    tensors.put("empty", scope.manager().create(new float[0], new Shape(0, 3)));
    tensors.put("codes", scope.manager().create(new int[] {-5, Integer.MAX_VALUE}));
    tensors.put("bytes", scope.manager().create(new byte[] {-1, 3}, new Shape(2)));
    Path file = folder.resolve("m.safetensors");
    SafeTensors.write(file, tensors, Map.of("key", "ümlaut"));

    Map<String, NDArray> back = SafeTensors.read(file, scope.manager());
    assertThat(back.keySet()).containsExactlyElementsOf(tensors.keySet());
    back.forEach(
        (name, tensor) -> {
          assertThat(tensor.getShape()).isEqualTo(tensors.get(name).getShape());
          assertThat(tensor.getDataType()).isEqualTo(tensors.get(name).getDataType());
          assertThat(tensor.toByteArray()).isEqualTo(tensors.get(name).toByteArray());
        });
    assertThat(SafeTensors.header(file).metadata()).containsEntry("key", "ümlaut");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void tensorsLongerThanAPieceKeepTheirOrder() throws IOException {
    float[] values = new float[2_200_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.5f;
    }
    Path file = folder.resolve("long.safetensors");
    SafeTensorsWriter writer = new SafeTensorsWriter();
    NDArray tensor = scope.manager().create(values);
    writer.add("own", tensor);
    writer.add("half", tensor, StoredType.BF16);
    writer.write(file, Map.of());

    Map<String, NDArray> back = SafeTensors.read(file, scope.manager());
    assertThat(back.get("own").toFloatArray()).isEqualTo(values);
    float[] half = back.get("half").toFloatArray();
    for (int i = 0; i < values.length; i += 12_347) {
      assertThat(half[i]).isCloseTo(values[i], withinPercentage(0.4));
    }
    try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
      assertThat(open.isSame("own", "own")).isTrue();
      assertThat(open.isSame("own", "half")).isFalse();
    }
  }

  @Test
  void seesADifferenceInTheLastByte() throws IOException {
    float[] values = new float[100_000];
    NDArray a = scope.manager().create(values);
    values[values.length - 1] = Float.MIN_VALUE;
    Path file = folder.resolve("pair.safetensors");
    SafeTensors.write(file, Map.of("a", a, "b", scope.manager().create(values)), Map.of());
    try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
      assertThat(open.isSame("a", "b")).isFalse();
    }
  }

  @Test
  void widensHalfPrecision() throws IOException {
    // BF16 1.5 is 0x3FC0; F16 1.5 is 0x3E00, the smallest subnormal is 0x0001, minus infinity is
    // 0xFC00.
    Path file =
        write(
            "{\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[0,2]},"
                + "\"h\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[2,8]}}",
            shorts(0x3FC0, 0x3E00, 0x0001, 0xFC00));

    Map<String, NDArray> back = SafeTensors.read(file, scope.manager());
    assertThat(back.get("b").toFloatArray()).containsExactly(1.5f);
    assertThat(back.get("h").toFloatArray())
        .containsExactly(1.5f, 0x1p-24f, Float.NEGATIVE_INFINITY);
    try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
      assertThat(open.firstValues("b", 9)).containsExactly(1.5f);
      assertThat(open.firstValues("h", 2)).containsExactly(1.5f, 0x1p-24f);
    }
  }

  @Test
  void readsEveryBitPatternOfHalfPrecisionAsTheEngineDoes() throws IOException {
    int[] all = new int[65536];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    Path file =
        write(
            "{\"h\":{\"dtype\":\"F16\",\"shape\":[65536],\"data_offsets\":[0,131072]}}",
            shorts(all));
    try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
      float[] own = open.firstValues("h", all.length);
      ByteBuffer bits = ByteBuffer.allocateDirect(all.length * 2).order(ByteOrder.LITTLE_ENDIAN);
      NDArray halves =
          scope.manager().create(bits.put(shorts(all)).flip(), new Shape(65536), DataType.FLOAT16);
      float[] engine = halves.toType(DataType.FLOAT32, true).toFloatArray();
      assertThat(own).isEqualTo(engine);
    }
  }

  @Test
  void widensIntegersAndTruthValues() throws IOException {
    Path file =
        write(
            "{\"s\":{\"dtype\":\"I16\",\"shape\":[2],\"data_offsets\":[0,4]},"
                + "\"t\":{\"dtype\":\"BOOL\",\"shape\":[2],\"data_offsets\":[4,6]}}",
            shorts(-1, 300, 0x0001));
    Map<String, NDArray> back = SafeTensors.read(file, scope.manager());
    assertThat(back.get("s").toIntArray()).containsExactly(-1, 300);
    assertThat(back.get("t").getDataType()).isEqualTo(DataType.UINT8);
    assertThat(back.get("t").toByteArray()).containsExactly(1, 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = StoredType.class,
      names = {"F64", "F32", "F16", "BF16"})
  void storesNumbersThatATypeHoldsExactly(StoredType type) throws IOException {
    Path file = folder.resolve("t.safetensors");
    SafeTensorsWriter writer = new SafeTensorsWriter();
    float[] values = {1, -0.5f, 96, 0x1p-10f};
    writer.add("a", scope.manager().create(values), type);
    writer.write(file, Map.of());
    try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
      assertThat(open.entry("a").type()).isEqualTo(type);
      assertThat(open.tensor("a", scope.manager()).toFloatArray()).containsExactly(values);
    }
  }

  @Test
  void roundsToHalfPrecisionAsTheEngineDoes() throws IOException {
    StreamRandom random = StreamRandom.at(1, "halves");
    float[] values = new float[20_000];
    for (int i = 0; i < values.length; i++) {
      int exponent = 127 - 28 + random.nextInt(42);
      int bits = (random.nextInt(2) << 31) | (exponent << 23) | random.nextInt(1 << 23);
      // Every other number lies halfway between two of the narrower type.
      values[i] = Float.intBitsToFloat(i % 2 == 0 ? bits : (bits & ~0x1FFF) | 0x1000);
    }
    Path file = folder.resolve("h.safetensors");
    SafeTensorsWriter writer = new SafeTensorsWriter();
    NDArray tensor = scope.manager().create(values);
    writer.add("h", tensor, StoredType.F16);
    writer.write(file, Map.of());
    NDArray engine = tensor.toType(DataType.FLOAT16, true).toType(DataType.FLOAT32, true);
    assertThat(SafeTensors.read(file, scope.manager()).get("h").toFloatArray())
        .isEqualTo(engine.toFloatArray());
  }

  @Test
  void roundsToBrainPrecisionToTheNearestAndTiesToEven() throws IOException {
    float[] values = {1.00390625f, 1.01171875f, 1.004f, -1.01f, Float.POSITIVE_INFINITY};
    Path file = folder.resolve("b.safetensors");
    SafeTensorsWriter writer = new SafeTensorsWriter();
    writer.add("b", scope.manager().create(values), StoredType.BF16);
    writer.write(file, Map.of());
    assertThat(SafeTensors.read(file, scope.manager()).get("b").toFloatArray())
        .containsExactly(1f, 1.015625f, 1.0078125f, -1.0078125f, Float.POSITIVE_INFINITY);
    SafeTensorsWriter large = new SafeTensorsWriter();
    large.add("b", scope.manager().create(Float.MAX_VALUE), StoredType.BF16);
    assertThatThrownBy(() -> large.write(file, Map.of())).hasMessageContaining("for BF16");
  }

  @Test
  void copiesTensorsOfOtherFilesBitForBitOrConverted() throws IOException {
    Path source = folder.resolve("source.safetensors");
    float notANumber = Float.intBitsToFloat(0x7FC12345);
    NDArray tensor = scope.manager().create(new float[] {1.0009766f, notANumber, 3});
    SafeTensors.write(source, Map.of("a", tensor), Map.of());
    Path target = folder.resolve("target.safetensors");
    try (SafeTensorsFile open = SafeTensorsFile.open(source)) {
      SafeTensorsWriter writer = new SafeTensorsWriter();
      writer.add("same", open, "a");
      writer.add("half", open, "a", StoredType.BF16);
      assertThatThrownBy(() -> writer.add("same", open, "a")).hasMessageContaining("two tensors");
      writer.write(target, Map.of());
    }
    Map<String, NDArray> back = SafeTensors.read(target, scope.manager());
    assertThat(back.get("same").toByteArray()).isEqualTo(tensor.toByteArray());
    assertThat(back.get("half").toFloatArray()).containsExactly(1f, Float.NaN, 3f);
  }

  @Test
  void refusesNumbersTooLargeForTheirTypeAndKeepsTheOldFile() throws IOException {
    Path source = folder.resolve("source.safetensors");
    SafeTensors.write(source, Map.of("a", scope.manager().create(new float[] {70000})), Map.of());
    byte[] before = Files.readAllBytes(source);
    try (SafeTensorsFile open = SafeTensorsFile.open(source)) {
      SafeTensorsWriter writer = new SafeTensorsWriter();
      writer.add("a", open, "a", StoredType.F16);
      assertThatThrownBy(() -> writer.write(source, Map.of()))
          .hasMessageContaining("tensor a: 70000.0 is too large for F16");
    }
    assertThat(source).hasBinaryContent(before);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(source);
    }
  }

  @Test
  void fillsTheFirstRowsOfALargerTable() throws IOException {
    Path file = folder.resolve("rows.safetensors");
    NDArray rows = scope.manager().create(new float[] {1, 2, 3, 4}, new Shape(2, 2));
    SafeTensors.write(file, Map.of("rows", rows), Map.of());
    NDArray table = scope.manager().ones(new Shape(3, 2));
    try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
      open.fillStart("rows", table);
      assertThat(table.toFloatArray()).containsExactly(1, 2, 3, 4, 1, 1);
      assertThatThrownBy(() -> open.fill("rows", table)).hasMessageContaining("rows of (2, 2)");
      assertThatThrownBy(() -> open.entry("columns"))
          .hasMessageContaining("no tensor is named columns");
    }
  }

  @Test
  void opensAFileOfFourteenGigabytesWithoutReadingIt() throws IOException {
    Path file = folder.resolve("large.safetensors");
    long count = 3_500_000_000L;
    String header =
        ("{\"big\":{\"dtype\":\"F32\",\"shape\":[%1$d],\"data_offsets\":[0,%2$d]},"
                + "\"last\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[%2$d,%3$d]}}")
            .formatted(count, count * 4, count * 4 + 8);
    ByteBuffer start = ByteBuffer.allocate(8 + header.length()).order(ByteOrder.LITTLE_ENDIAN);
    start.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
    ByteBuffer end =
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putFloat(1.5f).putFloat(-2);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.write(start.array());
      sparse.setLength(start.capacity() + count * 4);
      sparse.seek(sparse.length());
      sparse.write(end.array());
    }
    assertThat(Files.size(file)).isGreaterThan(14_000_000_000L);

    // Reading 14 GB would take longer, and holding them more memory than a test has.
    assertTimeout(
        Duration.ofSeconds(5),
        () -> {
          try (SafeTensorsFile open = SafeTensorsFile.open(file)) {
            assertThat(open.tensor("last", scope.manager()).toFloatArray())
                .containsExactly(1.5f, -2);
            assertThat(open.firstValues("big", 3)).containsExactly(0, 0, 0);
          }
        });
  }
}
