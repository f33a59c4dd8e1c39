package org.anymod.sdk.test;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import org.anymod.networks.loss.StandardLoss;
import org.anymod.spi.ComputeType;
import org.anymod.spi.Declaration;
import org.anymod.spi.Loss;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.ValueSpec;

/** What contract tests make tokenizers from. */
record ContractContext(
    Declaration declaration,
    ValueSpec value,
    int resolution,
    Map<String, Object> settings,
    long seed,
    NDManager manager,
    List<? extends Loss> ownLosses)
    implements TokenizerContext {

  @Override
  public ComputeType precision() {
    return ComputeType.FLOAT32;
  }

  @Override
  public Loss loss(String name) {
    for (Loss loss : ownLosses) {
      if (loss.name().equals(name)) {
        return loss;
      }
    }
    return StandardLoss.all().stream()
        .filter(loss -> loss.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no loss is named '"
                        + name
                        + "'; add the plugin's own to losses(), known are "
                        + StandardLoss.all().stream().map(Loss::name).toList()));
  }
}
