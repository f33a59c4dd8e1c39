package org.anymod.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The SPI changes only on purpose: it is compared with {@code spi-api.txt}, the recorded state. The
 * first line of that file says which version it is and whether it was released; {@code
 * sdk/COMPATIBILITY.md} says what may change then.
 */
class ApiBaselineTest {
  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Path RECORD = MODULE.resolve("src/test/resources/spi-api.txt");
  private static final String ACCEPT = "anymod.spi.accept";
  private static final Pattern HEAD = Pattern.compile("SPI (\\d+\\.\\d+\\.\\d+), (not )?released");
  private static final String TYPE = "org.anymod.spi.Some is interface";
  private static final String METHOD = "org.anymod.spi.Some has method int size()";
  private static final String DUTY = "org.anymod.spi.Some must bring size()";

  @Test
  void theSpiIsTheRecordedOneOrHasAVersionThatAllowsTheChange() throws IOException {
    List<String> lines = Files.readAllLines(RECORD);
    Matcher head = HEAD.matcher(lines.get(0));
    assertThat(head.matches()).as("first line of spi-api.txt: %s", lines.get(0)).isTrue();
    ApiChange change =
        ApiChange.between(Set.copyOf(lines.subList(1, lines.size())), PublicApi.lines());
    if (change.isNone()) {
      return;
    }
    String least = change.leastVersion(head.group(1));
    boolean released = head.group(2) == null;
    if (released && Version.parse(version()).compareTo(Version.parse(least)) < 0) {
      fail(
          "the SPI differs from the released %s:%n%s%nGive anymod-spi the version %s or more, or take"
              + " the change back; see sdk/COMPATIBILITY.md",
          head.group(1), text(change), least);
    }
    if (!Boolean.getBoolean(ACCEPT)) {
      fail(
          "the SPI differs from its record:%n%s%nIf that is meant, record it:%n./mvnw test -pl"
              + " framework/spi -am -Dtest=ApiBaselineTest -Dsurefire.failIfNoSpecifiedTests=false"
              + " -D%s=true",
          text(change), ACCEPT);
    }
    StringBuilder record = new StringBuilder("SPI " + version() + ", not released\n");
    PublicApi.lines().forEach(line -> record.append(line).append('\n'));
    Files.writeString(RECORD, record);
  }

  private static String text(ApiChange change) {
    return "breaking:\n" + text(change.breaking()) + "\ncompatible:\n" + text(change.compatible());
  }

  private static String text(SortedSet<String> changes) {
    return changes.isEmpty() ? "nothing" : String.join("\n", changes);
  }

  private static String version() throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>anymod-spi</artifactId>\\s*<version>([^<]+)</version>")
            .matcher(Files.readString(MODULE.resolve("pom.xml")));
    assertThat(version.find()).isTrue();
    return version.group(1);
  }

  @Test
  void whatIsGoneBreaks() {
    ApiChange change = ApiChange.between(Set.of(TYPE, METHOD), Set.of(TYPE));
    assertThat(change.breaking()).containsExactly("gone: " + METHOD);
    assertThat(change.leastVersion("1.4.2")).isEqualTo("2.0.0");
  }

  @Test
  void aNewDutyBreaksAndANewDefaultMethodDoesNot() {
    ApiChange duty = ApiChange.between(Set.of(TYPE), Set.of(TYPE, METHOD, DUTY));
    assertThat(duty.breaking()).containsExactly("new: " + DUTY);
    ApiChange usable = ApiChange.between(Set.of(TYPE), Set.of(TYPE, METHOD));
    assertThat(usable.breaking()).isEmpty();
    assertThat(usable.leastVersion("1.4.2")).isEqualTo("1.5.0");
  }

  @Test
  void aDutyThatEndsAndANewTypeAreCompatible() {
    assertThat(ApiChange.between(Set.of(TYPE, METHOD, DUTY), Set.of(TYPE, METHOD)).breaking())
        .isEmpty();
    assertThat(ApiChange.between(Set.of(), Set.of(TYPE, METHOD, DUTY)).breaking()).isEmpty();
    assertThat(ApiChange.between(Set.of(TYPE), Set.of(TYPE)).isNone()).isTrue();
  }

  @Test
  void theRecordHoldsWhatPluginsRelyOn() {
    assertThat(PublicApi.lines())
        .contains(
            "org.anymod.spi.Codec must bring encode(org.anymod.spi.Value)",
            "org.anymod.spi.Value is sealed interface",
            "org.anymod.spi.Kind$TokenGrid has component 2: int vocabulary",
            "org.anymod.spi.config.Setting must bring value()")
        .doesNotContain("org.anymod.spi.Modality must bring modelLoss()")
        .noneMatch(line -> line.contains("TokenizerContext" + PublicApi.DUTY))
        .noneMatch(line -> line.contains("org.anymod.spi.Checks"));
  }
}
