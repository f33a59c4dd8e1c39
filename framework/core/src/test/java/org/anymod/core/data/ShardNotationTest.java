package org.anymod.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardNotationTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a.tar                 | a.tar",
        "s-{08..11}.tar        | s-08.tar s-09.tar s-10.tar s-11.tar",
        "s-{8..11}.tar         | s-8.tar s-9.tar s-10.tar s-11.tar",
        "s-{2..0}.tar          | s-2.tar s-1.tar s-0.tar",
        "s-{0..7..3}.tar       | s-0.tar s-3.tar s-6.tar",
        "s-{007..1..3}.tar     | s-007.tar s-004.tar s-001.tar",
        "s-{c..a}.tar          | s-c.tar s-b.tar s-a.tar",
        "{a,b}-{0..1}.tar      | a-0.tar a-1.tar b-0.tar b-1.tar",
        "s{,x}.tar             | s.tar sx.tar",
        "{a{0..1},b}.tar       | a0.tar a1.tar b.tar",
        "a.tar::b-{1..2}.tar   | a.tar b-1.tar b-2.tar"
      })
  void expandsBracesAsAShellDoes(String text, String expected) {
    ShardNotation notation = ShardNotation.parse(text);
    assertThat(notation.folders()).isEmpty();
    assertThat(notation.files()).containsExactly(expected.split(" "));
  }

  @Test
  void readsFoldersInBrackets() {
    ShardNotation notation = ShardNotation.parse("[colour,tok_shape@8]/s-{0..1}.tar");
    assertThat(notation.folders()).containsExactly("colour", "tok_shape@8");
    assertThat(notation.files()).containsExactly("s-0.tar", "s-1.tar");
  }

  @Test
  void fillsInVariables() {
    Map<String, String> environment = Map.of("WDS_LAST", "2");
    assertThat(ShardNotation.parse("s-{0..${LAST}}.tar", environment::get).files()).hasSize(3);
    assertThatThrownBy(() -> ShardNotation.parse("s-${OTHER}.tar", environment::get))
        .hasMessageContaining("column 3: found ${OTHER}, but the environment has no WDS_OTHER");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s-{0..3.tar         | column 3: found { without }",
        "s-0..3}.tar         | column 7: found } without {",
        "s-{0-3}.tar         | column 3: found {0-3}, which is neither a list {a,b} nor a range",
        "s-{0..3..0}.tar     | column 3: found a range with a step of 0",
        "[a,b/s.tar          | column 1: found [ without ]",
        "[a]s.tar            | column 4: found no / behind ]",
        "s-[a].tar           | column 3: found [ that is not at the beginning",
        "[a]/[b]/s.tar       | column 5: found [ that is not at the beginning",
        "[a, b]/s.tar        | source ' b' is no folder name",
        "s-{1..9999999}.tar  | at most 1000000 are allowed",
        "../s-{0..1}.tar     | is no name of a shard",
        "s-{0..1}.zip        | is no name of a shard",
        "s-{0,0}.tar         | 's-0.tar' is named twice"
      })
  void saysWhereAPatternIsWrong(String text, String message) {
    assertThatThrownBy(() -> ShardNotation.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
