package org.anymod.networks.vq;

import ai.djl.ndarray.NDManager;
import java.util.Map;
import org.anymod.networks.loss.StandardLoss;
import org.anymod.spi.ComputeType;
import org.anymod.spi.Declaration;
import org.anymod.spi.Kind;
import org.anymod.spi.Loss;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.ValueSpec;

/** What tests make tokenizers from. */
record TestContext(
    ValueSpec value,
    Kind kind,
    int resolution,
    Map<String, Object> settings,
    long seed,
    NDManager manager,
    ComputeType precision)
    implements TokenizerContext {

  TestContext(
      ValueSpec value,
      Kind kind,
      int resolution,
      Map<String, Object> settings,
      long seed,
      NDManager manager) {
    this(value, kind, resolution, settings, seed, manager, ComputeType.FLOAT32);
  }

  TestContext in(ComputeType other) {
    return new TestContext(value, kind, resolution, settings, seed, manager, other);
  }

  static Kind grid(int rows, int columns, int vocabulary) {
    return new Kind.TokenGrid(rows, columns, vocabulary, Kind.Positions.SINE_COSINE);
  }

  VqTokenizer create(TokenizerFactory factory) {
    return (VqTokenizer) factory.create(this);
  }

  @Override
  public Declaration declaration() {
    return Declaration.inputAndOutput("tok@" + resolution, kind);
  }

  @Override
  public Loss loss(String name) {
    return StandardLoss.all().stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow();
  }
}
