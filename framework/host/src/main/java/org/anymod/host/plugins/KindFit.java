package org.anymod.host.plugins;

import java.util.List;
import java.util.Optional;
import org.anymod.spi.Kind;
import org.anymod.spi.PixelScaling;
import org.anymod.spi.Representation;
import org.anymod.spi.TextForm;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.ValueSpec;
import org.anymod.spi.VectorForm;

/** Which representations and values go with which kind. */
final class KindFit {
  private KindFit() {}

  /** Returns what does not fit: what was found and what is allowed; empty if all is well. */
  static Optional<String> violation(Kind kind, Representation representation, ValueSpec value) {
    Class<? extends Representation> needed = representationOf(kind);
    if (!needed.isInstance(representation)) {
      return Optional.of(
          "declares "
              + name(kind)
              + ", which needs a "
              + needed.getSimpleName()
              + ", but representation() gives "
              + described(representation));
    }
    if (forbiddenValues(kind).stream().anyMatch(type -> type.isInstance(value))) {
      return Optional.of("declares " + name(kind) + ", which cannot hold values of " + name(value));
    }
    if (kind instanceof Kind.PixelPatches pixels) {
      return pixels(pixels, (PixelScaling) representation, value);
    }
    if (kind instanceof Kind.EmbeddingSequence vectors
        && value instanceof ValueSpec.VectorsSpec spec
        && spec.dim() != vectors.dim()) {
      return Optional.of(
          "declares vectors of width "
              + vectors.dim()
              + ", but value() has vectors of width "
              + spec.dim());
    }
    return Optional.empty();
  }

  private static Class<? extends Representation> representationOf(Kind kind) {
    if (kind instanceof Kind.PixelPatches) {
      return PixelScaling.class;
    } else if (kind instanceof Kind.TextSequence) {
      return TextForm.class;
    } else if (kind instanceof Kind.EmbeddingSequence) {
      return VectorForm.class;
    }
    return TokenizerFactory.class;
  }

  /**
   * Structured values go with every kind but pixels: how they become text, tokens or vectors is the
   * plugin's affair.
   */
  private static List<Class<? extends ValueSpec>> forbiddenValues(Kind kind) {
    if (kind instanceof Kind.PixelPatches) {
      return List.of(
          ValueSpec.ClassMapSpec.class,
          ValueSpec.TextSpec.class,
          ValueSpec.VectorsSpec.class,
          ValueSpec.StructuredSpec.class);
    } else if (kind instanceof Kind.TokenGrid) {
      return List.of(ValueSpec.TextSpec.class);
    } else if (kind instanceof Kind.TextSequence) {
      return List.of(
          ValueSpec.RasterSpec.class, ValueSpec.ClassMapSpec.class, ValueSpec.VectorsSpec.class);
    } else if (kind instanceof Kind.EmbeddingSequence) {
      return List.of(ValueSpec.RasterSpec.class, ValueSpec.ClassMapSpec.class);
    }
    return List.of();
  }

  private static Optional<String> pixels(
      Kind.PixelPatches kind, PixelScaling scaling, ValueSpec value) {
    int channels = ((ValueSpec.RasterSpec) value).channels();
    if (channels != kind.channels() || scaling.mean().size() != kind.channels()) {
      return Optional.of(
          "declares "
              + kind.channels()
              + " channels, but value() has "
              + channels
              + " and representation() scales "
              + scaling.mean().size());
    }
    return Optional.empty();
  }

  private static String name(Object part) {
    return part.getClass().getSimpleName();
  }

  private static String described(Representation representation) {
    if (representation instanceof TokenizerFactory) {
      return "a TokenizerFactory";
    } else if (representation instanceof TextForm) {
      return "a TextForm";
    }
    return representation instanceof VectorForm ? "a VectorForm" : "a PixelScaling";
  }
}
