package org.anymod.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this program, from the manifest of its jar. */
final class Version implements IVersionProvider {

  static String ofProgram() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"anymod " + ofProgram(), "Java " + System.getProperty("java.version")};
  }
}
