package org.anymod.media.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class ClassSentenceTest {
  private static final ClassSentence.Rules RULES =
      new ClassSentence.Rules(
          List.of("sky", "road", "car", "unlabelled"),
          OptionalInt.of(3),
          "a street with {classes}",
          0.1);

  private static String sentence(int... classes) {
    Value value =
        new ClassSentence("classes", "plugins.sentence.classes", RULES)
            .label(Map.of("classes", new Value.ClassMap(1, classes.length, classes)));
    return ((Value.Text) value).text();
  }

  @Test
  void namesTheLargestClassFirst() {
    assertThat(sentence(0, 1, 1, 1, 0, 2)).isEqualTo("a street with road, sky and car");
  }

  @Test
  void leavesOutWhatIsIgnoredOrSmall() {
    assertThat(sentence(3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 0)).isEqualTo("a street with road");
    assertThat(sentence(3, 3)).isEqualTo("a street with nothing");
  }

  @Test
  void saysWhichSettingDoesNotFitTheMap() {
    assertThatThrownBy(() -> sentence(0, 7))
        .hasMessage("plugins.sentence.classes names 4 classes, but the map holds class 7");
  }

  @Test
  void refusesATemplateWithoutPlace() {
    assertThatThrownBy(
            () -> new ClassSentence.Rules(List.of("a"), OptionalInt.empty(), "a street", 0))
        .hasMessageContaining("must contain {classes}");
  }
}
