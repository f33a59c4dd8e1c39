package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.fail;

import org.anymod.spi.Loss;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Loss} must hold to. An author subclasses this in the tests of a plugin and
 * gives the loss and something to try it on.
 */
public abstract class LossContractTest {

  /** For subclasses. */
  protected LossContractTest() {}

  /**
   * Returns the loss to look at.
   *
   * @return the loss
   */
  protected abstract Loss loss();

  /**
   * Returns what the loss is tried on.
   *
   * @return {@link LossInput#numbers} or {@link LossInput#classes}
   */
  protected abstract LossInput input();

  @Test
  final void theNameCanBeWrittenInARecipe() {
    String name = loss().name();
    if (name == null || !name.matches("[a-z][a-z0-9_]*")) {
      fail(
          "name() is '%s', must be lower-case letters, digits and underscores, starting with a"
              + " letter",
          name);
    }
  }

  @Test
  final void isAFiniteScalarAndTheSameAgain() {
    LossCheck.isAFiniteScalarAndTheSameAgain(loss(), input());
  }

  @Test
  final void isAMeanOverSamples() {
    LossCheck.isAMeanOverSamples(loss(), input());
  }

  @Test
  final void thePerfectAnswerIsNoWorse() {
    LossCheck.thePerfectAnswerIsNoWorse(loss(), input());
  }

  @Test
  final void leavesItsArgumentsAlone() {
    LossCheck.leavesItsArgumentsAlone(loss(), input());
  }

  @Test
  final void gradientsAreFiniteAndStay() {
    LossCheck.gradientsAreFiniteAndStay(loss(), input());
  }

  @Test
  final void gradientsEqualDifferences() {
    LossCheck.gradientsEqualDifferences(loss(), input());
  }

  @Test
  final void memoryStaysFlat() {
    LossCheck.memoryStaysFlat(loss(), input());
  }
}
