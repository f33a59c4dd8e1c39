package org.anymod.plugins.det;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.anymod.media.NumberWord;
import org.anymod.media.boxes.BoxRules;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.TextForm;
import org.anymod.spi.config.Setting;
import org.junit.jupiter.api.Test;

class DetModalityTest {
  private static final List<String> COCO = cocoLabels();
  private static final Modality MODALITY =
      new DetModality(new DetConfig(COCO, 0.6, 0, BoxRules.Order.DISTANCE, OptionalInt.empty()));

  @Test
  void declaresASequenceOfText() {
    Declaration declaration =
        MODALITY.declare(new DeclarationRequest("det", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind()).isEqualTo(new Kind.TextSequence(256, 256));
    assertThat(declaration.id()).isEqualTo(30982);
    assertThat(((TextForm) MODALITY.representation()).words())
        .hasSize(80)
        .isSorted()
        .isEqualTo(COCO);
    assertThat(declaration.isInput() && declaration.isOutput()).isTrue();
  }

  @Test
  void wordsHaveTheIdsOfThePublishedVocabulary() {
    List<Integer> ids = new ArrayList<>();
    String text = "v0=0 v1=200 v2=366 v3=899 person v0=566 v1=500 v2=999 v3=949 dog";
    for (String word : text.split(" ")) {
      ids.add(
          NumberWord.parse(word)
              .map(number -> 204 + 1000 * number.kind() + number.number())
              .orElseGet(() -> 4204 + COCO.indexOf(word)));
    }
    assertThat(ids).containsExactly(204, 1404, 2570, 4103, 4253, 770, 1704, 3203, 4153, 4232);
  }

  private static List<String> cocoLabels() {
    for (RecordComponent component : DetConfig.class.getRecordComponents()) {
      if (component.getName().equals("labels")) {
        String list = component.getAnnotation(Setting.class).defaultValue();
        return List.of(list.substring(1, list.length() - 1).split(", "));
      }
    }
    throw new AssertionError("no component labels");
  }

  @Test
  void listsItsModalityForTheHost() throws IOException {
    String file = "META-INF/services/org.anymod.spi.Modality";
    try (InputStream stream = DetModality.class.getClassLoader().getResourceAsStream(file)) {
      assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8).strip())
          .isEqualTo(DetModality.class.getName());
    }
    assertThat(MODALITY.name()).isEqualTo("det").isEqualTo(MODALITY.source());
  }
}
