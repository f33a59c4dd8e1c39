package org.anymod.spi;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What plugins can see of the SPI, a line for each thing that they may rely on or must bring. */
final class PublicApi {
  /** What a plugin that implements a type must bring; more of it breaks plugins, less does not. */
  static final String DUTY = " must bring ";

  private static final int SEEN = Modifier.PUBLIC | Modifier.PROTECTED;

  /** Implemented by the host alone, so that it may grow. */
  private static final Set<Class<?>> OF_THE_HOST = Set.of(TokenizerContext.class);

  private final SortedSet<String> lines = new TreeSet<>();

  private PublicApi() {}

  /** Describes all public types of this module. */
  static SortedSet<String> lines() {
    PublicApi api = new PublicApi();
    types().stream().filter(PublicApi::isVisible).forEach(api::describe);
    return api.lines;
  }

  private static List<Class<?>> types() {
    try {
      Path root =
          Path.of(Modality.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      List<Class<?>> types = new ArrayList<>();
      try (Stream<Path> files = Files.walk(root)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).sorted().toList()) {
          String name = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
          if (!name.contains("-info")) {
            types.add(Class.forName(name.substring(0, name.length() - ".class".length())));
          }
        }
      }
      return types;
    } catch (IOException | URISyntaxException | ClassNotFoundException e) {
      throw new IllegalStateException("cannot list the classes of the SPI", e);
    }
  }

  private static boolean isVisible(Class<?> type) {
    return type == null
        || (type.getModifiers() & SEEN) != 0
            && !type.isAnonymousClass()
            && !type.isLocalClass()
            && isVisible(type.getEnclosingClass());
  }

  private void describe(Class<?> type) {
    String name = type.getName();
    lines.add(name + " is " + sort(type));
    Stream.concat(
            Stream.ofNullable(type.getGenericSuperclass()), Stream.of(type.getGenericInterfaces()))
        .map(Type::getTypeName)
        .filter(parent -> !parent.equals("java.lang.Object"))
        .forEach(parent -> lines.add(name + " extends " + parent));
    describeParts(type, name);
    for (Constructor<?> constructor : type.getDeclaredConstructors()) {
      if ((constructor.getModifiers() & SEEN) != 0) {
        lines.add(name + " has constructor" + parameters(constructor));
      }
    }
    for (Method method : type.getDeclaredMethods()) {
      if ((method.getModifiers() & SEEN) != 0 && !method.isSynthetic()) {
        describe(type, method);
      }
    }
  }

  private void describeParts(Class<?> type, String name) {
    if (type.isRecord()) {
      RecordComponent[] components = type.getRecordComponents();
      for (int i = 0; i < components.length; i++) {
        String component =
            components[i].getGenericType().getTypeName() + " " + components[i].getName();
        lines.add(name + " has component " + i + ": " + component);
      }
    }
    for (Field field : type.getDeclaredFields()) {
      if ((field.getModifiers() & SEEN) != 0) {
        String what = field.getGenericType().getTypeName() + " " + field.getName();
        lines.add(name + " has field " + modifiers(field.getModifiers()) + what);
      }
    }
  }

  private void describe(Class<?> type, Method method) {
    String signature = method.getName() + parameters(method);
    String returned = method.getGenericReturnType().getTypeName();
    String isStatic = Modifier.isStatic(method.getModifiers()) ? "static " : "";
    lines.add(type.getName() + " has method " + isStatic + returned + " " + signature);
    boolean needed =
        type.isAnnotation()
            ? method.getDefaultValue() == null
            : Modifier.isAbstract(method.getModifiers())
                && !type.isSealed()
                && !OF_THE_HOST.contains(type);
    if (needed) {
      lines.add(type.getName() + DUTY + signature);
    }
  }

  private static String modifiers(int modifiers) {
    int shown = modifiers & (Modifier.STATIC | Modifier.FINAL);
    return shown == 0 ? "" : Modifier.toString(shown) + " ";
  }

  private static String parameters(Executable executable) {
    String types =
        Arrays.stream(executable.getGenericParameterTypes())
            .map(Type::getTypeName)
            .collect(Collectors.joining(", ", "(", ")"));
    String thrown =
        Arrays.stream(executable.getExceptionTypes())
            .map(Class::getName)
            .sorted()
            .collect(Collectors.joining(", "));
    return types + (thrown.isEmpty() ? "" : " throws " + thrown);
  }

  private static String sort(Class<?> type) {
    String sealed = type.isSealed() ? "sealed " : "";
    if (type.isAnnotation()) {
      return "annotation";
    } else if (type.isInterface()) {
      return sealed + "interface";
    } else if (type.isEnum()) {
      return "enum";
    } else if (type.isRecord()) {
      return "record";
    }
    int shown = type.getModifiers() & (Modifier.ABSTRACT | Modifier.FINAL);
    return sealed + (shown == 0 ? "" : Modifier.toString(shown) + " ") + "class";
  }
}
