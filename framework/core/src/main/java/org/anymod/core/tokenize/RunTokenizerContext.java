package org.anymod.core.tokenize;

import ai.djl.ndarray.NDManager;
import java.util.Collection;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.anymod.core.modality.TokenizerUse;
import org.anymod.core.recipe.TokenizerRecipe;
import org.anymod.spi.ComputeType;
import org.anymod.spi.Declaration;
import org.anymod.spi.Loss;
import org.anymod.spi.TokenizerContext;
import org.anymod.spi.ValueSpec;

/** What a run gives one of its tokenizers. */
record RunTokenizerContext(
    TokenizerUse use,
    TokenizerRecipe recipe,
    long seed,
    Supplier<NDManager> owner,
    ComputeType precision,
    Collection<? extends Loss> losses)
    implements TokenizerContext {

  @Override
  public Declaration declaration() {
    return use.declaration();
  }

  @Override
  public ValueSpec value() {
    return use.value();
  }

  @Override
  public NDManager manager() {
    return owner.get();
  }

  @Override
  public int resolution() {
    return use.resolution();
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
