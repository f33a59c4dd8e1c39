package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class PlainTextTest {
  private static final Value SEVERAL = new Value.Structured(List.of("a", "b", "c"));

  @Test
  void writesTextAsItIsAndTheFirstOfAList() {
    PlainText form = new PlainText(100, false, 0);
    assertThat(form.write(new Value.Text(" a  b\n"), new Random(0))).containsExactly(" a  b\n");
    assertThat(form.write(SEVERAL, new Random(0))).containsExactly("a");
  }

  @Test
  void writesAnyOfAListWhereThatIsWanted() {
    PlainText form = new PlainText(100, true, 0);
    Set<String> seen = new TreeSet<>();
    for (int seed = 0; seed < 60; seed++) {
      seen.addAll(form.write(SEVERAL, new Random(seed * 7919L)));
    }
    assertThat(seen).containsExactly("a", "b", "c");
  }

  @Test
  void writesAPartOfALongTextFromAnyWordOn() {
    PlainText form = new PlainText(100, false, 2);
    Set<String> seen = new TreeSet<>();
    for (int seed = 0; seed < 60; seed++) {
      seen.addAll(form.write(new Value.Text("w0  w1\nw2 w3 "), new Random(seed * 7919L)));
    }
    assertThat(seen).containsExactly("w0  w1", "w1\nw2", "w2 w3");
    assertThat(form.write(new Value.Text("w0 w1 "), new Random(0))).containsExactly("w0 w1 ");
  }

  @Test
  void readsNoMoreThanAllowed() {
    assertThat(new PlainText(3, false, 0).read("  abcdef ")).isEqualTo(new Value.Text("abc"));
  }

  @Test
  void keepsListsWhereTheyAreWanted() throws InvalidDataException {
    TextCodec codec = TextCodec.ofLists("caption");
    byte[] file = "[{\"caption\": \"a\"}, \"b\", \"c\"]".getBytes(StandardCharsets.UTF_8);
    assertThat(codec.decode(file)).isEqualTo(SEVERAL);
    assertThat(new TextCodec("caption").decode(file)).isEqualTo(new Value.Text("a"));
    assertThat(codec.decode(codec.encode(SEVERAL))).isEqualTo(SEVERAL);
    assertThat(codec.decode("[\"a\"]".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(new Value.Text("a"));
    assertThatThrownBy(() -> codec.decode("[\"a\", 3]".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("the text is 3, must be a JSON string");
  }
}
