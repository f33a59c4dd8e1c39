package org.anymod.media.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.anymod.media.Box;
import org.anymod.spi.CodedText;
import org.anymod.spi.Crop;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.InvalidDataException;
import org.anymod.spi.Kind;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodySequenceTest {
  private static final Modality BODIES = People.sequence(People.RULES);
  private static final CodedText TEXT = (CodedText) BODIES.representation();
  private static final String EXAMPLE =
      "human v0=33 v1=100 v2=666 v3=978 pose v0=17 v1=18 v1=511 v0=0 v0=511 v1=0 v0=44 v1=389"
          + " global v0=989 v0=504 v0=400 v0=509 v0=5 v0=549 v0=400 v0=450 v0=15"
          + " camera v0=91 v0=51 v0=47"
          + " shape v0=519 v0=450 v0=508 v0=633 v0=316 v0=500 v0=533 v0=433 v0=554 v0=982";
  private static final String EXAMPLE_FILE =
      "{'bbox_xyxy': [[96, 48, 400, 470]], 'pred_cam': [[0.83, 0.02, -0.05]],"
          + " 'pose_tokenized': [[17, 530, 1023, 0, 511, 512, 44, 901]], 'pred_smpl_params':"
          + " {'global_orient': [[[[0.98, 0.01, -0.2], [0.02, -0.99, 0.1], [-0.2, -0.1, -0.97]]]],"
          + " 'betas': [[0.12, -0.3, 0.05, 0.8, -1.1, 0, 0.2, -0.4, 0.33, 2.9]]}}";
  private static final Crop CROP = new Crop(0, 80, 480, 480, false, 480, 640);

  @Test
  void declaresASequenceOfText() {
    Declaration declaration =
        BODIES.declare(new DeclarationRequest("people", 224, 16, OptionalInt.empty()));
    assertThat(declaration.kind()).isEqualTo(new Kind.TextSequence(275, 263));
    assertThat(TEXT.partCodes().maxTokens()).isEqualTo(8);
    assertThat(TEXT.partCodes().vocabulary()).isEqualTo(1024);
    assertThat(TEXT.coordinateBins()).isEqualTo(1000);
    assertThat(TEXT.words())
        .containsExactlyInAnyOrder("human", "none", "pose", "global", "camera", "shape");
    assertThat(BODIES.followsCrop()).isTrue();
  }

  @Test
  void tellsThePublishedExampleInAnyOrderOfGroups() throws InvalidDataException {
    Value cropped = BODIES.crop(People.parse(EXAMPLE_FILE), CROP, 64);
    Set<String> texts = new HashSet<>();
    for (int seed = 0; seed < 400; seed++) {
      texts.addAll(TEXT.write(cropped, new Random(seed * 7919L)));
    }
    assertThat(texts).hasSize(24).contains(EXAMPLE);
    for (String text : texts) {
      assertThat(text.split(" ")).hasSize(39);
      assertThat(TEXT.read(text)).isEqualTo(TEXT.read(EXAMPLE));
    }
    assertThat(TEXT.codes(TEXT.read(EXAMPLE))[0])
        .containsExactly(17, 530, 1023, 0, 511, 512, 44, 901);
  }

  @Test
  void tellsNobodyAsNone() throws InvalidDataException {
    for (String nobody :
        List.of(
            "{}",
            "[]",
            "{'bbox_xyxy': [], 'pred_cam': [],"
                + " 'pred_smpl_params': {'global_orient': [], 'betas': []}}")) {
      Value value = BODIES.crop(People.parse(nobody), CROP, 64);
      assertThat(TEXT.write(value, new Random(1))).containsExactly("none");
      assertThat(TEXT.hasCodes(value)).isTrue();
      assertThat(TEXT.parts(value)).hasValue(List.of());
    }
    assertThat(People.FILE.of(TEXT.read("none"))).isEmpty();
  }

  @Test
  void peopleSurviveTheirFileAndTheirText() throws InvalidDataException {
    for (int seed = 0; seed < 50; seed++) {
      Value value = People.coded(People.random(new Random(seed), seed % 4, 224), seed);
      assertThat(BODIES.value().violation(value)).isEmpty();
      assertThat(BODIES.codec().decode(BODIES.codec().encode(value))).isEqualTo(value);
      Value read = TEXT.read(TEXT.write(value, new Random(seed)).get(0));
      assertThat(BODIES.value().violation(read)).isEmpty();
      List<Human> truth = People.FILE.of(value);
      List<Human> found = People.FILE.of(read);
      assertThat(found).hasSameSizeAs(truth);
      for (int i = 0; i < found.size(); i++) {
        assertThat(found.get(i).codes()).isEqualTo(truth.get(i).codes());
        assertThat(found.get(i).orient())
            .containsExactly(truth.get(i).orient(), within(0.5001 / 499.5));
        assertThat(found.get(i).camera())
            .containsExactly(truth.get(i).camera(), within(0.5001 / 49.95));
        assertThat(found.get(i).shape())
            .containsExactly(truth.get(i).shape(), within(0.5001 / 166.5));
        assertThat(found.get(i).box().left())
            .isCloseTo(truth.get(i).box().left(), within(0.5001 * 224 / 999));
      }
    }
  }

  @Test
  void keepsNumbersInTheVocabularyUnlessAskedForTheDefect() {
    Human human = People.FILE.of(People.coded(People.random(new Random(1), 1, 224), 1)).get(0);
    double[] shape = new double[10];
    shape[0] = 3.5;
    shape[1] = -3.5;
    Value value =
        HumanFile.toValue(
            List.of(
                new Human(
                    human.box(),
                    new double[] {30, 0, -5},
                    human.orient(),
                    human.body(),
                    shape,
                    human.codes())));
    assertThat(TEXT.write(value, new Random(1)).get(0))
        .contains("shape v0=999 v0=0 v0=500")
        .contains("camera v0=999 v0=50 v0=0");
    CodedText published =
        (CodedText) People.sequence(new BodyRules(1024, false, true)).representation();
    assertThat(published.write(value, new Random(1)).get(0))
        .contains("shape v0=1082 v0=-83 v0=500")
        .contains("camera v0=999 v0=50 v0=0");
  }

  @Test
  void leavesOutPeopleBesideTheCropAndCutsTheOthers() throws InvalidDataException {
    String file =
        "{'bbox_xyxy': [[0, 0, 79, 100], [0, 0, 80, 100], [600, 100, 640, 700]],"
            + " 'pred_cam': [[1, 0, 0], [1, 0, 0], [1, 0, 0]],"
            + " 'pred_smpl_params': {'global_orient': [R, R, R], 'betas': [B, B, B]}}";
    Value value =
        People.parse(
            file.replace("R", "[[1, 0, 0], [0, 1, 0], [0, 0, 1]]")
                .replace("B", "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0]"));
    List<Human> inside =
        People.FILE.of(BODIES.crop(value, new Crop(0, 80, 480, 480, false, 480, 640), 9));
    assertThat(inside).hasSize(1);
    assertThat(inside.get(0).box()).isEqualTo(new Box(0, 0, 0, 100.0 / 480 * 224));
    List<Human> right =
        People.FILE.of(BODIES.crop(value, new Crop(0, 160, 480, 480, false, 480, 640), 9));
    assertThat(right).hasSize(1);
    assertThat(right.get(0).box().bottom()).isEqualTo(224);
  }

  @Test
  void codesAreDroppedWhereAPoseIsMirroredAndRefusedWhereItIsUnknown() throws InvalidDataException {
    Crop mirrored = new Crop(0, 0, 224, 224, true, 224, 224);
    Value value = People.coded(People.random(new Random(1), 1, 224), 1);
    Value seen = BODIES.crop(value, mirrored, 64);
    assertThat(TEXT.hasCodes(seen)).isFalse();
    assertThat(TEXT.parts(seen)).isPresent();
    assertThatThrownBy(() -> TEXT.write(seen, new Random(1))).hasMessageContaining("no codes");
    Value codesOnly = People.parse(EXAMPLE_FILE);
    assertThatThrownBy(() -> BODIES.crop(codesOnly, mirrored, 64))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("published_flip");
    Modality published = People.sequence(new BodyRules(1024, true, false));
    assertThat(published.crop(codesOnly, mirrored, 64))
        .isEqualTo(published.crop(codesOnly, Crop.centerSquare(224, 224), 64));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 0",
        "none none | 0",
        "human | 0",
        "[PAD] E | 1",
        "E [EOS] [PAD] | 1",
        "E E | 2",
        "E human v0=3 E | 2",
        "human v0=700 v1=100 v2=666 v3=978 F | 0",
        "human v0=7 v1=100 v2=666 F | 0",
        "human v0=33 v1=100 v2=666 v3=978 shape v0=1 F | 0",
      })
  void readsWhateverAModelSays(String text, int count) {
    String groups = EXAMPLE.substring(EXAMPLE.indexOf("pose"));
    Value value =
        TEXT.read(
            text.replace("E ", EXAMPLE + " ").replaceFirst("E$", EXAMPLE).replace("F", groups));
    assertThat(People.FILE.of(value)).hasSize(count);
    assertThat(BODIES.value().violation(value)).isEmpty();
    assertThat(TEXT.hasCodes(value)).isTrue();
  }

  @Test
  void readsWordsInAnyDisorder() {
    Random random = new Random(9);
    String[] words = (EXAMPLE + " none dog v0=5000").split(" ");
    for (int round = 0; round < 300; round++) {
      String[] damaged = Arrays.copyOf(words, 1 + random.nextInt(words.length));
      for (int i = 0; i < random.nextInt(5); i++) {
        damaged[random.nextInt(damaged.length)] = words[random.nextInt(words.length)];
      }
      Value value = TEXT.read(String.join(" ", damaged));
      assertThat(BODIES.value().violation(value)).isEmpty();
      if (round % 20 == 0) {
        BODIES.renderer().render(value);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'pred_cam': []} | no entry 'bbox_xyxy'",
        "[1] | the document is [1], must be an object",
        "{'bbox_xyxy': [[0, 0, 1, 1]], 'pred_cam': []} | pred_cam is [], must be a list of 1",
        "{'bbox_xyxy': [[0, 0, 1, 1]], 'pred_cam': [[1, 0, 0]]} | no entry 'pred_smpl_params'",
        "96, 48, 400, 470 > 96, 48, 40, 470 | xmin <= xmax",
        "96, 48, 400, 470 > 96, 48, 400 | bbox_xyxy[0] is [96, 48, 400], must be a list of 4",
        "0.83 > 'a' | pred_cam[0][0] is \"a\", must be a number",
        "530 > 1024 | pose_tokenized[0][1] is 1024, must be a whole number from 0 to 1023",
        "0.98 > 1.2 | global_orient[0][0][0][0] is 1.2, must be a number from -1.1 to 1.1",
        "2.9 > 200 | betas[0][9] is 200, must be a number",
        "'betas' > 'body_pose': [[]], 'betas' | body_pose[0] is [], must be a list of 23",
      })
  void refusesOtherDocuments(String change, String message) {
    String[] parts = change.split(" > ");
    String file = parts.length == 1 ? change : EXAMPLE_FILE.replace(parts[0], parts[1]);
    assertThatThrownBy(() -> People.parse(file))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageContaining(message);
  }

  @Test
  void damagedFilesAreRefusedAndNothingWorse() {
    byte[] file = BODIES.codec().encode(People.coded(People.random(new Random(4), 2, 99), 5));
    Random random = new Random(3);
    for (int round = 0; round < 600; round++) {
      byte[] damaged =
          Arrays.copyOf(file, round % 3 == 0 ? random.nextInt(file.length) : file.length);
      for (int i = 0; i < 1 + random.nextInt(4) && damaged.length > 0; i++) {
        damaged[random.nextInt(damaged.length)] = (byte) (' ' + random.nextInt(95));
      }
      try {
        Value value = BODIES.codec().decode(damaged);
        BODIES.crop(value, Crop.centerSquare(99, 99), 64);
      } catch (InvalidDataException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
