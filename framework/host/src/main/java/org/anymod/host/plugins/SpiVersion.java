package org.anymod.host.plugins;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anymod.spi.Modality;

/** Finds out which version of the SPI is on the class path. */
final class SpiVersion {
  private static final String PROPERTIES = "/META-INF/maven/org.anymod/anymod-spi/pom.properties";
  private static final Pattern IN_POM =
      Pattern.compile("<artifactId>anymod-spi</artifactId>\\s*<version>([^<]+)</version>");

  private SpiVersion() {}

  static String current() {
    try (InputStream in = Modality.class.getResourceAsStream(PROPERTIES)) {
      if (in == null) {
        return fromSources();
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version");
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot read the version of the SPI", e);
    }
  }

  /**
   * Without a JAR, as in an IDE, the classes lie in {@code target/classes} next to the module's
   * POM.
   */
  private static String fromSources() throws IOException, URISyntaxException {
    CodeSource source = Modality.class.getProtectionDomain().getCodeSource();
    Path folder = Path.of(source.getLocation().toURI());
    for (Path parent = folder; parent != null; parent = parent.getParent()) {
      Path pom = parent.resolve("pom.xml");
      if (Files.isRegularFile(pom)) {
        Matcher version = IN_POM.matcher(Files.readString(pom));
        if (version.find()) {
          return version.group(1).strip();
        }
      }
    }
    throw new IllegalStateException(
        "neither "
            + PROPERTIES
            + " nor a pom.xml above "
            + folder
            + " tells the version of the SPI");
  }
}
