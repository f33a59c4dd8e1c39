package org.anymod.sdk.test;

import java.util.List;
import java.util.Map;
import org.anymod.spi.Loss;
import org.anymod.spi.Modality;
import org.anymod.spi.Tokenizer;
import org.anymod.spi.Value;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Tokenizer} must hold to. An author subclasses this in the tests of a plugin and
 * gives the modality, a few values and settings that make a small network; JUnit runs the inherited
 * checks on the CPU.
 */
public abstract class TokenizerContractTest {

  /** For subclasses. */
  protected TokenizerContractTest() {}

  /**
   * Returns the modality whose tokenizer is looked at.
   *
   * @return a modality whose representation makes tokenizers
   */
  protected abstract Modality modality();

  /**
   * Returns values to tokenize; rasters and class maps are cropped to {@link #resolution()} first.
   *
   * @return at least two values
   */
  protected abstract List<? extends Value> samples();

  /**
   * Returns settings of the tokenizer as in a recipe, for a network that is quick.
   *
   * @return numbers, strings and booleans by name; none by default
   */
  protected Map<String, Object> settings() {
    return Map.of();
  }

  /**
   * Returns the number of different tokens to ask for.
   *
   * @return 16 by default
   */
  protected int vocabulary() {
    return 16;
  }

  /**
   * Returns the side of the pictures to tokenize in pixels.
   *
   * @return 32 by default
   */
  protected int resolution() {
    return 32;
  }

  /**
   * Returns the side of a patch in pixels.
   *
   * @return 8 by default
   */
  protected int patch() {
    return 8;
  }

  /**
   * Returns the number of steps in which the loss must fall once below its start.
   *
   * @return 12 by default
   */
  protected int steps() {
    return 12;
  }

  /**
   * Returns the losses that the plugin brings, for settings that name one.
   *
   * @return none by default
   */
  protected List<? extends Loss> losses() {
    return List.of();
  }

  private TokenizerSubject subject() {
    return new TokenizerSubject(
        modality(), samples(), resolution(), patch(), vocabulary(), settings(), losses());
  }

  @Test
  final void tokensFitTheDeclaration() {
    TokenCheck.tokensFitTheDeclaration(subject());
  }

  @Test
  final void tokensBecomeValues() {
    TokenCheck.tokensBecomeValues(subject());
  }

  @Test
  final void batchesEqualSingleValues() {
    TokenCheck.batchesEqualSingleValues(subject());
  }

  @Test
  final void aSeedIsATokenizer() {
    TokenCheck.aSeedIsATokenizer(subject());
  }

  @Test
  final void impossibleTokensAreRefused() {
    TokenCheck.impossibleTokensAreRefused(subject());
  }

  @Test
  final void unknownSettingsAreRefused() {
    TokenCheck.unknownSettingsAreRefused(subject());
  }

  @Test
  final void statesCanBeLoadedOrAreRefusedWhole() {
    TokenCheck.statesCanBeLoadedOrAreRefusedWhole(subject());
  }

  @Test
  final void memoryStaysFlat() {
    TokenCheck.memoryStaysFlat(subject());
  }

  @Test
  final void everyWeightLearns() {
    LearningCheck.everyWeightLearns(subject());
  }

  @Test
  final void theLossFalls() {
    LearningCheck.theLossFalls(subject(), steps());
  }

  @Test
  final void aResumedTrainingIsTheSame() {
    LearningCheck.aResumedTrainingIsTheSame(subject());
  }

  @Test
  final void memoryStaysFlatInTraining() {
    LearningCheck.memoryStaysFlat(subject());
  }
}
