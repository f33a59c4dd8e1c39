package org.anymod.plugins.webtext;

import jakarta.inject.Inject;
import java.util.Optional;
import org.anymod.media.PlainText;
import org.anymod.media.TextCodec;
import org.anymod.media.TextMetric;
import org.anymod.media.ValueTypes;
import org.anymod.spi.Codec;
import org.anymod.spi.Declaration;
import org.anymod.spi.DeclarationRequest;
import org.anymod.spi.Kind;
import org.anymod.spi.Metric;
import org.anymod.spi.Modality;
import org.anymod.spi.Renderer;
import org.anymod.spi.Rendering;
import org.anymod.spi.Representation;
import org.anymod.spi.ValueSpec;

/**
 * Plain text without pictures, such as pages of the web: a sequence of at most 256 tokens of the
 * shared text vocabulary, which enters a model as captions where it has these.
 *
 * <p>Files: {@code web_text/<name>.txt}, the whole file a text; {@code .json} or {@code .json.gz}
 * with a string, an object with the key {@code text} or a list of these, of which the first counts.
 */
public final class WebTextModality implements Modality {
  private static final String NAME = "web_text";
  private static final int MAX_TOKENS = 256;
  private static final int MAX_CHARACTERS = 1_000_000;

  private final ValueSpec value = new ValueSpec.TextSpec(MAX_CHARACTERS);
  private final Codec codec = new TextCodec("text");
  private final Metric metric = new TextMetric();
  private final Representation text;

  /**
   * Creates the modality.
   *
   * @param config which part of a long text is used
   */
  @Inject
  public WebTextModality(WebTextConfig config) {
    text = new PlainText(MAX_CHARACTERS, false, config.maxWords());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String source() {
    return NAME;
  }

  @Override
  public Optional<String> feeds() {
    return Optional.of("caption");
  }

  @Override
  public ValueSpec value() {
    return value;
  }

  @Override
  public Declaration declare(DeclarationRequest request) {
    return Declaration.inputAndOutput(request.key(), new Kind.TextSequence(MAX_TOKENS, MAX_TOKENS));
  }

  @Override
  public Codec codec() {
    return codec;
  }

  @Override
  public Representation representation() {
    return text;
  }

  @Override
  public Renderer renderer() {
    return value -> new Rendering.Words(ValueTypes.text(value).text());
  }

  @Override
  public Metric metric() {
    return metric;
  }
}
