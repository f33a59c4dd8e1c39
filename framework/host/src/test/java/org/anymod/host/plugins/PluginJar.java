package org.anymod.host.plugins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Builds plugin JARs from source text. */
final class PluginJar {
  /** A modality of text that works; subclasses in tests change one thing about it. */
  static final String BASE =
      """
      package demo;
      import java.util.*;
      import java.util.random.RandomGenerator;
      import org.anymod.spi.*;
      public abstract class Base implements Modality {
        public String source() { return "words"; }
        public ValueSpec value() { return new ValueSpec.TextSpec(100); }
        public Declaration declare(DeclarationRequest request) {
          return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(16, 16));
        }
        public Codec codec() {
          return new Codec() {
            public List<String> extensions() { return List.of("txt"); }
            public Value decode(byte[] bytes) { return new Value.Text(new String(bytes)); }
            public byte[] encode(Value value) { return ((Value.Text) value).text().getBytes(); }
          };
        }
        public Representation representation() {
          return new TextForm() {
            public List<String> write(Value value, RandomGenerator random) { return List.of(((Value.Text) value).text()); }
            public Value read(String text) { return new Value.Text(text); }
          };
        }
        public Renderer renderer() { return value -> new Rendering.Words(((Value.Text) value).text()); }
        public Metric metric() {
          return new Metric() {
            public String name() { return "none"; }
            public Accumulator start() { throw new IllegalStateException("not measured"); }
            public Value constant(List<? extends Value> truths) { return truths.get(0); }
          };
        }
      }
      """;

  private final Map<String, String> attributes = new LinkedHashMap<>();
  private final Map<String, String> sources = new LinkedHashMap<>();
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  private PluginJar() {}

  /** Starts an empty JAR with a good descriptor. */
  static PluginJar of(String id) {
    PluginJar jar = new PluginJar();
    return jar.attribute("Plugin-Id", id)
        .attribute("Plugin-Version", "1.2.0")
        .attribute("Plugin-Requires", "^1.0.0");
  }

  /** Starts an empty JAR without descriptor. */
  static PluginJar plain() {
    return new PluginJar();
  }

  /** Starts a plugin with one good modality of the given name. */
  static PluginJar good(String id, String modality) {
    return of(id).modality("M", modality, "");
  }

  /** Adds a modality {@code demo.<type>} and lists it. */
  PluginJar modality(String type, String name, String body) {
    return base()
        .source(
            "demo." + type,
            "package demo; import java.util.*; import org.anymod.spi.*; import org.anymod.spi.config.*;\n"
                + "public class "
                + type
                + " extends Base { public String name() { return \""
                + name
                + "\"; }\n"
                + body
                + "\n}")
        .service("org.anymod.spi.Modality", "demo." + type);
  }

  PluginJar base() {
    return source("demo.Base", BASE);
  }

  PluginJar source(String className, String text) {
    sources.put(className, text);
    return this;
  }

  PluginJar attribute(String name, String value) {
    if (value == null) {
      attributes.remove(name);
    } else {
      attributes.put(name, value);
    }
    return this;
  }

  PluginJar service(String type, String... lines) {
    String path = "META-INF/services/" + type;
    String before = new String(entries.getOrDefault(path, new byte[0]), StandardCharsets.UTF_8);
    return entry(path, (before + String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  PluginJar entry(String path, byte[] bytes) {
    entries.put(path, bytes);
    return this;
  }

  /** Compiles everything and returns the bytes of the JAR. */
  byte[] bytes() {
    Map<String, byte[]> all = new LinkedHashMap<>();
    if (!sources.isEmpty()) {
      all.putAll(SourceCompiler.compile(sources));
    }
    all.putAll(entries);
    StringBuilder manifest = new StringBuilder("Manifest-Version: 1.0\r\n");
    attributes.forEach(
        (name, value) -> manifest.append(name).append(": ").append(value).append("\r\n"));
    all.putIfAbsent(
        "META-INF/MANIFEST.MF",
        manifest.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
    return zip(all);
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JarOutputStream out = new JarOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new JarEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  Path in(Path folder, String name) throws IOException {
    return Files.write(folder.resolve(name), bytes());
  }
}
