package org.anymod.sdk.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.anymod.media.Pictures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Each defect is found by the check that is there for it, in words that say what is wrong. */
class SeededDefectsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GridDefects$WrongShape | cropsFitTheSpecification | the result is 65 x 65, asked was 64
          GridDefects$NotMirrored | cropsStayInPlace | is not mirrored left to right
          GridDefects$WrongRange | valuesSurviveTheirFile | is outside [0.0, 1.0]
          GridDefects$BadRoundTrip | valuesSurviveTheirFile | read from its file differs by up to
          GridDefects$ReadsBeyondTheEnd | damagedFilesAreRefused | ArrayIndexOutOfBoundsException
          GridDefects$SharedMutableState | resultsAreNotShared | writes over an earlier result
          GridDefects$GivesOutItsTable | resultsAreNotShared | gives out an array that it keeps
          GridDefects$ChangesWhatItIsGiven | givenValuesAreLeftAlone | renderer().render changes the value
          GridDefects$FixedVocabulary | theVocabularyIsTheOneAskedFor | is 64 where the recipe asks for 17
          GridDefects$WrongKey | theHostTakesWhatItSaysAboutItself | must declare the requested one
          GridDefects$SharedSums | otherValuesHaveAnError | accumulators share their sums
          GridDefects$ConstantOutOfRange | thereIsABestConstant | the constant value 3.0
          GridDefects$PerfectIsNotZero | theTruthHasNoError | is 0.5, must be 0
          TextDefects$NotDeterministic | textsFollowTheSeedAndHoldNoControlTokens | the same generator gives another text
          TextDefects$WrongPadding | textsFollowTheSeedAndHoldNoControlTokens | holds the control token [PAD]
          TextDefects$NoRoomForTheEndToken | textsLeaveRoomForTheEndToken | must hold them and the end token
          TextDefects$FailsOnNonsense | anyTextIsRead | StringIndexOutOfBoundsException
          TextDefects$UndeclaredCoordinates | textsFollowTheSeedAndHoldNoControlTokens | coordinateBins() is 0
          TextDefects$LosesWords | textsKeepTheValue | with an error of
          TokenDefects$Leak | memoryStaysFlat | leave tensors behind
          TokenDefects$SeesTheBatch | batchesEqualSingleValues | must not see each other
          TokenDefects$OneTokenTooFew | tokensFitTheDeclaration | a row of 3 tokens, declared are 4
          TokenDefects$DecodesOutOfRange | tokensBecomeValues | value -0.25 at row 0
          TokenDefects$TakesAnyToken | impossibleTokensAreRefused | is taken, must be refused
          TokenDefects$WeightsOfChance | aSeedIsATokenizer | the same seed gives other weights
          TokenDefects$ForgetsItsMoments | aResumedTrainingIsTheSame | goes another way
          TokenDefects$LearnsNothing | everyWeightLearns | no gradient reaches
          TokenDefects$LeakInTraining | memoryStaysFlatInTraining | leaves tensors behind
          LossDefects$NoScalar | isAFiniteScalarAndTheSameAgain | must be a float32 scalar
          LossDefects$Sum | isAMeanOverSamples | must be a mean
          LossDefects$NoGradient | gradientsAreFiniteAndStay | gradient
          LossDefects$WrongGradient | gradientsEqualDifferences | but the loss rises by
          LossDefects$ChangesTheTarget | leavesItsArgumentsAlone | changes the tensors
          LossDefects$Keeps | memoryStaysFlat | outlive the prediction
          """)
  void isFound(String defect, String check, String words) throws ClassNotFoundException {
    Map<String, String> failures = failures(Class.forName("org.anymod.sdk.test." + defect.strip()));
    assertThat(failures).containsKey(check);
    assertThat(failures.get(check)).contains(words);
  }

  @Test
  void aGoodJarPasses() throws IOException {
    Path jar = TestJar.of(TextDefects.Starts.class).in(folder);
    assertThat(failuresWith(jar, TextDefects.StartsCase.class)).isEmpty();
  }

  @Test
  void aBundledHostClassIsFound() throws IOException {
    Path jar = TestJar.of(TextDefects.Starts.class).with(Pictures.class).in(folder);
    assertThat(failuresWith(jar, TextDefects.StartsCase.class))
        .hasEntrySatisfying(
            "theJarWorksInAHost",
            message ->
                assertThat(message)
                    .contains("bundles org.anymod.media.Pictures", "the scope 'provided'"));
  }

  @Test
  void anExceptionInAConstructorIsFound() throws IOException {
    Path jar = TestJar.of(TextDefects.FailsToStart.class).in(folder);
    assertThat(failuresWith(jar, TextDefects.FailsToStartCase.class).get("theJarWorksInAHost"))
        .contains("no luck today");
  }

  @Test
  void aJarWithoutTheModalityIsFound() throws IOException {
    Path jar = TestJar.of(TextDefects.FailsToStart.class).notListed().in(folder);
    assertThat(failuresWith(jar, TextDefects.StartsCase.class).get("theJarWorksInAHost"))
        .contains("META-INF/services/org.anymod.spi.Modality");
  }

  @Test
  void useOfHiddenClassesIsFound() throws IOException {
    Path jar = TestJar.of(TextDefects.UsesTheHost.class).in(folder);
    assertThat(failuresWith(jar, TextDefects.UsesTheHostCase.class).get("theJarWorksInAHost"))
        .contains("write fails inside a host", "org/anymod/torch/StreamRandom");
  }

  private static Map<String, String> failuresWith(Path jar, Class<?> test) {
    System.setProperty(PluginJarCheck.PROPERTY, jar.toString());
    try {
      return failures(test);
    } finally {
      System.clearProperty(PluginJarCheck.PROPERTY);
    }
  }

  /** Runs the contract and returns messages by the name of the failed check. */
  private static Map<String, String> failures(Class<?> test) {
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test)).build();
    LauncherFactory.create().execute(request, listener);
    TestExecutionSummary summary = listener.getSummary();
    assertThat(summary.getTestsFoundCount()).isGreaterThan(5);
    Map<String, String> failures = new TreeMap<>();
    for (TestExecutionSummary.Failure failure : summary.getFailures()) {
      MethodSource method = (MethodSource) failure.getTestIdentifier().getSource().orElseThrow();
      failures.put(method.getMethodName(), String.valueOf(failure.getException()));
    }
    return failures;
  }
}
