package org.anymod.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may use whom. */
class LayersTest {
  private static final List<String> MODULES =
      List.of(
          "spi",
          "media",
          "torch",
          "networks",
          "core",
          "host",
          "serve",
          "cli",
          "toyworld",
          "plugins");

  @Test
  void spiUsesNothingOfTheProject() {
    usesOnly("spi").check(Program.CLASSES);
  }

  @Test
  void mediaUsesTheSpi() {
    usesOnly("media", "spi").check(Program.CLASSES);
  }

  @Test
  void torchUsesTheSpi() {
    usesOnly("torch", "spi").check(Program.CLASSES);
  }

  @Test
  void networksUseSpiAndTorch() {
    usesOnly("networks", "spi", "torch").check(Program.CLASSES);
  }

  @Test
  void coreUsesWhatIsAboveIt() {
    usesOnly("core", "spi", "media", "torch", "networks").check(Program.CLASSES);
  }

  @Test
  void hostUsesWhatIsAboveIt() {
    usesOnly("host", "spi", "media", "torch", "networks", "core").check(Program.CLASSES);
  }

  @Test
  void toyWorldKnowsNeitherHostNorPlugins() {
    usesOnly("toyworld", "spi", "media", "torch", "networks", "core").check(Program.CLASSES);
  }

  @Test
  void serveUsesCoreAndWhatIsAboveIt() {
    usesOnly("serve", "spi", "media", "torch", "networks", "core").check(Program.CLASSES);
  }

  @Test
  void cliUsesEverythingButPlugins() {
    usesOnly(
            "cli",
            "spi",
            "media",
            "torch",
            "networks",
            "core",
            "host",
            "serve",
            "toyworld",
            "sdk.archetype")
        .check(Program.CLASSES);
  }

  @Test
  void theTemplatesOfPluginsUseNothingOfTheProject() {
    usesOnly("sdk.archetype").check(Program.CLASSES);
  }

  @Test
  void pluginsUseSpiMediaAndNetworks() {
    usesOnly("plugins", "spi", "media", "networks").check(Program.CLASSES);
  }

  @Test
  void noPluginSeesAnother() {
    ArchRule rule =
        SlicesRuleDefinition.slices()
            .matching("org.anymod.plugins.(*)..")
            .should()
            .notDependOnEachOther();
    rule.check(Program.CLASSES);
  }

  @Test
  void packagesOfAModuleHaveNoCycles() {
    ArchRule rule =
        SlicesRuleDefinition.slices().matching("org.anymod.(**)").should().beFreeOfCycles();
    rule.check(Program.CLASSES);
  }

  @Test
  void spiUsesFewLibraries() {
    ArchRule rule =
        classes()
            .that()
            .resideInAPackage("org.anymod.spi..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("org.anymod.spi..", "java..", "jakarta.inject..", "org.pf4j..")
                    .or(resideInAPackage("com.fasterxml.jackson.annotation.."))
                    .or(
                        resideInAPackage("ai.djl..")
                            .and(not(resideInAPackage("ai.djl.pytorch..")))));
    rule.check(Program.CLASSES);
  }

  @Test
  void onlyTorchUsesTheEngine() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("org.anymod.torch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.pytorch..");
    rule.check(Program.CLASSES);
  }

  @Test
  void onlyTheHostIsWiredByGuice() {
    ArchRule rule =
        noClasses()
            .that()
            .resideOutsideOfPackages("org.anymod.host..", "org.anymod.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.inject..");
    rule.check(Program.CLASSES);
  }

  @Test
  void everyModuleIsLookedAt() {
    for (String module : MODULES) {
      assertThat(Program.CLASSES)
          .anyMatch(type -> type.getPackageName().startsWith("org.anymod." + module));
    }
  }

  private static ArchRule usesOnly(String module, String... others) {
    String[] allowed =
        Stream.concat(Stream.of(module), Arrays.stream(others))
            .map(name -> "org.anymod." + name + "..")
            .toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage("org.anymod." + module + "..")
        .should()
        .onlyDependOnClassesThat(
            not(resideInAPackage("org.anymod..")).or(resideInAnyPackage(allowed)))
        .as(module + " uses only " + Arrays.toString(others) + " of the project");
  }
}
