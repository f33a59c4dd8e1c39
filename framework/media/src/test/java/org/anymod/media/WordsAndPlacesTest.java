package org.anymod.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.spi.InvalidDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsAndPlacesTest {
  @Test
  void everyCodeHasAWord() {
    for (int code = 0; code < NumberWord.CODES; code++) {
      String word = NumberWord.ofCode(code).toString();
      assertThat(NumberWord.parse(word).orElseThrow().code()).contains(code);
    }
    assertThat(NumberWord.ofCode(511)).hasToString("v0=511");
    assertThat(NumberWord.ofCode(512)).hasToString("v1=0");
    assertThat(new NumberWord(0, 512).code()).isEmpty();
    assertThat(new NumberWord(2, 5).code()).isEmpty();
    assertThatThrownBy(() -> NumberWord.ofCode(1024)).hasMessageContaining("0 to 1023");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v0", "v0=", "v4=1", "v0=1000", "v0=-1", "v0=01", "v0=1.0", "xv0=1"})
  void otherWordsAreNoNumbers(String word) {
    assertThat(NumberWord.parse(word)).isEmpty();
  }

  @Test
  void roundsHalvesToEvenAndStaysInTheVocabulary() {
    assertThat(NumberWord.nearest(1, 2.5)).hasToString("v1=2");
    assertThat(NumberWord.nearest(1, 3.5)).hasToString("v1=4");
    assertThat(NumberWord.nearest(3, 1e9)).hasToString("v3=999");
    assertThat(NumberWord.nearest(3, -4)).hasToString("v3=0");
  }

  @Test
  void allOrdersAreEquallyLikely() {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 6000; i++) {
      counts.merge(RandomOrder.of(List.of(1, 2, 3), random), 1, Integer::sum);
    }
    assertThat(counts).hasSize(6);
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(850, 1150));
  }

  @Test
  void takesWhatIsThere() throws InvalidDataException {
    JsonPlace top =
        JsonPlace.top(Map.of("list", List.of(1L, 2.5), "name", "x", "object", Map.of()));
    assertThat(top.get("list").numbers(2, 0, 3)).containsExactly(1, 2.5);
    assertThat(top.get("list").items(1, 2).get(0).whole(0, 1)).isEqualTo(1);
    assertThat(top.get("name").text()).isEqualTo("x");
    assertThat(top.find("missing")).isEmpty();
    assertThat(top.get("object").isEmpty()).isTrue();
    assertThat(top.isEmpty()).isFalse();
  }

  @Test
  void saysWhereWhatWasFoundAndWhatIsAllowed() throws InvalidDataException {
    JsonPlace top = JsonPlace.top(Map.of("a", List.of(Map.of("b", "text"))));
    JsonPlace b = top.get("a").items(1, 1).get(0).get("b");
    assertThatThrownBy(() -> b.number(0, 1))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("a[0].b is \"text\", must be a number from 0.0 to 1.0");
    assertThatThrownBy(() -> b.whole(0, 1)).hasMessageContaining("a whole number from 0 to 1");
    assertThatThrownBy(() -> b.get("c")).hasMessageContaining("must be an object");
    assertThatThrownBy(() -> top.get("c"))
        .hasMessage("the document has no entry 'c', must have one");
    assertThatThrownBy(() -> top.get("a").items(2, 3))
        .hasMessageContaining("must be a list of 2 to 3 elements");
    assertThatThrownBy(() -> top.get("a").text()).hasMessageContaining("must be a text");
  }

  @Test
  void drawsOnWhiteAndOverPictures() {
    Canvas canvas = Canvas.white(20, 30);
    canvas.outline(new Box(5, 5, 10, 12), 0xFF0000);
    canvas.line(new Point(-10, 15.5), new Point(1e3, 15.5), 1, 0x0000FF);
    canvas.line(new Point(0, 0), new Point(Double.NaN, 1), 1, 0x0000FF);
    canvas.label("wide words", 25, 18, 0x00FF00);
    assertThat(canvas.image().getRGB(5, 7) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(canvas.image().getRGB(6, 6) & 0xFFFFFF).isEqualTo(0xFFFFFF);
    assertThat(canvas.image().getRGB(29, 19) & 0xFFFFFF).isEqualTo(0x00FF00);
    Canvas over = Canvas.over(canvas.image());
    over.dot(5, 7, 0);
    over.dot(-1, 500, 0);
    assertThat(over.image().getRGB(5, 7) & 0xFFFFFF).isZero();
    assertThat(canvas.image().getRGB(5, 7) & 0xFFFFFF).isEqualTo(0xFF0000);
    assertThat(over.image().getRGB(9, 5) & 0xFFFFFF).isEqualTo(0xFF0000);
  }
}
