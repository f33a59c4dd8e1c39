package org.anymod.plugins.humanposes;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.media.body.People;
import org.anymod.networks.loss.StandardLoss;
import org.anymod.spi.CodedText;
import org.anymod.spi.Declaration;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.Value;
import org.anymod.spi.ValueSpec;
import org.junit.jupiter.api.Test;

class PoseTokenizerTest {
  private static final Modality MODALITY =
      new HumanPosesModality(new HumanPosesConfig(1024, false, false));
  private static final CodedText TEXT = (CodedText) MODALITY.representation();

  /** What a host gives: a small network for the parts. */
  private record Context(NDManager manager) implements TokenizerContext {
    @Override
    public Declaration declaration() {
      return Declaration.inputAndOutput("poses", TEXT.partCodes());
    }

    @Override
    public ValueSpec value() {
      return TEXT.part();
    }

    @Override
    public int resolution() {
      return TEXT.partSide();
    }

    @Override
    public long seed() {
      return 7;
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("encoder", "BottleneckMLP/B_1-Wi_16", "latent", 32);
    }

    @Override
    public Loss loss(String name) {
      return StandardLoss.all().stream()
          .filter(l -> l.name().equals(name))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void codesOfPosesGoThroughTextAndBack() {
    Value value = People.random(new Random(1), 3, 224);
    assertThat(TEXT.hasCodes(value)).isFalse();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Tokenizer tokenizer = TEXT.tokenizer().create(new Context(manager))) {
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
