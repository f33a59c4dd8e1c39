package org.anymod.plugins.saminstance;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anymod.media.instances.InstanceRules;
import org.anymod.media.instances.RandomInstances;
import org.anymod.media.testing.SmallTokenizer;
import org.anymod.spi.CodedText;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

class MaskTokenizerTest {
  private static final Modality MODALITY =
      new SamInstanceModality(
          new SamInstanceConfig(224, 15, InstanceRules.PointOrder.GRID, 0.0005, 1024, false));
  private static final CodedText TEXT = (CodedText) MODALITY.representation();
  private static final Map<String, Object> SETTINGS =
      Map.of("dim", 16, "depth", 1, "heads", 2, "latent", 8);

  @Test
  void codesOfMasksGoThroughTextAndBack() {
    Value value = RandomInstances.random(new Random(1), 224);
    assertThat(TEXT.hasCodes(value)).isFalse();
    try (NDManager manager = NDManager.newBaseManager(Device.cpu());
        Tokenizer tokenizer = SmallTokenizer.ofParts(TEXT, SETTINGS, manager)) {
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
