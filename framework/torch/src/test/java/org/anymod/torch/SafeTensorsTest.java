package org.anymod.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
  @TempDir Path folder;

  private final TensorScope scope = TensorScope.on(Device.cpu());

  @AfterEach
  void close() {
    scope.close();
  }

  private Path write(String header, int dataBytes) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(text.length).put(text);
    Path file = folder.resolve("x.safetensors");
    Files.write(file, bytes.array());
    return file;
  }

  @Test
  void readsBackTheSameBits() throws IOException {
    Map<String, NDArray> tensors = new LinkedHashMap<>();
    tensors.put(
        "a", scope.manager().create(new float[] {1, -0f, Float.MIN_VALUE, 3e38f}, new Shape(2, 2)));
    tensors.put("b.c", scope.manager().create(new long[] {Long.MIN_VALUE, 7}));
    tensors.put("scalar", scope.manager().create(2.5f));
    tensors.put("empty", scope.manager().create(new float[0], new Shape(0, 3)));
    Path file = folder.resolve("m.safetensors");
    SafeTensors.write(file, tensors, Map.of("key", "ümlaut"));

    Map<String, NDArray> back = SafeTensors.read(file, scope.manager());
    assertThat(back.keySet()).containsExactly("a", "b.c", "scalar", "empty");
    back.forEach(
        (name, tensor) -> {
          assertThat(tensor.getShape()).isEqualTo(tensors.get(name).getShape());
          assertThat(tensor.toByteArray()).isEqualTo(tensors.get(name).toByteArray());
        });
    assertThat(SafeTensors.header(file).metadata()).containsEntry("key", "ümlaut");
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
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
            8);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int start = bytes.length - 8;
    data.putShort(start, (short) 0x3FC0);
    data.putShort(start + 2, (short) 0x3E00);
    data.putShort(start + 4, (short) 0x0001);
    data.putShort(start + 6, (short) 0xFC00);
    Files.write(file, bytes);

    Map<String, NDArray> back = SafeTensors.read(file, scope.manager());
    assertThat(back.get("b").toFloatArray()).containsExactly(1.5f);
    assertThat(back.get("h").toFloatArray())
        .containsExactly(1.5f, 0x1p-24f, Float.NEGATIVE_INFINITY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 4 | may be cut off",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}} | 8 | has 8 bytes",
        "{\"a\":{\"dtype\":\"X9\",\"shape\":[2],\"data_offsets\":[0,8]}} | 8 | has type X9; allowed are F64",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | 8 | must be whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296,4294967296],\"data_offsets\":[0,8]}} | 8 | too large",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}} | 8 | outside the 8 bytes",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,1e30]}} | 8 | must be whole numbers",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}} | 8 | needs dtype, shape and two data_offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}} | 12 | 4 bytes after the last",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | unused bytes before",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}} | 12 | overlaps",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | Duplicate field",
        "{\"a\":[NaN]} | 0 | no valid JSON",
        "[1, 2] | 0 | no JSON object",
      })
  void saysWhatIsWrongWithADamagedFile(String header, int dataBytes, String message)
      throws IOException {
    Path file = write(header, dataBytes);
    assertThatThrownBy(() -> SafeTensors.read(file, scope.manager()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void refusesAnOversizeHeaderBeforeAllocating() throws IOException {
    Path file = folder.resolve("x.safetensors");
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(Long.MAX_VALUE);
    Files.write(file, bytes.array());
    assertThatThrownBy(() -> SafeTensors.header(file))
        .hasMessageContaining("header length 9223372036854775807 is outside 2 to 8");
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> SafeTensors.header(file)).hasMessageContaining("has 3 bytes");
  }
}
