package org.anymod.spi;

/**
 * How values of a modality become model inputs and back: one form for each {@linkplain Kind kind},
 * where the two token kinds share {@link TokenizerFactory}.
 */
public sealed interface Representation
    permits PixelScaling, TextForm, TokenizerFactory, VectorForm {}
