package org.anymod.sdk.test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anymod.spi.Modality;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.Representation;
import org.anymod.spi.TextForm;
import org.anymod.spi.Value;
import org.anymod.spi.VectorForm;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What every {@link Modality} must hold to. An author subclasses this in the tests of a plugin and
 * gives the modality and a few of its values; JUnit runs the inherited checks. Forms that the
 * modality does not have, such as texts of a picture, are left out.
 *
 * <p>The test {@link #theJarWorksInAHost} needs the built JAR: it is tagged {@code jar}, and runs
 * where the system property {@code anymod.plugin.jar} names the file, as projects of {@code anymod
 * plugins new} set it after packaging.
 */
public abstract class ModalityContractTest {

  /** For subclasses. */
  protected ModalityContractTest() {}

  /**
   * Returns the modality to look at.
   *
   * @return a new instance for each call
   */
  protected abstract Modality modality();

  /**
   * Returns values that the modality must be able to hold; {@link Samples} makes some.
   *
   * @return at least two different values
   */
  protected abstract List<? extends Value> samples();

  /**
   * Returns the side of the model's pictures in pixels.
   *
   * @return 64 by default
   */
  protected int resolution() {
    return 64;
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
   * Returns what a file may change: the largest difference of a number, or the share of places
   * whose class may change.
   *
   * @return 0 by default
   */
  protected double fileLoss() {
    return 0;
  }

  /**
   * Returns what writing a value as text and reading it back may change, by the modality's own
   * metric.
   *
   * @return 0 by default
   */
  protected double textLoss() {
    return 0;
  }

  /**
   * Returns whether places of a value are places of the picture: an uncut crop of the same size
   * must hold the same numbers then. Override for maps with places of their own, such as features
   * of patches or a spectrogram.
   *
   * @return true for rasters and class maps that follow crops
   */
  protected boolean pixelAligned() {
    Value first = samples().get(0);
    return modality().followsCrop()
        && (first instanceof Value.Raster || first instanceof Value.ClassMap);
  }

  /**
   * Returns values that the modality's labelers compute from.
   *
   * @return values by source name; none by default, and labelers are not run then
   */
  protected Map<String, Value> labelerInputs() {
    return Map.of();
  }

  private Subject subject() {
    return new Subject(
        this::modality, samples(), resolution(), patch(), fileLoss(), textLoss(), pixelAligned());
  }

  private boolean hasForm(Class<? extends Representation> form) {
    return form.isInstance(modality().representation());
  }

  @Test
  final void theHostTakesWhatItSaysAboutItself() {
    DeclarationCheck.hostTakesIt(subject());
  }

  @Test
  final void theDeclarationFitsTheRequest() {
    DeclarationCheck.fitsTheRequest(subject());
  }

  @Test
  final void theVocabularyIsTheOneAskedFor() {
    DeclarationCheck.takesTheVocabularyAskedFor(subject());
  }

  @Test
  final void impossibleSizesAreRefusedInWords() {
    DeclarationCheck.refusesImpossibleSizesInWords(subject());
  }

  @Test
  final void samplesFitTheSpecification() {
    DeclarationCheck.samplesFitTheSpecification(subject());
  }

  @Test
  final void theSpecificationExplainsOtherValues() {
    DeclarationCheck.specificationExplainsOtherValues(subject());
  }

  @Test
  final void valuesSurviveTheirFile() {
    CodecCheck.valuesSurviveTheirFile(subject());
  }

  @Test
  final void damagedFilesAreRefused() {
    CodecCheck.badBytesAreRefused(subject());
  }

  @Test
  final void theSameQuestionHasTheSameAnswer() {
    StabilityCheck.sameAnswersAgain(subject());
  }

  @Test
  final void givenValuesAreLeftAlone() {
    StabilityCheck.inputsAreLeftAlone(subject());
  }

  @Test
  final void resultsAreNotShared() {
    StabilityCheck.resultsAreNotShared(subject());
  }

  @Test
  final void parallelCallsEqualSerialOnes() {
    StabilityCheck.parallelCallsEqualSerial(subject());
  }

  @Test
  final void cropsFitTheSpecification() {
    CropCheck.cropsFitTheSpecification(subject());
  }

  @Test
  final void cropsStayInPlace() {
    CropCheck.cropsStayInPlace(subject());
  }

  @Test
  final void valuesCanBeLookedAt() {
    ViewCheck.valuesCanBeLookedAt(subject());
  }

  @Test
  final void theTruthHasNoError() {
    ViewCheck.theTruthHasNoError(subject());
  }

  @Test
  final void otherValuesHaveAnError() {
    ViewCheck.otherValuesHaveAnError(subject());
  }

  @Test
  final void thereIsABestConstant() {
    ViewCheck.thereIsABestConstant(subject());
  }

  @Test
  final void labelsFitTheSpecification() {
    ViewCheck.labelsFitTheSpecification(subject(), labelerInputs());
  }

  @Test
  final void textsKeepTheValue() {
    if (hasForm(TextForm.class)) {
      FormCheck.textsKeepTheValue(subject());
    }
  }

  @Test
  final void textsFollowTheSeedAndHoldNoControlTokens() {
    if (hasForm(TextForm.class)) {
      FormCheck.textsFollowTheSeedAndHoldNoControlTokens(subject());
    }
  }

  @Test
  final void textsLeaveRoomForTheEndToken() {
    if (hasForm(TextForm.class)) {
      FormCheck.textsLeaveRoomForTheEndToken(subject());
    }
  }

  @Test
  final void anyTextIsRead() {
    if (hasForm(TextForm.class)) {
      FormCheck.anyTextIsRead(subject());
    }
  }

  @Test
  final void vectorsFitTheKind() {
    if (hasForm(VectorForm.class)) {
      FormCheck.vectorsFitTheKind(subject());
    }
  }

  @Test
  final void pixelsScaleToFiniteNumbers() {
    if (hasForm(PixelScaling.class)) {
      FormCheck.pixelsScaleToFiniteNumbers(subject());
    }
  }

  /** The built JAR loads alone in a host, bundles nothing of it and works there. */
  @Test
  @Tag("jar")
  @EnabledIfSystemProperty(named = PluginJarCheck.PROPERTY, matches = ".+")
  protected final void theJarWorksInAHost() {
    PluginJarCheck.worksInAHost(Path.of(System.getProperty(PluginJarCheck.PROPERTY)), subject());
  }
}
