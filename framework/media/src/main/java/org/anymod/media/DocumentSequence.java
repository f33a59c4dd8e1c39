package org.anymod.media;

import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Representation;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.ValueSpec.StructuredSpec;

/**
 * The shape that all families of JSON documents told as text share: files {@code
 * <name>/<sample>.json}, a sequence of the shared text vocabulary. What a document looks like, its
 * words, how it is cropped, shown and measured is up to the family.
 */
public abstract class DocumentSequence implements Modality {
  private final String name;
  private final Kind.TextSequence kind;
  private final StructuredSpec value;
  private final Codec codec;
  private final Parts parts;

  /**
   * What a family brings.
   *
   * @param text how documents are told
   * @param renderer how documents are shown
   * @param metric how wrong a document is
   */
  public record Parts(Representation text, Renderer renderer, Metric metric) {}

  /**
   * Creates a modality.
   *
   * @param name name of the modality and of the folder of its files
   * @param kind length of the sequence
   * @param value what a document looks like
   * @param parts how documents are told, shown and measured
   */
  protected DocumentSequence(
      String name, Kind.TextSequence kind, StructuredSpec value, Parts parts) {
    this.name = name;
    this.kind = kind;
    this.value = value;
    this.codec = new JsonCodec(value);
    this.parts = parts;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final String source() {
    return name;
  }

  @Override
  public final ValueSpec value() {
    return value;
  }

  @Override
  public final Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), kind);
  }

  @Override
  public final Codec codec() {
    return codec;
  }

  @Override
  public final Representation representation() {
    return parts.text();
  }

  @Override
  public final Renderer renderer() {
    return parts.renderer();
  }

  @Override
  public final Metric metric() {
    return parts.metric();
  }
}
