package org.anymod.plugins.caption;

import jakarta.inject.Inject;
import java.util.List;
import org.anymod.media.text.ClassSentence;
import org.anymod.media.text.PlainTextSequence;
import org.anymod.media.text.TextRules;
import org.anymod.spi.Labeler;

/**
 * Captions: a sequence of at most 256 tokens of the shared text vocabulary. Where there are none,
 * captions can be written from segmentation maps, see {@link CaptionConfig}. Files and crops are
 * those of {@link PlainTextSequence}.
 */
public final class CaptionModality extends PlainTextSequence {
  private static final String NAME = "caption";
  private static final int MAX_CHARACTERS = 10_000;
  private static final int MAX_TOKENS = 256;

  private final List<Labeler> labelers;

  /**
   * Creates the modality.
   *
   * @param config which captions are used, and how they are written from segmentation maps
   */
  @Inject
  public CaptionModality(CaptionConfig config) {
    super(NAME, MAX_TOKENS, new TextRules(NAME, MAX_CHARACTERS, config.lists(), 0));
    labelers =
        config.classes().isEmpty()
            ? List.of()
            : List.of(new ClassSentence("semseg", "plugins.caption.classes", config.sentences()));
  }

  @Override
  public List<Labeler> labelers() {
    return labelers;
  }
}
