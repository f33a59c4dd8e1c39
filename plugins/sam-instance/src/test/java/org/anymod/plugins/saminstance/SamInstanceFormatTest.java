package org.anymod.plugins.saminstance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.anymod.media.instances.InstanceRules;
import org.anymod.media.instances.RandomInstances;
import org.anymod.media.testing.ModalityFormatTest;
import org.anymod.spi.CodedText;
import org.anymod.spi.Modality;
import org.anymod.spi.Value;

class SamInstanceFormatTest extends ModalityFormatTest {
  @Override
  protected Modality modality() {
    return new SamInstanceModality(
        new SamInstanceConfig(224, 15, InstanceRules.PointOrder.GRID, 0.0005, 1024, false));
  }

  @Override
  protected Value draw(Random random, int round) {
    return RandomInstances.coded(RandomInstances.random(random, 224), round);
  }

  /** Every instance that was at a query point is there with its codes. */
  @Override
  protected void checkTold(Value value, Value read) {
    CodedText text = (CodedText) modality().representation();
    assertThat(text.codes(read)).isNotEmpty();
    List<int[]> told = List.of(text.codes(value));
    assertThat(List.of(text.codes(read))).allSatisfy(codes -> assertThat(told).contains(codes));
  }
}
