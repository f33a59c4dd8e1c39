package org.anymod.core.tokenize;

import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.anymod.core.modality.UsedModality;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.spi.ComputeType;
import org.anymod.spi.Declaration;
import org.anymod.spi.Loss;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.ValueSpec;

/** What a run gives a tokenizer of one of its modalities. */
record RunTokenizerContext(
    UsedModality modality,
    TokenizerRecipe recipe,
    long seed,
    Supplier<NDManager> owner,
    ComputeType precision,
    Collection<? extends Loss> losses)
    implements TokenizerContext {

  @Override
  public Declaration declaration() {
    return modality.declaration();
  }

  @Override
  public ValueSpec value() {
    return modality.modality().value();
  }

  @Override
  public NDManager manager() {
    return owner.get();
  }

  @Override
  public int resolution() {
    return modality.resolution();
  }

  @Override
  public Map<String, Object> settings() {
    return recipe.settings();
  }

  @Override
  public Loss loss(String name) {
    return losses.stream()
        .filter(loss -> loss.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no loss is named '"
                        + name
                        + "'; there are "
                        + losses.stream()
                            .map(Loss::name)
                            .sorted()
                            .collect(Collectors.joining(", "))));
  }
}
