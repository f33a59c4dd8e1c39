package org.anymod.spi;

/** Shows a value to a person. */
@FunctionalInterface
public interface Renderer {

  /**
   * Renders a value.
   *
   * @param value a value that fits the modality's {@link ValueSpec}
   * @return a picture or a text
   */
  Rendering render(Value value);
}
