package org.anymod.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenContractTest {
  private static final String IDENTITY = "ab".repeat(32);
  private static final TokenContract CONTRACT =
      new TokenContract(
          2,
          "tokens@64",
          "TokenGrid",
          512,
          8,
          8,
          IDENTITY,
          "vq",
          "raster 3x64x64",
          64,
          2,
          0.8,
          0.5,
          -7);

  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() throws IOException {
    Path source = folder.resolve("tokens@64");
    assertThat(TokenContract.isAt(source)).isFalse();
    CONTRACT.write(source);
    assertThat(TokenContract.isAt(source)).isTrue();
    assertThat(TokenContract.read(source)).isEqualTo(CONTRACT);
    assertThat(CONTRACT.check(TokenContract.read(source))).isEmpty();
  }

  @Test
  void saysEveryDifferenceInWords() {
    TokenContract expected =
        new TokenContract(
            2,
            "tokens@32",
            "TokenGrid",
            1024,
            4,
            4,
            "cd".repeat(32),
            "vq",
            "raster 3x32x32",
            32,
            1,
            1,
            0,
            7);
    assertThat(CONTRACT.check(expected))
        .containsExactly(
            "key is tokens@64, expected tokens@32",
            "vocabulary is 512, expected 1024",
            "rows is 8, expected 4",
            "columns is 8, expected 4",
            "tokenizer identity is " + IDENTITY + ", expected " + "cd".repeat(32),
            "value spec is raster 3x64x64, expected raster 3x32x32",
            "resolution is 64, expected 32",
            "crops per sample is 2, expected 1",
            "smallest crop is 0.8, expected 1.0",
            "flip is 0.5, expected 0.0",
            "seed is -7, expected 7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"vocabulary\" : 512 | \"vocabulary\" : 0 | vocabulary is '0'",
        "\"vocabulary\" : 512 | \"vocabulary\" : \"512\" | contract.json:5",
        "\"vocabulary\" : 512 | \"vocabulary\" : 1.5 | contract.json:5",
        "\"vocabulary\" : 512, | | vocabulary",
        "\"version\" : 2 | \"version\" : 1 | version is '1'",
        "\"flip\" : 0.5 | \"flip\" : 1.5 | flip is '1.5'",
        "\"rows\" : 8 | \"rows\" : 8, \"rows\" : 9 | Duplicate",
        "\"rows\" : 8 | \"rows\" : 8, \"extra\" : 9 | extra",
        "\"kind\" : \"TokenGrid\" | \"kind\" : null | kind",
        "abababab | ABABABAB | tokenizerIdentity",
      })
  void refusesFilesThatAreNoContract(String from, String to, String message) throws IOException {
    edit(text -> text.replace(from, to == null ? "" : to));
    assertThatThrownBy(() -> TokenContract.read(folder))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("contract.json")
        .hasMessageContaining(message);
  }

  @Test
  void refusesFilesThatAreTooLongCutOrMissing() throws IOException {
    edit(text -> text + " ".repeat(1 << 20));
    assertThatThrownBy(() -> TokenContract.read(folder)).hasMessageContaining("at most 1048576");
    edit(text -> text.substring(0, text.length() / 2));
    assertThatThrownBy(() -> TokenContract.read(folder)).isInstanceOf(DatasetException.class);
    edit(text -> text + text);
    assertThatThrownBy(() -> TokenContract.read(folder)).isInstanceOf(DatasetException.class);
    edit(text -> "null");
    assertThatThrownBy(() -> TokenContract.read(folder)).hasMessageContaining("null");
    Files.delete(folder.resolve("contract.json"));
    assertThatThrownBy(() -> TokenContract.read(folder)).hasMessageContaining("is missing");
  }

  @Test
  void readsBackTheTextOfOneLine() throws IOException {
    assertThat(CONTRACT.toText()).doesNotContain("\n");
    assertThat(TokenContract.parse(CONTRACT.toText(), "header")).isEqualTo(CONTRACT);
    assertThatThrownBy(() -> TokenContract.parse("{}", "header"))
        .isInstanceOf(DatasetException.class)
        .hasMessageStartingWith("header: ");
  }

  @Test
  void leavesNoTemporaryFiles() throws IOException {
    CONTRACT.write(folder);
    CONTRACT.write(folder);
    try (java.util.stream.Stream<Path> files = Files.list(folder)) {
      assertThat(files.toList()).isEqualTo(List.of(folder.resolve("contract.json")));
    }
  }

  private void edit(UnaryOperator<String> change) throws IOException {
    CONTRACT.write(folder);
    Path file = folder.resolve("contract.json");
    Files.writeString(file, change.apply(Files.readString(file)));
  }
}
