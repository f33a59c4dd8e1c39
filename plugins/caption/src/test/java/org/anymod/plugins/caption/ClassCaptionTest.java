package org.anymod.plugins.caption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class ClassCaptionTest {
  private static final CaptionConfig CONFIG =
      new CaptionConfig(
          List.of("sky", "road", "car", "unlabelled"),
          OptionalInt.of(3),
          "a street with {classes}",
          0.1,
          CaptionConfig.Lists.FIRST);

  private static String caption(int... classes) {
    Value value =
        new ClassCaption(CONFIG)
            .label(Map.of("semseg", new Value.ClassMap(1, classes.length, classes)));
    return ((Value.Text) value).text();
  }

  @Test
  void namesTheLargestClassFirst() {
    assertThat(caption(0, 1, 1, 1, 0, 2)).isEqualTo("a street with road, sky and car");
  }

  @Test
  void leavesOutWhatIsIgnoredOrSmall() {
    assertThat(caption(3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 0)).isEqualTo("a street with road");
    assertThat(caption(3, 3)).isEqualTo("a street with nothing");
  }

  @Test
  void saysWhichSettingDoesNotFitTheMap() {
    assertThatThrownBy(() -> caption(0, 7))
        .hasMessage("plugins.caption.classes names 4 classes, but the map holds class 7");
  }

  @Test
  void refusesATemplateWithoutPlace() {
    assertThatThrownBy(
            () ->
                new CaptionConfig(
                    List.of("a"), OptionalInt.empty(), "a street", 0, CaptionConfig.Lists.FIRST))
        .hasMessageContaining("must contain {classes}");
  }
}
