package org.anymod.host.plugins;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Modality;

/** Asks a modality about itself and refuses answers that cannot all be true. */
public final class ModalityCheck {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]+(\\.[a-z0-9]+)*");

  /** A request that every published modality can meet: 224 pixels in patches of 16. */
  private static final int RESOLUTION = 224;

  private static final int PATCH = 16;

  private final Modality modality;
  private final String label;

  private ModalityCheck(Modality modality) {
    this.modality = modality;
    this.label = modality.getClass().getName();
  }

  /**
   * Asks a modality what the host asks when it loads a plugin.
   *
   * @param modality any modality
   * @return what cannot be: what was found and what is allowed; empty if the host would take it
   */
  public static Optional<String> violation(Modality modality) {
    try {
      check(modality);
      return Optional.empty();
    } catch (PluginFault fault) {
      return Optional.of(fault.getMessage());
    }
  }

  /**
   * Checks a modality.
   *
   * @throws PluginFault with code CONTRADICTION
   */
  static void check(Modality modality) throws PluginFault {
    ModalityCheck check = new ModalityCheck(modality);
    try {
      check.checkParts();
      check.checkDeclaration(modality.name());
      check.checkDeclaration(modality.name() + "@" + RESOLUTION);
    } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
      throw check.contradiction("throws " + e + " when asked about itself");
    }
  }

  /** Checks a name that recipes use. */
  static void checkName(String what, Object owner, String name) throws PluginFault {
    if (name == null || !NAME.matcher(name).matches()) {
      throw new PluginFault(
          PluginError.CONTRADICTION,
          owner.getClass().getName()
              + ": "
              + what
              + " is '"
              + name
              + "', must be lower-case letters, digits and underscores, starting with a letter");
    }
  }

  private void checkParts() throws PluginFault {
    checkName("name()", modality, modality.name());
    checkName("source()", modality, modality.source());
    require("value()", modality.value());
    require("codec()", modality.codec());
    require("representation()", modality.representation());
    require("renderer()", modality.renderer());
    require("metric()", modality.metric());
    require("labelers()", modality.labelers());
    require("sharedTokenizer()", modality.sharedTokenizer());
    require("feeds()", modality.feeds());
    require("fieldGroup()", modality.fieldGroup());
    modality.followsCrop();
    if (modality.feeds().isPresent() && modality.feeds().get().equals(modality.name())) {
      throw contradiction("feeds() names the modality itself, must name another or none");
    }
    checkName("modelLoss()", modality, modality.modelLoss());
    List<String> extensions = modality.codec().extensions();
    require("codec().extensions()", extensions);
    if (extensions.isEmpty()) {
      throw contradiction("codec().extensions() is empty, must name at least one");
    }
    for (String extension : extensions) {
      if (extension == null || !EXTENSION.matcher(extension).matches()) {
        throw contradiction(
            "codec().extensions() holds '"
                + extension
                + "', must be lower case without a leading dot");
      }
    }
  }

  private void require(String what, Object value) throws PluginFault {
    if (value == null) {
      throw contradiction(what + " gives null, must give a value");
    }
  }

  private void checkDeclaration(String key) throws PluginFault {
    Declaration declaration;
    String request = "declare(" + key + ", resolution " + RESOLUTION + ", patch " + PATCH + ")";
    try {
      declaration =
          modality.declare(new DeclarationRequest(key, RESOLUTION, PATCH, OptionalInt.empty()));
    } catch (RuntimeException e) {
      throw contradiction(
          request + " throws " + e + ", must give a declaration for this usual request");
    }
    require(request, declaration);
    if (!declaration.key().equals(key)) {
      throw contradiction(
          request
              + " declares the key '"
              + declaration.key()
              + "', must declare the requested one");
    }
    Optional<String> misfit =
        KindFit.violation(declaration.kind(), modality.representation(), modality.value());
    if (misfit.isPresent()) {
      throw contradiction(request + " " + misfit.get());
    }
  }

  private PluginFault contradiction(String reason) {
    return new PluginFault(PluginError.CONTRADICTION, label + ": " + reason);
  }
}
