package org.anymod.plugins.saminstance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.media.instances.InstanceRules;
import org.anymod.media.instances.RandomInstances;
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

class MaskTokenizerTest {
  private static final Modality MODALITY =
      new SamInstanceModality(
          new SamInstanceConfig(224, 15, InstanceRules.PointOrder.GRID, 0.0005, 1024, false));
  private static final CodedText TEXT = (CodedText) MODALITY.representation();

  /** What a host gives: a small network for the parts. */
  private record Context(NDManager manager) implements TokenizerContext {
    @Override
    public Declaration declaration() {
      return Declaration.inputAndOutput("masks@64", TEXT.partCodes());
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
      return Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 8);
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
  void codesOfMasksGoThroughTextAndBack() {
    Value value = RandomInstances.random(new Random(1), 224);
    assertThat(TEXT.hasCodes(value)).isFalse();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Tokenizer tokenizer = TEXT.tokenizer().create(new Context(manager))) {
      List<Value> parts = TEXT.parts(value).orElseThrow();
      int[][] codes = tokenizer.encode(parts);
      assertThat(codes).hasDimensions(parts.size(), 16);
      Value coded = TEXT.withCodes(value, codes);
      assertThat(TEXT.hasCodes(coded)).isTrue();
      Value read = TEXT.read(TEXT.write(coded, new Random(1)).get(0));
      int[][] again = TEXT.codes(read);
      assertThat(List.of(again)).allSatisfy(row -> assertThat(List.of(codes)).contains(row));
      List<Value> decoded = tokenizer.decode(again);
      assertThat(decoded).allSatisfy(part -> assertThat(TEXT.part().violation(part)).isEmpty());
      Value seen = TEXT.withParts(read, decoded);
      assertThat(MODALITY.value().violation(seen)).isEmpty();
    }
  }
}
