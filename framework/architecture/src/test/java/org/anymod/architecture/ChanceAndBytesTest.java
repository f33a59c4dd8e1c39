package org.anymod.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.djl.ndarray.NDArray;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.security.SecureRandom;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;

/**
 * Chance is a function of seed and position, and foreign bytes never become objects by themselves.
 */
class ChanceAndBytesTest {
  @Test
  void chanceComesFromSeededStreams() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                Random.class, SecureRandom.class, SplittableRandom.class, ThreadLocalRandom.class);
    rule.check(Program.CLASSES);
  }

  @Test
  void nobodyAsksForAnyRandomNumber() {
    ArchRule rule =
        noClasses()
            .should()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(UUID.class, "randomUUID");
    rule.check(Program.CLASSES);
  }

  @Test
  void nobodySerializesObjects() {
    ArchRule rule =
        noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class);
    rule.check(Program.CLASSES);
  }

  @Test
  void onlyTheCommandLineTalksToTheTerminal() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("org.anymod.cli..")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS);
    rule.check(Program.CLASSES);
  }

  @Test
  void onlyTheCommandLineEndsTheProcess() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("org.anymod.cli..")
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class);
    rule.check(Program.CLASSES);
  }

  /** Recorded, such a product keeps a bare pointer to memory that is let go of at once. */
  @Test
  void tensorsMeetNoBareNumbers() {
    ArchRule rule =
        noClasses()
            .should()
            .callMethod(NDArray.class, "mul", Number.class)
            .orShould()
            .callMethod(NDArray.class, "div", Number.class)
            .orShould()
            .callMethod(NDArray.class, "pow", Number.class)
            .because("Autograd.scaled is safe in a recorded pass");
    rule.check(Program.CLASSES);
  }
}
