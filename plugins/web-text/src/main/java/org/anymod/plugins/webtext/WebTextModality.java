package org.anymod.plugins.webtext;

import jakarta.inject.Inject;
import java.util.Optional;
import org.anymod.media.text.PlainTextSequence;
import org.anymod.media.text.TextChoice;
import org.anymod.media.text.TextRules;

/**
 * Plain text without pictures, such as pages of the web: a sequence of at most 256 tokens of the
 * shared text vocabulary, which enters a model as captions where it has these. Files are those of
 * {@link PlainTextSequence}.
 */
public final class WebTextModality extends PlainTextSequence {
  private static final int MAX_TOKENS = 256;
  private static final int MAX_CHARACTERS = 1_000_000;

  /**
   * Creates the modality.
   *
   * @param config which part of a long text is used
   */
  @Inject
  public WebTextModality(WebTextConfig config) {
    super(
        "web_text",
        MAX_TOKENS,
        new TextRules("text", MAX_CHARACTERS, TextChoice.FIRST, config.maxWords()));
  }

  @Override
  public Optional<String> feeds() {
    return Optional.of("caption");
  }
}
