package org.anymod.host.plugins;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the plugin attributes of a JAR's manifest. */
final class DescriptorReader {
  static final String ID = "Plugin-Id";
  static final String VERSION = "Plugin-Version";
  static final String REQUIRES = "Plugin-Requires";
  static final String DEPENDENCIES = "Plugin-Dependencies";
  private static final String PREFIX = "plugin-";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
  private static final Pattern DEPENDENCY =
      Pattern.compile("([A-Za-z0-9][A-Za-z0-9._-]*)(?:@(.+))?");

  private final String text;
  private final Attributes attributes;

  private DescriptorReader(String text, Attributes attributes) {
    this.text = text;
    this.attributes = attributes;
  }

  /** Returns whether a manifest has any plugin attribute, however broken. */
  static boolean isDescriptor(byte[] manifest) {
    return new String(manifest, StandardCharsets.UTF_8)
        .lines()
        .anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith(PREFIX));
  }

  /**
   * Reads a descriptor.
   *
   * @param manifest bytes of the manifest
   * @param file the plugin as it lies in the plugins folder
   * @throws PluginFault with code MALFORMED_DESCRIPTOR; names the attribute and its line
   */
  static PluginInfo read(byte[] manifest, Path file) throws PluginFault {
    try {
      Attributes attributes = new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
      return new DescriptorReader(new String(manifest, StandardCharsets.UTF_8), attributes)
          .read(file);
    } catch (IOException e) {
      throw malformed(
          MANIFEST + " is no manifest: " + e.getMessage() + "; each line must be 'Name: value'");
    }
  }

  private PluginInfo read(Path file) throws PluginFault {
    if (attributes.getValue("Plugin-Class") != null) {
      throw malformed(
          "Plugin-Class"
              + where("Plugin-Class")
              + " is not supported; list extensions in META-INF/services and remove it");
    }
    String id = required(ID);
    if (!NAME.matcher(id).matches()) {
      throw wrong(
          ID,
          id,
          "letters, digits, dots, hyphens and underscores, starting with a letter or digit");
    }
    String version = required(VERSION);
    if (!Versions.isVersion(version)) {
      throw wrong(VERSION, version, "a semantic version such as 1.2.0");
    }
    String requires = required(REQUIRES);
    if (!Versions.isRange(requires)) {
      throw wrong(REQUIRES, requires, "a range of SPI versions such as '>=1.0.0 & <2.0.0'");
    }
    return new PluginInfo(
        id,
        version,
        requires,
        dependencies(),
        optional("Plugin-Description"),
        optional("Plugin-License"),
        file);
  }

  private List<PluginInfo.Dependency> dependencies() throws PluginFault {
    List<PluginInfo.Dependency> dependencies = new ArrayList<>();
    String all = optional(DEPENDENCIES);
    if (all.isEmpty()) {
      return dependencies;
    }
    for (String part : all.split(",", -1)) {
      Matcher matcher = DEPENDENCY.matcher(part.strip());
      String range = matcher.matches() && matcher.group(2) != null ? matcher.group(2).strip() : "*";
      if (!matcher.matches() || !Versions.isRange(range)) {
        throw wrong(
            DEPENDENCIES, part.strip(), "plugin ids with ranges such as 'depth@>=1.0.0, caption'");
      }
      dependencies.add(new PluginInfo.Dependency(matcher.group(1), range));
    }
    return dependencies;
  }

  private String required(String name) throws PluginFault {
    String value = optional(name);
    if (value.isEmpty()) {
      String state = attributes.getValue(name) == null ? " is missing" : where(name) + " is empty";
      throw malformed(
          name
              + state
              + "; a plugin needs "
              + ID
              + ", "
              + VERSION
              + " and "
              + REQUIRES
              + " in "
              + MANIFEST);
    }
    return value;
  }

  private String optional(String name) {
    String value = attributes.getValue(name);
    return value == null ? "" : value.strip();
  }

  private PluginFault wrong(String name, String found, String allowed) {
    return malformed(name + where(name) + " is '" + found + "', must be " + allowed);
  }

  private String where(String name) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
        return " (" + MANIFEST + " line " + (i + 1) + ")";
      }
    }
    return "";
  }

  private static PluginFault malformed(String message) {
    return new PluginFault(PluginError.MALFORMED_DESCRIPTOR, message);
  }
}
