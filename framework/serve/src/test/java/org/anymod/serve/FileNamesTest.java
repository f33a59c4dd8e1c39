package org.anymod.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNamesTest {
  @ParameterizedTest
  @CsvSource({
    "tok_map@64, png, tok_map-64-3.png",
    "../../etc/passwd, json.gz, -etc-passwd-3.json.gz",
    "'a\"b', 'p\"ng', a-b-3.png"
  })
  void nothingButHarmlessCharactersRemain(String key, String extension, String expected) {
    assertThat(FileNames.of(key, 2, extension)).isEqualTo(expected);
  }
}
