package org.anymod.host.plugins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles Java sources in memory, each set of sources once. */
final class SourceCompiler {
  private static final Map<Map<String, String>, Map<String, byte[]>> DONE =
      new ConcurrentHashMap<>();

  private SourceCompiler() {}

  /** Returns class files by the path they have in a JAR. */
  static Map<String, byte[]> compile(Map<String, String> sources) {
    return DONE.computeIfAbsent(Map.copyOf(sources), SourceCompiler::run);
  }

  private static Map<String, byte[]> run(Map<String, String> sources) {
    Map<String, ByteArrayOutputStream> classes = new TreeMap<>();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<JavaFileObject> units =
          sources.entrySet().stream()
              .<JavaFileObject>map(source -> new Source(source.getKey(), source.getValue()))
              .toList();
      List<String> options =
          List.of(
              "-proc:none", "-parameters", "-g:none", "-cp", System.getProperty("java.class.path"));
      if (!compiler
          .getTask(messages, new InMemory(files, classes), null, options, null, units)
          .call()) {
        throw new IllegalArgumentException(messages.toString());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Map<String, byte[]> result = new TreeMap<>();
    classes.forEach((path, bytes) -> result.put(path, bytes.toByteArray()));
    return result;
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String className, String text) {
      super(
          URI.create("string:///" + className.replace('.', '/') + Kind.SOURCE.extension),
          Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> classes;

    InMemory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
      super(files);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
      String path = className.replace('.', '/') + kind.extension;
      return new SimpleJavaFileObject(URI.create("memory:///" + path), kind) {
        @Override
        public OutputStream openOutputStream() {
          return classes.computeIfAbsent(path, p -> new ByteArrayOutputStream());
        }
      };
    }
  }
}
