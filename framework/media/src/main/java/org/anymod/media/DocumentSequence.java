package org.anymod.media;

import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Renderer;
import org.anymod.spi.Representation;
import org.anymod.spi.ValueSpec.StructuredSpec;

/**
 * The shape that all families of JSON documents told as text share: files {@code
 * <name>/<sample>.json}, a sequence of the shared text vocabulary. What a document looks like, its
 * words, how it is cropped, shown and measured is up to the family.
 */
public abstract class DocumentSequence extends ComposedModality {
  private final Kind.TextSequence kind;

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
    super(
        name,
        name,
        new ModalityParts(
            value, new JsonCodec(value), parts.text(), parts.renderer(), parts.metric()));
    this.kind = kind;
  }

  @Override
  public final Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), kind);
  }
}
