package org.anymod.plugins.humanposes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.media.body.People;
import org.anymod.media.testing.SmallTokenizer;
import org.anymod.spi.CodedText;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class PoseTokenizerTest {
  private static final Modality MODALITY =
      new HumanPosesModality(new HumanPosesConfig(1024, false, false));
  private static final CodedText TEXT = (CodedText) MODALITY.representation();
  private static final Map<String, Object> SETTINGS =
      Map.of("encoder", "BottleneckMLP/B_1-Wi_16", "latent", 32);

  @Test
  void codesOfPosesGoThroughTextAndBack() {
    Value value = People.random(new Random(1), 3, 224);
    assertThat(TEXT.hasCodes(value)).isFalse();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Tokenizer tokenizer = SmallTokenizer.ofParts(TEXT, SETTINGS, manager)) {
      List<Value> parts = TEXT.parts(value).orElseThrow();
      assertThat(parts).allSatisfy(part -> assertThat(TEXT.part().violation(part)).isEmpty());
      int[][] codes = tokenizer.encode(parts);
      assertThat(codes).hasDimensions(3, 8);
      Value coded = TEXT.withCodes(value, codes);
      Value read = TEXT.read(TEXT.write(coded, new Random(1)).get(0));
      assertThat(TEXT.codes(read)).isDeepEqualTo(codes);
      Value seen = TEXT.withParts(read, tokenizer.decode(codes));
      assertThat(MODALITY.value().violation(seen)).isEmpty();
      assertThat(TEXT.parts(seen)).as("poses are there").isPresent();
    }
  }
}
