package org.anymod.core.modality;

import org.anymod.spi.Declaration;
import org.anymod.spi.TokenizerFactory;
import org.anymod.spi.ValueSpec;

/**
 * The tokenizer that a modality of a run uses: of its whole values, or of their parts where these
 * are words of a text. Modalities that share a tokenizer have an equal one.
 *
 * @param key key of its settings and weights: the modality's own, or that of the one it shares with
 * @param factory makes it
 * @param declaration whose tokens it makes; for parts a grid of the codes of one part
 * @param value what it tokenizes
 * @param resolution side of what it tokenizes in pixels; 1 for parts that are no pictures
 */
public record TokenizerUse(
    String key,
    TokenizerFactory factory,
    Declaration declaration,
    ValueSpec value,
    int resolution) {}
