package org.anymod.sdk.archetype;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The project of a new plugin: a POM, a modality, a service file, tests and a page that explains
 * them. It builds and passes its tests as it is.
 *
 * @param name name of plugin and artifact, such as {@code heat-map}
 * @param kind what the modality starts from
 * @param packageName Java package, and group of the artifact
 * @param sdkRepository URL of a Maven repository with the SDK
 */
public record PluginProject(
    String name, PluginKind kind, String packageName, String sdkRepository) {
  static final String VERSION = "0.1.0";

  private static final String NAME = "[a-z][a-z0-9]*(-[a-z0-9]+)*";
  private static final String PACKAGE = "[a-z_][a-z0-9_]*(\\.[a-z_][a-z0-9_]*)*";

  /**
   * Checks that name and package can be used.
   *
   * @throws IllegalArgumentException if not; the message says what was found and what is allowed
   */
  public PluginProject {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "the name '"
              + name
              + "' must be lower-case letters and digits in words with hyphens between them, as in"
              + " heat-map");
    }
    if (!packageName.matches(PACKAGE)) {
      throw new IllegalArgumentException(
          "the package '"
              + packageName
              + "' must be lower-case names with dots between them, as in com.example.heatmap");
    }
  }

  /**
   * Returns the name under which recipes know the modality.
   *
   * @return the name of the project with underscores
   */
  public String modality() {
    return name.replace('-', '_');
  }

  /**
   * Returns what stands for the variables of the templates.
   *
   * @return values by name, as Maven's archetype plugin takes them
   */
  public Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("groupId", packageName);
    properties.put("artifactId", name);
    properties.put("version", VERSION);
    properties.put("package", packageName);
    properties.put("kind", kind.toString());
    properties.put("modality", modality());
    properties.put("type", type());
    properties.put("anymodVersion", Templates.sdkVersion());
    properties.put("sdkRepository", sdkRepository);
    return properties;
  }

  private String type() {
    return Arrays.stream(name.split("-"))
        .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
        .collect(Collectors.joining());
  }

  /**
   * Renders the files.
   *
   * @return texts by path inside the project, with slashes
   */
  public Map<String, String> files() {
    return Templates.render(properties());
  }

  /**
   * Writes the project.
   *
   * @param folder the new folder; there must be nothing at this place, or an empty folder
   * @throws IOException if there is something or it cannot be written; nothing is left behind then
   */
  public void write(Path folder) throws IOException {
    if (Files.exists(folder) && !isEmptyFolder(folder)) {
      throw new IOException(folder + " is there already; choose another name or place");
    }
    Path parent = folder.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path draft = Files.createTempDirectory(parent, "." + name);
    try {
      for (Map.Entry<String, String> file : files().entrySet()) {
        Path target = draft.resolve(file.getKey());
        Files.createDirectories(target.getParent());
        Files.writeString(target, file.getValue());
      }
      openToAll(draft);
      Files.deleteIfExists(folder);
      Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      deleteTree(draft);
    }
  }

  /** Temporary folders are closed to others; a project is not. */
  private static void openToAll(Path folder) throws IOException {
    if (Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class)) {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
