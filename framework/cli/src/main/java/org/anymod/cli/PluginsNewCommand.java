package org.anymod.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.anymod.sdk.archetype.PluginKind;
import org.anymod.sdk.archetype.PluginProject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code anymod plugins new}. */
@Command(
    name = "new",
    description = {
      "Write the Maven project of a new plugin. It builds, passes the contract tests and makes a JAR",
      "with 'mvn verify' as it is."
    })
final class PluginsNewCommand implements Callable<Integer> {
  private static final String REPOSITORY = "sdk/repository";

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "Name of the plugin, such as heat-map.")
  private String name;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      required = true,
      description = "What the modality starts from: ${COMPLETION-CANDIDATES}.")
  private PluginKind kind;

  @Option(
      names = "--package",
      paramLabel = "PACKAGE",
      description = "Java package and Maven group (default: com.example.NAME without hyphens).")
  private String packageName;

  @Option(
      names = "--to",
      paramLabel = "DIR",
      description = "Folder to write to, new or empty (default: NAME in the current one).")
  private Path folder;

  @Option(
      names = "--sdk",
      paramLabel = "URL",
      description = "Maven repository with the SDK (default: that of this installation).")
  private String repository;

  @Override
  public Integer call() throws IOException {
    String inPackage = packageName == null ? "com.example." + name.replace("-", "") : packageName;
    PluginProject project;
    try {
      project = new PluginProject(name, kind, inPackage, sdk());
    } catch (IllegalArgumentException e) {
      throw new UserMistake(e.getMessage());
    }
    Path place = folder == null ? Path.of(name) : folder;
    if (Files.exists(place) && !(Files.isDirectory(place) && isEmpty(place))) {
      throw new UserMistake(place + " is there already; choose another NAME or --to");
    }
    project.write(place);
    spec.commandLine().getOut().println("wrote " + place + "; go there and run: mvn verify");
    return ExitCode.OK;
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private String sdk() {
    if (repository != null) {
      return repository;
    }
    Path own =
        Installation.home()
            .map(home -> home.resolve(REPOSITORY).toAbsolutePath().normalize())
            .filter(Files::isDirectory)
            .orElseThrow(
                () ->
                    new UserMistake(
                        "this installation has no folder " + REPOSITORY + "; name one with --sdk"));
    return own.toUri().toString();
  }
}
