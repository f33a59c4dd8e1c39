package org.anymod.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The framework knows kinds of modalities and no particular one. */
class ModalityNamesTest {
  /**
   * Names that are also words of the framework: the depth of a network is its number of blocks, and
   * gradients are clipped.
   */
  private static final Set<String> AMBIGUOUS = Set.of("clip", "depth");

  @Test
  void frameworkNamesNoModality() throws IOException {
    Set<String> names = names();
    List<String> found = new ArrayList<>();
    for (JavaClass type : Program.CLASSES) {
      if (isFramework(type.getPackageName())) {
        for (String text : strings(type)) {
          if (names.contains(text.replaceFirst("@.*", ""))) {
            found.add(type.getName() + " names \"" + text + "\"");
          }
        }
      }
    }
    assertThat(found).isEmpty();
  }

  @Test
  void pluginsNameThemselves() throws IOException {
    Set<String> found = new HashSet<>();
    for (JavaClass type : Program.CLASSES) {
      if (type.getPackageName().startsWith("org.anymod.plugins.")) {
        found.addAll(strings(type));
      }
    }
    for (String plugin : Repository.plugins()) {
      String name = plugin.replace('-', '_');
      assertThat(found).containsAnyOf(name, "tok_" + name);
    }
  }

  private static Set<String> names() throws IOException {
    Set<String> names = new HashSet<>();
    for (String plugin : Repository.plugins()) {
      String name = plugin.replace('-', '_');
      names.add(name);
      names.add("tok_" + name);
    }
    assertThat(names).contains("rgb", "tok_rgb");
    names.removeAll(AMBIGUOUS);
    return names;
  }

  private static boolean isFramework(String name) {
    return !name.startsWith("org.anymod.plugins") && !name.startsWith("org.anymod.toyworld");
  }

  private static Set<String> strings(JavaClass type) throws IOException {
    try (InputStream in = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return StringConstants.of(in);
    }
  }
}
