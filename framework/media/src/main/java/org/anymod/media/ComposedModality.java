package org.anymod.media;

import java.util.List;
import org.anymod.spi.Codec;
import org.anymod.spi.Labeler;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Representation;
import org.anymod.spi.ValueSpec;

/**
 * A modality that is put together from ready parts, as those of families are. How it enters a model
 * and what a crop of its values is, a subclass says.
 */
public abstract class ComposedModality implements Modality {
  private final String name;
  private final String source;
  private final ModalityParts parts;

  /**
   * Creates a modality.
   *
   * @param name its name
   * @param source folder of its files
   * @param parts its parts
   */
  protected ComposedModality(String name, String source, ModalityParts parts) {
    this.name = name;
    this.source = source;
    this.parts = parts;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String source() {
    return source;
  }

  @Override
  public final ValueSpec value() {
    return parts.value();
  }

  @Override
  public final Codec codec() {
    return parts.codec();
  }

  @Override
  public final Representation representation() {
    return parts.representation();
  }

  @Override
  public final Renderer renderer() {
    return parts.renderer();
  }

  @Override
  public final Metric metric() {
    return parts.metric();
  }

  @Override
  public List<Labeler> labelers() {
    return parts.labelers();
  }
}
