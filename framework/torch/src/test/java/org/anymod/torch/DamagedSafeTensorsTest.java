package org.anymod.torch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DamagedSafeTensorsTest {
  @TempDir Path folder;

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

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 4 | tensor a lies at 0 to 8, but only 4 bytes of data are there; the file may be cut off",
        "{'a':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}} | 8 | tensor a of type F32 and shape (3) needs 12 bytes and has 8",
        "{'a':{'dtype':'F16','shape':[2],'data_offsets':[0,8]}} | 8 | tensor a of type F16 and shape (2) needs 4 bytes and has 8",
        "{'a':{'dtype':'X9','shape':[2],'data_offsets':[0,8]}} | 8 | tensor a has type X9; allowed are F64, F32, F16",
        "{'a':{'dtype':7,'shape':[2],'data_offsets':[0,8]}} | 8 | tensor a needs a dtype in quotes",
        "{'a':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}} | 8 | tensor a: shape holds -2, must be 0 or more",
        "{'a':{'dtype':'F32','shape':[2.5],'data_offsets':[0,8]}} | 8 | tensor a: shape holds 2.5, must be whole numbers",
        "{'a':{'dtype':'F32','shape':[NaN],'data_offsets':[0,8]}} | 8 | tensor a: shape holds NaN, must be whole numbers",
        "{'a':{'dtype':'F32','shape':[[2]],'data_offsets':[0,8]}} | 8 | tensor a: shape holds [, must be whole numbers",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296,4294967296],'data_offsets':[0,8]}} | 8 | tensor a has shape (4294967296, 4294967296, 4294967296), which is too large",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,99999999999999999999]}} | 8 | tensor a: data_offsets holds 99999999999999999999, which is too large",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,1e30]}} | 8 | tensor a: data_offsets holds 1e30, must be whole numbers",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}} | 8 | tensor a: data_offsets holds -8, must be 0 or more",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}} | 8 | tensor a ends at 0, before its beginning at 8",
        "{'a':{'dtype':'F32','shape':[2]}} | 8 | tensor a needs a dtype in quotes, a shape and data_offsets of two numbers",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0]}} | 8 | data_offsets of two numbers",
        "{'a':{'dtype':'F32','shape':[2],'shape':[2],'data_offsets':[0,8]}} | 8 | tensor a has shape twice",
        "{'a':7} | 8 | tensor a is described by no JSON object",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 12 | 4 bytes after the last tensor",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | 4 unused bytes before tensor a",
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'b':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}} | 12 | tensor b overlaps tensor a",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | 8 | two tensors are named a",
        "{'__metadata__':{'k':'1','k':'2'}} | 0 | __metadata__ has the key k twice",
        "{'__metadata__':{},'__metadata__':{}} | 0 | header has __metadata__ twice",
        "{'__metadata__':[]} | 0 | __metadata__ is no JSON object",
        "{'a':{'dtype':'F32', | 0 | header is no valid JSON: Unexpected end-of-input",
        "{} 7 | 0 | header goes on after its JSON object",
        "[1, 2] | 0 | header is no JSON object",
      })
  void saysWhatIsWrongWithADamagedFile(String header, int dataBytes, String message)
      throws IOException {
    Path file = write(header.replace('\'', '"'), new byte[dataBytes]);
    assertThatThrownBy(() -> SafeTensors.header(file))
        .isInstanceOf(SafeTensorsException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void refusesTooManyDimensions() throws IOException {
    String dims = "1,".repeat(64) + "1";
    Path file =
        write(
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + dims + "],\"data_offsets\":[0,1]}}",
            new byte[1]);
    assertThatThrownBy(() -> SafeTensors.header(file))
        .hasMessageContaining("tensor a: shape holds more than 64 numbers");
  }

  @Test
  void refusesAHeaderThatIsNoText() throws IOException {
    byte[] header = "{\"aé\":1}".getBytes(StandardCharsets.ISO_8859_1);
    Path file = write(header, new byte[0]);
    assertThatThrownBy(() -> SafeTensors.header(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining("header is no UTF-8 text, first at byte 11");
  }

  @Test
  void refusesAnOversizeHeaderBeforeAllocating() throws IOException {
    assertThatThrownBy(() -> SafeTensors.header(headerLength(Long.MAX_VALUE)))
        .hasMessageContaining("header length 9223372036854775807 is outside 2 to 100000000");
    assertThatThrownBy(() -> SafeTensors.header(headerLength(-1)))
        .hasMessageContaining("header length 18446744073709551615 is outside");
  }

  @Test
  void refusesATruncatedHeader() throws IOException {
    assertThatThrownBy(() -> SafeTensors.header(headerLength(9)))
        .hasMessageContaining("header is cut off: its length is 9, but 8 bytes follow");
    Path file = headerLength(8);
    Files.write(file, new byte[3]);
    assertThatThrownBy(() -> SafeTensors.header(file))
        .hasMessageContaining("has 3 bytes, at least 8 are needed");
  }

  @Test
  void namesTheTensorInWhichAFileEndsAfterItWasOpened() throws IOException {
    Path file =
        write("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", new byte[8]);
    try (TensorScope scope = TensorScope.on(Device.cpu());
        SafeTensorsFile open = SafeTensorsFile.open(file)) {
      try (RandomAccessFile cut = new RandomAccessFile(file.toFile(), "rw")) {
        cut.setLength(cut.length() - 1);
      }
      assertThatThrownBy(() -> open.tensor("a", scope.manager()))
          .isInstanceOf(SafeTensorsException.class)
          .hasMessageContaining("it ends inside tensor a");
    }
  }

  private Path headerLength(long length) throws IOException {
    Path file = folder.resolve("x.safetensors");
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, bytes.putLong(length).array());
    return file;
  }
}
