package org.anymod.plugins.colorpalette;

import org.anymod.media.colors.PaletteSequence;

/**
 * Colour palettes: a sequence of at most 23 tokens of the shared text vocabulary, computed from
 * pictures where there are no files. Files and text are those of {@link PaletteSequence}.
 */
public final class ColorPaletteModality extends PaletteSequence {
  private static final int MAX_TOKENS = 23;

  /** Creates the modality. */
  public ColorPaletteModality() {
    super("color_palette", MAX_TOKENS, "rgb");
  }
}
